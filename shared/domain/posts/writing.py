"""Writing: every save is a revision, and never changes what visitors see."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from shared.content.lines import one_line
from shared.content.slugs import first_free, slugify
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.media.uses import keep_uses
from shared.domain.permissions import Permission, permission_on
from shared.domain.posts.applying import apply_draft
from shared.domain.posts.content import Content, check_content, content_of, taken
from shared.domain.posts.linking import note_links
from shared.domain.posts.reading import find_post, get_revision
from shared.domain.posts.relations import may_name_authors, settle_relations
from shared.domain.taxonomy import find_categories
from shared.domain.work import Work, check_version
from shared.models import OpenEditor, Post, Publication, Review, Revision
from shared.saying import say

COALESCE = timedelta(minutes=5)
# What can be taken back by itself, and which parts of the content go with it.
RESTORABLE = {
    "title": ("title",),
    "slug": ("slug",),
    "body": ("body",),
    "summary": ("summary",),
    "tags": ("tags",),
    "categories": ("categories",),
    "language": ("language",),
    "byline": ("byline",),
    "coauthors": ("coauthors",),
    "translation_of": ("translation_of",),
    "cover": ("cover", "cover_alt", "cover_x", "cover_y"),
    "seo_title": ("seo_title",),
    "seo_description": ("seo_description",),
    "canonical": ("canonical",),
    "noindex": ("noindex",),
    "social_title": ("social_title",),
    "social_description": ("social_description",),
    "social_image": ("social_image",),
    "template": ("template",),
    "comments": ("comments",),
    "meta": ("meta",),
}


def create_post(
    content: Content, *, kind: str = "post", author_id: int | None = None, work: Work
) -> Post:
    """Make a draft; its author is the acting user unless another is given.

    Raises Forbidden, and Invalid naming each field that is not allowed.
    """
    work.require(permission_on(kind, "create"))
    if author_id is None:
        author_id = work.actor.user_id
    elif author_id != work.actor.user_id and Permission.POSTS_EDIT not in work.actor.permissions:
        raise Forbidden(Permission.POSTS_EDIT)
    content = settle(content, kind=kind, post=None, work=work)
    post = Post(
        kind=kind,
        version=1,
        title=content.title,
        slug=content.slug,
        author_id=author_id,
        created_at=work.at,
        updated_at=work.at,
    )
    work.session.add(post)
    work.flush()
    post.working = add_revision(post, content, origin="create", work=work)
    apply_draft(post, content, work=work)
    note_links(post, work=work)
    work.record("post.created", post, post.title, kind=kind, slug=post.slug)
    return post


def save_post(
    post: Post,
    content: Content,
    *,
    version: int | None,
    note: str = "",
    autosave: bool = False,
    editor: str = "",
    work: Work,
) -> Revision:
    """Keep content as the working copy; `version` is the one that the author started from.

    `editor` is the key of the open editor that saves by itself.
    Raises Stale when the post was saved meanwhile (both texts remain: the caller's and the
    working copy), Invalid, Forbidden, and Conflict for a post in the trash.
    """
    work.require_on("edit", post)
    if post.trashed_at is not None:
        raise Conflict(say("This is in the trash. Restore it to edit it."))
    content = settle(content, kind=post.kind, post=post, work=work)
    check_version(post, version, work=work)
    origin = "autosave" if autosave else "save"
    open_one = _open_autosave(post, editor, work) if autosave else None
    if open_one is not None:
        open_one.content, open_one.title = content.as_document(), content.title
        open_one.updated_at, open_one.size = work.at, len(content.body)
    revision = open_one or add_revision(post, content, origin=origin, note=note, work=work)
    post.working, post.updated_at = revision, work.at
    if post.live_id is None:
        apply_draft(post, content, work=work)
    else:
        keep_uses(post, work=work)
    note_links(post, work=work)
    if open_one is None:  # a line for the whole five minutes
        work.record(f"post.{origin}d", post, content.title, revision=revision.number)
    work.flush()
    return revision


def suggest_slug(title: str, *, kind: str, post: Post | None = None, session: Session) -> str:
    """Return the slug that a title would get: free, or numbered when another one has it."""
    mine = post.id if post is not None else None

    def find_taken(slugs: list[str]) -> set[str]:
        wanted = select(Post.id, Post.slug).where(Post.kind == kind, Post.slug.in_(slugs))
        return {row.slug for row in session.execute(wanted) if row.id != mine}

    return first_free(slugify(title) or kind, find_taken)


def restore_revision(post: Post, number: int, *, version: int | None, work: Work) -> Revision:
    """Make an earlier revision's content the working copy, as a new revision on top."""
    work.require_on("edit", post)
    earlier = get_revision(work.session, post, number)
    content = Content.from_document(earlier.content)
    kept = find_categories(content.categories, session=work.session)
    content = replace(content, categories=tuple(kept))
    if not may_name_authors(post.kind, work=work):  # as they are named now
        content = replace(content, coauthors=content_of(post).coauthors)
    return save_post(
        post, content, version=version, note=f"Restored from revision {number}", work=work
    )


def restore_field(
    post: Post, number: int, field: str, *, version: int | None, work: Work
) -> Revision:
    """Take one field from an earlier revision, as a new revision on top of the working copy.

    `field` is one of RESTORABLE; raises NotFound for any other.
    """
    work.require_on("edit", post)
    if field not in RESTORABLE:
        raise NotFound(say("There is no such field."))
    earlier = Content.from_document(get_revision(work.session, post, number).content)
    parts = {name: getattr(earlier, name) for name in RESTORABLE[field]}
    if "categories" in parts:
        parts["categories"] = tuple(find_categories(earlier.categories, session=work.session))
    content = replace(content_of(post), **parts)
    note = f"Took {field} from revision {number}"
    return save_post(post, content, version=version, note=note, work=work)


def name_revision(post: Post, number: int, name: str, *, work: Work) -> Revision:
    """Give a revision a name, by which it is kept for ever; an empty one takes it away."""
    work.require_on("edit", post)
    name = one_line(name)
    if len(name) > 200:
        raise Invalid({"name": say("Give at most %(most)s characters.", most=200)})
    revision = get_revision(work.session, post, number)
    revision.name = name
    work.record("post.version_named", post, post.title, revision=number, name=name)
    return revision


def discard_changes(post: Post, *, version: int | None, work: Work) -> None:
    """Drop the working copy on top of a live version; its revisions remain in the history."""
    work.require_on("edit", post)
    if post.live is None or post.working is None:
        raise Conflict(say("There are no unpublished changes to discard."))
    check_version(post, version, work=work)
    dropped = post.working.number
    post.working, post.updated_at = None, work.at
    keep_uses(post, work=work)
    note_links(post, work=work)
    work.record("post.discarded", post, post.title, revision=dropped)


def add_revision(
    post: Post, content: Content, *, origin: str, note: str = "", work: Work
) -> Revision:
    """Append a revision with the next number."""
    last = select(func.max(Revision.number)).where(Revision.post_id == post.id)
    revision = Revision(
        post_id=post.id,
        number=(work.session.scalar(last) or 0) + 1,
        origin=origin,
        content=content.as_document(),
        title=content.title[:200],
        note=note[:200],
        size=len(content.body),
        author_id=work.actor.user_id,
        author_name=work.actor.name,
        created_at=work.at,
        updated_at=work.at,
    )
    work.session.add(revision)
    work.flush()
    return revision


def _open_autosave(post: Post, editor: str, work: Work) -> Revision | None:
    """Return the revision that goes on, if the last one may be written over."""
    latest = post.working
    if latest is None or latest.origin != "autosave" or latest.id == post.live_id:
        return None
    same_hand = latest.author_id == work.actor.user_id
    is_open = same_hand and work.at - latest.created_at < COALESCE and not latest.name
    return latest if is_open and not _is_cited(latest, editor, work) else None


def _is_cited(revision: Revision, editor: str, work: Work) -> bool:
    """Tell whether a revision has to stay as it is.

    Visitors saw it, a review is about it, or a text in another editor was begun from it: to put
    that together with this one takes what both began from.
    """
    post, number = revision.post_id, revision.number
    seen = exists().where(Publication.revision_id == revision.id)
    asked = exists().where(Review.post_id == post, Review.revision == number)
    begun = exists().where(
        OpenEditor.post_id == post,
        OpenEditor.begun == number,
        OpenEditor.key != editor,
        OpenEditor.seen_at.is_not(None),
    )
    return bool(work.session.scalar(select(or_(seen, asked, begun))))


def settle(content: Content, *, kind: str, post: Post | None, work: Work) -> Content:
    """Return the content tidy, checked, and with a slug of its own; raises Invalid."""
    content = content.tidied()
    check_content(content, kind=kind)
    content = _in_known_categories(content, post=post, work=work)
    content = settle_relations(content, kind=kind, post=post, work=work)
    if content.slug:
        other = find_post(work.session, kind=kind, slug=content.slug)
        if other not in {None, post}:
            raise Invalid({"slug": taken(content.slug, kind)})
        return content
    if post is not None and content_of(post).title == content.title:
        return replace(content, slug=post.slug)
    slug = suggest_slug(content.title, kind=kind, post=post, session=work.session)
    content = replace(content, slug=slug)
    check_content(content, kind=kind)
    return content


def _in_known_categories(content: Content, *, post: Post | None, work: Work) -> Content:
    """Let go of categories that were deleted since the last save; others must be there."""
    known = find_categories(content.categories, session=work.session)
    before = content_of(post).categories if post is not None else ()
    unknown = [str(number) for number in content.categories if number not in {*known, *before}]
    if unknown:
        raise Invalid({"categories": say("There is no category %(id)s.", id=", ".join(unknown))})
    return replace(content, categories=tuple(known))
