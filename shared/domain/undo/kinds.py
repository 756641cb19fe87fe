"""What can be remembered and put back: a new kind of content adds a line here."""

from typing import Any, Final

from shared.domain.redirects import delete_redirect, save_redirect
from shared.domain.site import Site
from shared.domain.taxonomy import delete_category, delete_tag, save_category, save_tag
from shared.domain.undo.people import UserKind
from shared.domain.undo.posts import PostKind
from shared.domain.undo.rows import RowKind
from shared.domain.undo.settings import SettingsKind
from shared.domain.undo.steps import Kind
from shared.models import Category, PostCategory, PostTag, Redirect, Tag

TAG: Final = RowKind(
    model=Tag, title="name", save=save_tag, delete=delete_tag, link=(PostTag, PostTag.tag_id)
)
CATEGORY: Final = RowKind(
    model=Category,
    title="name",
    save=save_category,
    delete=delete_category,
    link=(PostCategory, PostCategory.category_id),
)
REDIRECT: Final = RowKind(model=Redirect, title="path", save=save_redirect, delete=delete_redirect)
KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for kind in (PostKind(), TAG, CATEGORY, REDIRECT, UserKind(), SettingsKind())
}


def kind_of(thing: Any) -> Kind:
    """Return the kind of a row, or of the site's settings."""
    return KINDS["setting" if isinstance(thing, Site) else thing.__tablename__]
