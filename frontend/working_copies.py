"""The working copy of a post as its page would show it, for who has a preview link."""

from sqlalchemy import bindparam, select

from shared.content.excerpt import excerpt
from shared.content.markdown import render
from shared.domain.posts import Content, content_of
from shared.domain.posts.details import find_people
from shared.domain.taxonomy import tag_slug
from shared.models import Category, Post
from shared.models.own_links import fill_in_links
from shared.models.reading import Cover, Details, Label, Summary
from shared.models.reads import read
from shared.web import now, session

CHOSEN = (
    select(Category.name, Category.path)
    .where(Category.id.in_(bindparam("ids", expanding=True)))
    .order_by(Category.path)
)


def read_working(post: Post) -> Summary:
    """Return what the page of a post would show if it were published now."""
    content = content_of(post)
    rendered = render(content.body)
    (html,) = fill_in_links(session(), [rendered.html], now=now())
    numbers = content.categories
    keys = [f"category:{number}" for number in numbers]
    categories = read(session(), CHOSEN, {"ids": list(numbers)}, of=keys) if numbers else ()
    people = find_people(content.coauthors, session())
    return Summary(
        id=post.id,
        kind=post.kind,
        slug=content.slug,
        title=content.title,
        excerpt=content.summary or excerpt(rendered.text),
        language=content.language,
        words=rendered.words,
        published_at=post.published_at or now(),
        updated_at=now(),
        author=_author(post, content),
        tags=tuple(Label(name, tag_slug(name)) for name in content.tags),
        categories=tuple(Label(row.name, row.path) for row in categories),
        coauthors=tuple(
            Label(people[number].name, people[number].slug)
            for number in content.coauthors
            if number in people
        ),
        cover=_cover(content),
        html=html,
        details=Details(**{name: getattr(content, name) for name in Details._fields}),
    )


def _author(post: Post, content: Content) -> Label | None:
    if post.author is not None:
        return Label(content.byline or post.author.name, post.author.slug)
    return Label(content.byline, "") if content.byline else None


def _cover(content: Content) -> Cover | None:
    if not content.cover:
        return None
    return Cover(content.cover, content.cover_alt, content.cover_x, content.cover_y)
