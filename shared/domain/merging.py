"""Several tags or categories become one: their posts, their addresses and their former names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from shared.domain import search
from shared.domain.errors import Conflict, Invalid
from shared.domain.permissions import Permission
from shared.domain.redirects import leave_path
from shared.domain.taxonomy import category_path, save_category, tag_path
from shared.domain.work import Work, check_version
from shared.models import Category, CategoryAlias, PostCategory, PostTag, Tag, TagAlias
from shared.saying import say

Link = type[PostTag | PostCategory]
AT_ONCE = 500


@dataclass(frozen=True)
class Outlook:
    """What a merge would do: how many posts change over, and how many have the target already."""

    moving: int
    there_already: int


def foresee(session: Session, sources: Sequence[Tag | Category], into: Tag | Category) -> Outlook:
    """Count the posts that a merge touches."""
    link, target = _link_of(into)
    ids = [item.id for item in sources]
    has_it = select(link.post_id).where(target == into.id)
    touched = select(func.count(func.distinct(link.post_id))).where(target.in_(ids))
    already = session.scalar(touched.where(link.post_id.in_(has_it))) or 0
    return Outlook((session.scalar(touched) or 0) - already, already)


def merge_tags(sources: Sequence[Tag], into: Tag, *, work: Work) -> Outlook:
    """Give the posts of some tags another in their place, and let old names and addresses mean it.

    Texts and working copies that name a merged tag mean `into` from now on.
    """
    work.require(Permission.TAGS_EDIT)
    _check(sources, into)
    outlook = foresee(work.session, sources, into)
    touched = _posts_of(work.session, sources)
    check_version(into, None, work=work)
    for tag in sources:
        _move_posts(tag, into, work)
        _repoint(TagAlias.tag_id, tag.id, into.id, work)
        work.session.merge(TagAlias(slug=tag.slug, tag_id=into.id))
        leave_path(tag_path(tag.slug), tag_path(into.slug), origin="merge", work=work)
        work.record("tag.merged", tag, tag.name, into=into.name)
        work.session.delete(tag)
        work.flush()
    for start in range(0, len(touched), AT_ONCE):
        search.retitle(work.session, touched[start : start + AT_ONCE])
    return outlook


def merge_categories(sources: Sequence[Category], into: Category, *, work: Work) -> Outlook:
    """Move the posts and the children of some categories into another, addresses included."""
    work.require(Permission.CATEGORIES_EDIT)
    _check(sources, into)
    below = next((item for item in sources if f"{into.path}/".startswith(f"{item.path}/")), None)
    if below is not None:
        raise Invalid({"into": say("“%(name)s” stands above the target.", name=below.name)})
    outlook = foresee(work.session, sources, into)
    check_version(into, None, work=work)
    for category in sources:
        _move_posts(category, into, work)
        _move_children(category, into, work)
        _repoint(CategoryAlias.category_id, category.id, into.id, work)
        work.session.merge(CategoryAlias(former_id=category.id, category_id=into.id))
        old, new = category_path(category.path), category_path(into.path)
        leave_path(old, new, origin="merge", work=work)
        work.record("category.merged", category, category.name, into=into.name)
        work.session.delete(category)
        work.flush()
    return outlook


def _check(sources: Sequence[Tag | Category], into: Tag | Category) -> None:
    if not sources:
        raise Invalid({"sources": say("Choose at least one that is to go.")})
    if into in sources:
        raise Invalid({"into": say("“%(name)s” cannot be merged into itself.", name=into.name)})


def _link_of(item: Tag | Category) -> tuple[Any, Any]:
    if isinstance(item, Tag):
        return PostTag, PostTag.tag_id
    return PostCategory, PostCategory.category_id


def _posts_of(session: Session, sources: Sequence[Tag]) -> list[int]:
    wanted = select(PostTag.post_id).where(PostTag.tag_id.in_([tag.id for tag in sources]))
    return list(session.scalars(wanted.distinct().order_by(PostTag.post_id)))


def _move_posts(source: Tag | Category, into: Tag | Category, work: Work) -> None:
    link, target = _link_of(into)
    other = link.__table__.alias()
    has_it = select(other.c.post_id).where(other.c[target.key] == into.id)
    moved = update(link).where(target == source.id, link.post_id.not_in(has_it))
    silent = {"synchronize_session": False}
    work.session.execute(moved.values({target: into.id}), execution_options=silent)
    work.session.execute(delete(link).where(target == source.id), execution_options=silent)


def _move_children(source: Category, into: Category, work: Work) -> None:
    children = work.session.scalars(select(Category).where(Category.parent_id == source.id)).all()
    taken = {item.path for item in work.session.scalars(select(Category))}
    if clash := next((item for item in children if f"{into.path}/{item.slug}" in taken), None):
        pattern = "Both have a category “%(name)s” below them. Merge these first."
        raise Conflict(say(pattern, name=clash.name))
    for child in children:
        child.parent = into
        save_category(child, work=work)


def _repoint(column: Any, old: int, new: int, work: Work) -> None:
    work.session.execute(update(column.class_).where(column == old).values({column: new}))
