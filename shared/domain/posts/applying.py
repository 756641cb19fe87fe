"""Carrying content into the columns that lists and visitors read."""

from sqlalchemy import delete

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
    session.execute(delete(PostTag).where(PostTag.post_id == post.id))
    session.execute(delete(PostCategory).where(PostCategory.post_id == post.id))
    at = post.published_at
    session.add_all(PostTag(post_id=post.id, tag_id=tag.id, listed_at=at) for tag in tags)
    session.add_all(
        PostCategory(post_id=post.id, category_id=number, listed_at=at) for number in known
    )
    work.flush()
    session.expire(post, ["tags", "categories"])
