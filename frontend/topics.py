"""Tags and categories as the site shows them."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from shared.content.slugs import slugify
from shared.models import Category, Post, PostTag, Tag
from shared.models.reading import Label

MOST = 1_000  # tags on one page


def find_tag(session: Session, key: str) -> Tag | None:
    """Return the tag of this slug, or else of this name however it is written."""
    forms = {key, slugify(key)}
    found = session.scalars(select(Tag).where(or_(Tag.slug.in_(forms), Tag.name == key))).all()
    return min(found, key=lambda tag: (tag.slug != key, tag.name != key, tag.id), default=None)


def list_tags(session: Session, *, now: datetime) -> list[Label]:
    """Return the tags that a public post carries, by name."""
    carried = exists().where(
        PostTag.tag_id == Tag.id,
        PostTag.listed_at <= now,
        Post.id == PostTag.post_id,
        Post.kind == "post",
        Post.public(now),
    )
    rows = session.execute(select(Tag.name, Tag.slug).where(carried).limit(MOST))
    labels = [Label(name, slug) for name, slug in rows]
    return sorted(labels, key=lambda label: (label.name.casefold(), label.key))


def list_roots(session: Session) -> list[Label]:
    """Return the categories at the top of the tree, by name."""
    return _labels(session, Category.parent_id.is_(None))


def list_children(session: Session, category: Category) -> list[Label]:
    """Return the categories just below one, by name."""
    return _labels(session, Category.parent_id == category.id)


def list_way(session: Session, category: Category) -> list[Label]:
    """Return a category's ancestors and itself, from the root on."""
    parts = category.path.split("/")
    paths = ["/".join(parts[:count]) for count in range(1, len(parts))]
    above = _labels(session, Category.path.in_(paths)) if paths else []
    own = Label(category.name, category.path)
    return [*sorted(above, key=lambda label: len(label.key)), own]


def _labels(session: Session, condition: ColumnElement[bool]) -> list[Label]:
    query = select(Category.name, Category.path).where(condition)
    rows = session.execute(query.order_by(Category.name, Category.id))
    return [Label(name, path) for name, path in rows]
