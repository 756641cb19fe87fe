"""`/v1/categories`: the tree that posts stand in."""

from api.callers import PUBLIC, work
from api.contract import Contract, Reply
from api.envelope import Done, done
from api.inputs import JSON, MERGE_PATCH
from api.paging import PageQuery, next_link
from api.schemas.patches import Patch
from api.schemas.taxonomy import Category, CategoryContent, CategoryList, CategoryPatch
from api.taxonomy_listing import list_rows
from shared.domain.errors import Invalid
from shared.domain.taxonomy import delete_category, get_category, save_category
from shared.error_codes import ErrorCode
from shared.models import Category as Row
from shared.web import links, session

categories = Contract("categories", "The tree that posts stand in.")
WRITE = "categories:write"
BOTH = (ErrorCode.NOT_FOUND, ErrorCode.CONFLICT)


@categories("index", "GET", access=PUBLIC, query=PageQuery, returns=CategoryList)
def index(query: PageQuery) -> Reply:
    """List every category, each behind the one above it."""
    rows, cursor = list_rows(session(), Row, Row.path, query)
    shown = CategoryList(items=[_show(row) for row in rows], next=cursor)
    return Reply(shown, next_link("categories.index", cursor))


@categories(
    "index",
    "POST",
    access=WRITE,
    body=CategoryContent,
    returns=Category,
    status=201,
    errors=BOTH[1:],
)
def create(body: CategoryContent) -> Reply:
    """Create a category."""
    row = Row()
    _fill(row, body)
    save_category(row, work=work())
    return Reply(_show(row), {"Location": links().to("api", "categories.show", id=row.id)})


@categories("show", "GET", access=PUBLIC, returns=Category, errors=BOTH[:1])
def show(category_id: int) -> Category:
    """Show one category."""
    return _show(get_category(session(), category_id))


@categories(
    "show",
    "PATCH",
    access=WRITE,
    body=CategoryPatch,
    media=(MERGE_PATCH, JSON),
    returns=Category,
    errors=BOTH,
)
def update(category_id: int, body: Patch) -> Category:
    """Change or move a category by a JSON merge patch; what is below it moves along."""
    row = get_category(session(), category_id)
    current = {name: getattr(row, name) for name in CategoryContent.model_fields}
    with session().no_autoflush:
        _fill(row, body.apply(CategoryContent, current))
    save_category(row, version=body.version, work=work())
    return _show(row)


@categories("show", "DELETE", access=WRITE, errors=BOTH)
def delete(category_id: int) -> Done:
    """Remove a category that has none below it."""
    delete_category(get_category(session(), category_id), work=work())
    return done()


def _fill(row: Row, body: CategoryContent) -> None:
    parent = session().get(Row, body.parent_id) if body.parent_id else None
    if body.parent_id and parent is None:
        raise Invalid({"parent_id": f"There is no category {body.parent_id}."})
    row.name, row.slug, row.description = body.name, body.slug, body.description
    row.parent, row.parent_id = parent, body.parent_id


def _show(row: Row) -> Category:
    return Category(
        id=row.id,
        name=row.name,
        slug=row.slug,
        path=row.path,
        parent_id=row.parent_id,
        url=links().absolute("frontend", "categories.show", path=row.path),
        description=row.description,
        updated_at=row.updated_at,
        version=row.version,
    )
