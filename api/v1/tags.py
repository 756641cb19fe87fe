"""`/v1/tags`: words that posts share."""

from sqlalchemy import ColumnElement, select

from api.callers import PUBLIC, caller, work
from api.contract import Contract, Reply
from api.envelope import Done, done
from api.inputs import JSON, MERGE_PATCH
from api.paging import PageQuery, next_link
from api.schemas.patches import Patch
from api.schemas.taxonomy import Tag, TagContent, TagList, TagPatch
from api.taxonomy_listing import list_rows
from shared.domain.errors import NotFound
from shared.domain.permissions import Permission
from shared.domain.taxonomy import delete_tag, get_tag, save_tag
from shared.error_codes import ErrorCode
from shared.models import Tag as Row
from shared.models.reading import is_carried
from shared.web import links, now, session

tags = Contract("tags", "Words that posts share.")
WRITE = "tags:write"
BOTH = (ErrorCode.NOT_FOUND, ErrorCode.CONFLICT)


@tags("index", "GET", access=PUBLIC, query=PageQuery, returns=TagList)
def index(query: PageQuery) -> Reply:
    """List the tags of what is published, by slug; with a read or write scope all there are."""
    rows, cursor = list_rows(session(), Row, Row.slug, query, where=_visible())
    return Reply(
        TagList(items=[_show(row) for row in rows], next=cursor), next_link("tags.index", cursor)
    )


@tags("index", "POST", access=WRITE, body=TagContent, returns=Tag, status=201, errors=BOTH[1:])
def create(body: TagContent) -> Reply:
    """Create a tag; a post that names a new one creates it too."""
    row = Row(**body.model_dump())
    save_tag(row, work=work())
    return Reply(_show(row), {"Location": links().to("api", "tags.show", id=row.id)})


@tags("show", "GET", access=PUBLIC, returns=Tag, errors=BOTH[:1])
def show(tag_id: int) -> Tag:
    """Show one tag."""
    found = session().scalar(select(Row).where(Row.id == tag_id, *_visible()))
    if found is None:
        raise NotFound(f"There is no tag {tag_id}.")
    return _show(found)


@tags(
    "show",
    "PATCH",
    access=WRITE,
    body=TagPatch,
    media=(MERGE_PATCH, JSON),
    returns=Tag,
    errors=BOTH,
)
def update(tag_id: int, body: Patch) -> Tag:
    """Change a tag by a JSON merge patch."""
    row = get_tag(session(), tag_id)
    current = {name: getattr(row, name) for name in TagContent.model_fields}
    for name, value in body.apply(TagContent, current).model_dump().items():
        setattr(row, name, value)
    save_tag(row, version=body.version, work=work())
    return _show(row)


@tags("show", "DELETE", access=WRITE, errors=BOTH)
def delete(tag_id: int) -> Done:
    """Remove a tag from every post, for good."""
    delete_tag(get_tag(session(), tag_id), work=work())
    return done()


def _visible() -> tuple[ColumnElement[bool], ...]:
    """Return which tags the caller may see: the words of drafts are for those who read drafts."""
    inside = caller().has(Permission.POSTS_READ) or caller().has(Permission.TAGS_EDIT)
    return () if inside else (is_carried(now()),)


def _show(row: Row) -> Tag:
    return Tag(
        id=row.id,
        name=row.name,
        slug=row.slug,
        url=links().absolute("frontend", "tags.show", slug=row.slug),
        description=row.description,
        updated_at=row.updated_at,
        version=row.version,
    )
