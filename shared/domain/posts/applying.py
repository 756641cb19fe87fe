"""Carrying content into the columns that lists and visitors read."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.content.excerpt import excerpt
from shared.content.markdown import RENDERER_VERSION, render
from shared.domain import search
from shared.domain.posts.content import Content
from shared.domain.redirects import forget_redirect, leave_redirect
from shared.domain.taxonomy import ensure_tags, find_categories
from shared.domain.work import Work
from shared.models import Post, PostCategory, PostTag


def apply_draft(post: Post, content: Content, *, work: Work) -> None:
    """Show a draft that was never live by its own title, slug, tags and categories in lists."""
    _set_fields(post, content, work=work)
    _set_taxonomy(post, content, work=work)
    search.remove_post(work.session, post)


def apply_live(post: Post, content: Content, *, work: Work) -> None:
    """Make content what visitors see: rendered, listed and searchable from `published_at` on."""
    _set_fields(post, content, work=work)
    if post.is_public(work.at):  # until then the old address leads on
        forget_redirect(post, work=work)
    rendered = render(content.body)
    post.html, post.words, post.renderer = rendered.html, rendered.words, RENDERER_VERSION
    post.excerpt = content.summary or excerpt(rendered.text)
    _set_taxonomy(post, content, work=work)
    search.index_post(work.session, post, rendered.text)


def _set_fields(post: Post, content: Content, *, work: Work) -> None:
    if post.slug != content.slug and post.first_published_at is not None:
        leave_redirect(post, work=work)
    for name in ("title", "slug", "body", "summary", "language", "byline"):
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
