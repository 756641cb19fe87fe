"""Carrying content into the columns that lists and visitors read."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.content.excerpt import excerpt
from shared.content.markdown import RENDERER_VERSION, render
from shared.domain import search
from shared.domain.media.uses import keep_uses
from shared.domain.posts import details
from shared.domain.posts.content import Content
from shared.domain.posts.publications import note_publication
from shared.domain.redirects import forget_redirect, leave_redirect
from shared.domain.taxonomy import ensure_tags, find_categories
from shared.domain.work import Work
from shared.models import Post, PostAuthor, PostCategory, PostTag, Presentation


def apply_draft(post: Post, content: Content, *, work: Work) -> None:
    """Show a draft that was never live by its own title, slug, tags and categories in lists."""
    _set_fields(post, content, work=work)
    _set_taxonomy(post, content, work=work)
    _set_authors(post, content, session=work.session)
    _set_presentation(post, content, session=work.session)
    keep_uses(post, work=work)
    search.remove_post(work.session, post)
    note_publication(post, work=work)


def apply_live(post: Post, content: Content, *, work: Work) -> None:
    """Make content what visitors see: rendered, listed and searchable from `published_at` on."""
    _set_fields(post, content, work=work)
    if post.is_public(work.at):  # until then the old address leads on
        forget_redirect(post, work=work)
    rendered = render(content.body)
    post.html, post.words, post.renderer = rendered.html, rendered.words, RENDERER_VERSION
    post.excerpt = content.summary or excerpt(rendered.prose)
    _set_taxonomy(post, content, work=work)
    _set_authors(post, content, session=work.session)
    _set_presentation(post, content, session=work.session)
    _gather_translations(post, session=work.session)
    keep_uses(post, work=work)
    search.index_post(work.session, post, rendered.text)
    note_publication(post, work=work)


def _set_fields(post: Post, content: Content, *, work: Work) -> None:
    if post.slug != content.slug and post.first_published_at is not None:
        leave_redirect(post, work=work)
    for name in ("title", "slug", "body", "summary", "language", "byline", "comments"):
        setattr(post, name, getattr(content, name))
    post.meta = dict(content.meta)


def _set_taxonomy(post: Post, content: Content, *, work: Work) -> None:
    session = work.session
    known = find_categories(content.categories, session=session)
    tags = ensure_tags(content.tags, work=work)
    work.flush()
    _link(post, PostTag, PostTag.tag_id, [tag.id for tag in tags], session=session)
    _link(post, PostCategory, PostCategory.category_id, known, session=session)
    work.flush()
    session.expire(post, ["tags", "categories"])


def _set_authors(post: Post, content: Content, *, session: Session) -> None:
    """Write who wrote it besides the author, in order; who is gone or the author himself is not."""
    known = details.find_people(content.coauthors, session)
    wanted = [number for number in content.coauthors if number in known]
    places = {number: place for place, number in enumerate(wanted, start=1)}
    places.pop(post.author_id or 0, None)
    own = select(PostAuthor).where(PostAuthor.post_id == post.id)
    there = {row.user_id: row for row in session.scalars(own)}
    for number, row in there.items():
        if number not in places:
            session.delete(row)
    for number, place in places.items():
        row = there.get(number) or PostAuthor(post_id=post.id, user_id=number)
        row.place, row.listed_at = place, post.published_at
        session.add(row)


def _set_presentation(post: Post, content: Content, *, session: Session) -> None:
    """Write the row of what the post shows beside its text, or none where that is nothing."""
    values = {name: getattr(content, name) for name in details.PRESENTED}
    values["translation_of"] = details.root_of(post, content.translation_of, session)
    row = session.get(Presentation, post.id)
    if values == _NOTHING:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = Presentation(post_id=post.id)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)


_NOTHING = {name: getattr(Content(title=""), name) for name in details.PRESENTED}


def _gather_translations(post: Post, *, session: Session) -> None:
    """Lead whoever is a translation of this post to the one that it became a translation of."""
    session.flush()
    row = session.get(Presentation, post.id)
    if row is not None and row.translation_of is not None:
        followers = update(Presentation).where(Presentation.translation_of == post.id)
        session.execute(followers.values(translation_of=row.translation_of))


def _link(
    post: Post,
    link: type[PostTag | PostCategory],
    target: InstrumentedAttribute[int],
    wanted: Sequence[int],
    *,
    session: Session,
) -> None:
    """Write only what differs, so that a list which stays as it was is not touched."""
    at, own = post.published_at, link.post_id == post.id
    there = session.execute(select(target, link.listed_at).where(own)).all()
    right = {number for number, listed_at in there if number in wanted and listed_at == at}
    if len(right) < len(there):
        session.execute(delete(link).where(own, target.not_in(right)))
    session.add_all(
        link(post_id=post.id, listed_at=at, **{target.key: number})
        for number in wanted
        if number not in right
    )
