"""What can be remembered and put back: a new kind of content adds a line here."""

from typing import Any, Final

from shared.domain.missing import Hiding
from shared.domain.permissions import Permission
from shared.domain.posts import content_of
from shared.domain.redirects import delete_redirect, save_redirect
from shared.domain.site import Site
from shared.domain.taxonomy import (
    FILED,
    TAGGED,
    delete_category,
    delete_tag,
    save_category,
    save_tag,
    tag_slug,
)
from shared.domain.undo.comments import CommentKind
from shared.domain.undo.hidden import HiddenKind
from shared.domain.undo.media import MediaKind
from shared.domain.undo.merge_scopes import Merge
from shared.domain.undo.merges import MergeKind
from shared.domain.undo.people import UserKind
from shared.domain.undo.posts import PostKind
from shared.domain.undo.rows import RowKind
from shared.domain.undo.settings import SettingsKind
from shared.domain.undo.steps import Kind
from shared.domain.undo.views import PreviewKind, ViewKind
from shared.models import Category, CategoryAlias, MissingPath, Post, Redirect, Tag, TagAlias


def _is_tagged(post: Post, tag: Tag) -> bool:
    """Tell whether a post's own text still names a tag."""
    shown = content_of(post, live=post.live is not None)
    return tag.slug in map(tag_slug, shown.tags)


def _is_filed(post: Post, category: Category) -> bool:
    """Tell whether a post's own text still names a category."""
    return category.id in content_of(post, live=post.live is not None).categories


TAG: Final = RowKind(
    model=Tag, title="name", save=save_tag, delete=delete_tag, link=TAGGED, names=_is_tagged
)
CATEGORY: Final = RowKind(
    model=Category,
    title="name",
    save=save_category,
    delete=delete_category,
    link=FILED,
    names=_is_filed,
)
REDIRECT: Final = RowKind(model=Redirect, title="path", save=save_redirect, delete=delete_redirect)
COMMENT: Final = CommentKind()
TAG_MERGE: Final = MergeKind(
    model=Tag,
    alias=TagAlias,
    former=TagAlias.slug,
    meant=TagAlias.tag_id,
    address=Tag.slug,
    link=TAGGED,
    permission=Permission.TAGS_EDIT,
)
CATEGORY_MERGE: Final = MergeKind(
    model=Category,
    alias=CategoryAlias,
    former=CategoryAlias.former_id,
    meant=CategoryAlias.category_id,
    address=Category.path,
    link=FILED,
    permission=Permission.CATEGORIES_EDIT,
)
ROWS: Final = (TAG, CATEGORY, REDIRECT, COMMENT, TAG_MERGE, CATEGORY_MERGE)
KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        PostKind(),
        *ROWS,
        MediaKind(),
        UserKind(),
        SettingsKind(),
        ViewKind(),
        PreviewKind(),
        HiddenKind(),
    )
}


def kind_of(thing: Any) -> Kind:
    """Return the kind of a row, of a merge, or of the site's settings."""
    match thing:
        case Site():
            return KINDS["setting"]
        case Hiding():
            return KINDS[MissingPath.__tablename__]
        case Merge():
            return TAG_MERGE if isinstance(thing.into, Tag) else CATEGORY_MERGE
    return KINDS[thing.__tablename__]
