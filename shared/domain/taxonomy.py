"""Tags and the tree of categories."""

from collections.abc import Iterable
from urllib.parse import unquote

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import get_history

from shared.content.lines import one_line
from shared.content.slugs import SlugError, check_slug, numbered, slugify
from shared.db import insert_missing
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.permissions import Permission
from shared.domain.redirects import leave_path
from shared.domain.remains import Link, keep_row
from shared.domain.work import Work, check_version, is_new
from shared.models import Category, CategoryAlias, PostCategory, PostTag, Tag, TagAlias
from shared.saying import say
from shared.urls import path_to

DEPTH = 5
TAGGED: Link = (PostTag, PostTag.tag_id)
FILED: Link = (PostCategory, PostCategory.category_id)


def get_tag(session: Session, tag_id: int) -> Tag:
    """Return the tag with this id; raises NotFound."""
    found = session.get(Tag, tag_id)
    if found is None:
        raise NotFound(say("There is no tag %(id)s.", id=tag_id))
    return found


def get_category(session: Session, category_id: int) -> Category:
    """Return the category with this id; raises NotFound."""
    found = session.get(Category, category_id)
    if found is None:
        raise NotFound(say("There is no category %(id)s.", id=category_id))
    return found


def find_categories(ids: Iterable[int], *, session: Session) -> list[int]:
    """Return those of the ids that a category has, in their order; others were deleted since.

    In the place of one that was merged stands the one that it was merged into.
    """
    wanted = list(ids)
    known = set(session.scalars(select(Category.id).where(Category.id.in_(wanted))))
    lost = [number for number in wanted if number not in known]
    aliases = _merged_categories(session, lost) if lost else {}
    found = (number if number in known else aliases.get(number) for number in wanted)
    return list(dict.fromkeys(number for number in found if number is not None))


def _merged_categories(session: Session, lost: list[int]) -> dict[int, int]:
    columns = select(CategoryAlias.former_id, CategoryAlias.category_id)
    rows = session.execute(columns.where(CategoryAlias.former_id.in_(lost)))
    return dict(rows.all())


def tag_slug(name: str) -> str:
    """Return the slug by which tags meet; signs alone, such as `!?`, are told by their numbers."""
    return slugify(name) or slugify("u " + " ".join(f"{ord(sign):x}" for sign in name.strip()))


def ensure_tags(names: Iterable[str], *, work: Work) -> list[Tag]:
    """Return the tags of these names, making those that are new; names meet by their slug.

    The name of a tag that was merged into another means that one.
    """
    by_slug = {tag_slug(name): name.strip() for name in names if name.strip()}
    query = select(Tag).where(Tag.slug.in_(by_slug))
    known = {tag.slug: tag for tag in work.session.scalars(query)}
    if len(known) < len(by_slug):
        known = _merged_tags(by_slug, work=work) | known
    new = sorted(slug for slug in by_slug if slug not in known)  # all in one order: no deadlock
    made = [slug for slug in new if _insert_tag(slug, by_slug[slug], work=work)]
    if new:
        known |= {tag.slug: tag for tag in work.session.scalars(query)}
    for slug in made:
        work.record("tag.created", known[slug], known[slug].name)
    return list(dict.fromkeys(known[slug] for slug in by_slug))


def _merged_tags(slugs: Iterable[str], *, work: Work) -> dict[str, Tag]:
    query = select(TagAlias.slug, Tag).join(Tag, Tag.id == TagAlias.tag_id)
    rows = work.session.execute(query.where(TagAlias.slug.in_(slugs)))
    return dict(rows.all())


def _insert_tag(slug: str, name: str, *, work: Work) -> bool:
    moment = {"created_at": work.at, "updated_at": work.at}
    return insert_missing(
        work.session, Tag, slug=slug, name=name, description="", version=1, **moment
    )


def save_tag(tag: Tag, *, version: int | None = None, work: Work) -> None:
    """Store a new or changed tag; raises Invalid naming the field."""
    work.require(Permission.TAGS_EDIT)
    with work.session.no_autoflush:
        _check_name(tag)
        _give_slug(tag, work)
        if _exists(work.session, Tag, Tag.slug == tag.slug, tag):
            raise Invalid({"slug": say("“%(slug)s” is taken by another tag.", slug=tag.slug)})
        former = _former(tag, "slug")
    _store(tag, "tag.saved", version=version, work=work)
    if former:
        leave_path(tag_path(former), tag_path(tag.slug), origin="slug", work=work)


def delete_tag(tag: Tag, *, work: Work) -> None:
    """Remove a tag from every post, into the trash; revisions still name it."""
    work.require(Permission.TAGS_EDIT)
    keep_row(tag, tag.name, tag.slug, link=TAGGED, work=work)
    work.record("tag.deleted", tag, tag.name, slug=tag.slug)
    work.session.execute(delete(PostTag).where(PostTag.tag_id == tag.id))
    work.session.delete(tag)
    work.flush()


def save_category(category: Category, *, version: int | None = None, work: Work) -> None:
    """Store a new or changed category and the paths below it; raises Invalid naming the field."""
    work.require(Permission.CATEGORIES_EDIT)
    with work.session.no_autoflush:
        _check_name(category)
        _give_slug(category, work)
        _place(category, work)
        former = _former(category, "path")
    _store(category, "category.saved", version=version, work=work)
    if former:
        _leave_category(former, category, work)
    _move_children(category, work)


def delete_category(category: Category, *, work: Work) -> None:
    """Remove a category that has no children; raises Conflict naming them."""
    work.require(Permission.CATEGORIES_EDIT)
    children = select(Category.name).where(Category.parent_id == category.id)
    names = work.session.scalars(children.limit(3)).all()
    if names:
        raise Conflict(
            say("Move or delete the categories below it first: %(names)s.", names=", ".join(names))
        )
    keep_row(category, category.name, category.path, link=FILED, work=work)
    work.record("category.deleted", category, category.name, path=category.path)
    work.session.execute(delete(PostCategory).where(PostCategory.category_id == category.id))
    work.session.delete(category)
    work.flush()


def ensure_category(names: Iterable[str], *, work: Work) -> Category:
    """Return the category at the end of this chain of names, making what is missing."""
    parent: Category | None = None
    for name in names:
        slug = slugify(name) or "category"
        path = f"{parent.path}/{slug}" if parent else slug
        found = work.session.scalar(select(Category).where(Category.path == path))
        if found is None:
            found = Category(name=name.strip(), slug=slug, parent=parent)
            save_category(found, work=work)
        parent = found
    if parent is None:
        raise Invalid({"category": say("Give a name.")})
    return parent


def _check_name(item: Tag | Category) -> None:
    item.name = one_line(item.name or "")
    item.description = (item.description or "").strip()
    if not 1 <= len(item.name) <= 100:
        raise Invalid({"name": say("Give %(least)s to %(most)s characters.", least=1, most=100)})
    if len(item.description) > 1000:
        raise Invalid({"description": say("Give at most %(most)s characters.", most="1,000")})


def _give_slug(item: Tag | Category, work: Work) -> None:
    item.slug = (item.slug or "").strip()
    if not item.slug:
        kind = type(item)
        item.slug = numbered(
            slugify(item.name) or kind.__tablename__,
            lambda slug: _exists(work.session, kind, kind.slug == slug, item),
        )
    try:
        check_slug(item.slug)
    except SlugError as error:
        raise Invalid({"slug": error.message}) from error


def _exists(session: Session, kind: type[Tag | Category], condition: object, item: object) -> bool:
    found = session.scalars(select(kind).where(condition)).first()  # type: ignore[arg-type]  # a condition of either table
    return found is not None and found is not item


def _place(category: Category, work: Work) -> None:
    parent = category.parent
    if parent is None and category.parent_id is not None:
        parent = get_category(work.session, category.parent_id)
    category.path = f"{parent.path}/{category.slug}" if parent else category.slug
    above = parent
    while above is not None:
        if above is category:
            raise Invalid({"parent": say("A category cannot stand below itself.")})
        above = above.parent
    if category.path.count("/") >= DEPTH:
        raise Invalid({"parent": say("Categories nest at most %(depth)s deep.", depth=DEPTH)})
    if _exists(work.session, Category, Category.path == category.path, category):
        raise Invalid({"slug": say("“%(path)s” is taken by another category.", path=category.path)})


def _move_children(category: Category, work: Work) -> None:
    below = select(Category).where(Category.parent_id == category.id)
    for child in work.session.scalars(below).all():
        path = f"{category.path}/{child.slug}"
        if child.path != path:
            former, child.path = child.path, path
            if path.count("/") >= DEPTH:
                raise Invalid(
                    {"parent": say("Categories nest at most %(depth)s deep.", depth=DEPTH)}
                )
            work.flush()
            _leave_category(former, child, work)
            _move_children(child, work)


def tag_path(slug: str) -> str:
    """Return the path of a tag's list on the site, not percent-encoded."""
    return unquote(path_to("frontend", "tags.show", slug=slug))


def category_path(path: str) -> str:
    """Return the path of a category's page on the site, not percent-encoded."""
    return unquote(path_to("frontend", "categories.show", path=path))


def _leave_category(former: str, category: Category, work: Work) -> None:
    leave_path(category_path(former), category_path(category.path), origin="slug", work=work)


def _former(item: Tag | Category, name: str) -> str:
    """Return what an attribute was before this change, empty where it did not change."""
    before = get_history(item, name).deleted
    return before[0] if before and not is_new(item) else ""


def _store(item: Tag | Category, action: str, *, version: int | None, work: Work) -> None:
    item.updated_at = work.at
    if is_new(item):
        item.created_at, item.version = work.at, 1
        work.session.add(item)
    else:
        check_version(item, version, work=work)
    work.record(action, item, item.name, slug=item.slug)


def count_posts(session: Session, tag: Tag) -> int:
    """Return how many posts carry a tag, drafts included."""
    return session.scalar(select(func.count()).where(PostTag.tag_id == tag.id)) or 0
