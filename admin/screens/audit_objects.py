"""What events are about: whether it is still there, and the page where it is looked after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import (
    BindParameter,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from admin.addresses import address, row_url
from admin.crud import Column
from admin.crud.columns import Address, Cell, Extra
from admin.crud.conditions import Condition, of_kind
from admin.crud.filters import Named, TextFilter
from shared.models import (
    ApiClient,
    AuditEvent,
    Category,
    Comment,
    Media,
    Post,
    Redirect,
    Tag,
    Trashed,
    User,
)
from shared.urls import ROUTES

IN_TRASH: Final = "trashed"
NOUN: Final = bindparam("object_noun", type_=String)


@dataclass(frozen=True)
class Kind:
    """A kind of object: its word, its table, the view of one of them or of them all."""

    noun: Any
    model: type[Any] | None = None
    endpoint: str = ""


KINDS: Final[Mapping[str, Kind]] = {
    "post": Kind(_l("Post or page"), Post, "page.edit"),
    "media": Kind(_l("File"), Media, "media.show"),
    "comment": Kind(_l("Comment of a visitor"), Comment, "comment.show"),
    "category": Kind(_l("Category"), Category, "categories.edit"),
    "tag": Kind(_l("Tag"), Tag, "tags.edit"),
    "redirect": Kind(_l("Redirect"), Redirect, "redirects.edit"),
    "user": Kind(_l("Person"), User, "users.edit"),
    "one_time_link": Kind(_l("Link that works once")),
    "api_client": Kind(_l("API client"), ApiClient, "clients.edit"),
    "setting": Kind(_l("Settings"), endpoint="site.history"),
    "mail": Kind(_l("Mail"), endpoint="mail.index"),
    "saved_view": Kind(_l("Saved view")),
    "import": Kind(_l("Import")),
    "site": Kind(_l("Export"), endpoint="export.index"),
    "audit_event": Kind(_l("Audit log"), endpoint="audit.index"),
}


def noun_of(kind: str) -> str:
    """Return the word for a kind of object."""
    known = KINDS.get(kind)
    return str(known.noun) if known else kind.replace("_", " ")


def name_of(kind: str, number: int | None) -> str:
    """Return what an object is called: `Post or page 12`."""
    if number is None:
        return noun_of(kind)
    return str(_("%(noun)s %(number)s", noun=noun_of(kind), number=number))


def activity_url(kind: str, number: int) -> str:
    """Return the address of everything that was done to an object."""
    return f"{address('audit.index')}?object={kind}:{number}"


# That an event is about a kind such as `post`, or `post:12`.
concerns: Final = of_kind(AuditEvent.object_kind, AuditEvent.object_id, true(), "at")


class ObjectFilter(TextFilter):
    """Everything about one object, which the chip names as it was last called."""

    def says(self, value: str) -> str | Named:
        """Return what reads the name, or the kind alone."""
        kind, _colon, number = value.partition(":")
        asked = concerns(value)
        if not number or asked is None:
            return noun_of(kind)
        told = {NOUN.key: f"{name_of(kind, int(number))} "}
        return Named(select_label(asked.condition), {**asked.values, **told})


@lru_cache(maxsize=2)
def select_label(condition: Condition) -> Select[Any]:
    """Select what an object was last called."""
    last = select(AuditEvent.object_label).where(condition.clause)
    last = last.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(1)
    return select(NOUN + "“" + func.coalesce(last.scalar_subquery(), "") + "”")


class ObjectColumn(Column):
    """What an event is about: a link while it is there, and where it went otherwise."""

    def value(self, row: Any, _: Extra) -> str:
        """Return what it is called."""
        return name_of(row.object_kind, row.object_id)

    def prepare(self, session: Session, rows: Sequence[Any]) -> Extra:
        """Look with one query which of the objects are there, and which in the trash."""
        meant: dict[str, set[int]] = {}
        for row in rows:
            if row.object_id is not None and KINDS.get(row.object_kind, KINDS["site"]).model:
                meant.setdefault(row.object_kind, set()).add(row.object_id)
        if not meant:
            return {}
        kinds = tuple(sorted(meant))
        ids = {f"ids_{kind}": sorted(meant[kind]) for kind in kinds}
        found = session.connection().execute(select_there(kinds), ids)
        there = {(kind, number): state for kind, number, state in found}
        return {row.id: there.get((row.object_kind, row.object_id)) for row in rows}

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return links, with a note where the object is no longer in its place."""
        title = str(self.title)
        for row in rows:
            url, note = place_of(row, extra.get(row.id))
            yield Cell(self.kind, title, self.value(row, extra), url, note)


def place_of(event: Any, state: str | None) -> tuple[str, str]:
    """Return where the object of an event is looked after, and what became of it."""
    kind = KINDS.get(event.object_kind)
    if kind is None or event.object_id is None or kind.model is None:
        return (address(kind.endpoint) if kind and kind.endpoint else ""), ""
    if state is None:
        return "", _("deleted for good")
    if state == IN_TRASH:
        has_page = kind.model in {Post, Media}
        own = row_url(kind.endpoint, event.object_id) if has_page else address("trash.index")
        return own, _("in the trash")
    return _page_of(kind, event.object_id), ""


def _page_of(kind: Kind, number: int) -> str:
    """Return the page of one object, or of all where it has none of its own."""
    if kind.endpoint.endswith(".index"):
        return address(kind.endpoint) if kind.endpoint in ROUTES["admin"] else ""
    return row_url(kind.endpoint, number)


def places_of(session: Session, things: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the address of each thing that is still in its place, by kind and number."""
    meant: dict[str, set[int]] = {}
    for name, number in things:
        if (kind := KINDS.get(name)) is not None and kind.model is not None:
            meant.setdefault(name, set()).add(number)
    if not meant:
        return {}
    ids = {f"ids_{name}": sorted(numbers) for name, numbers in meant.items()}
    found = session.connection().execute(select_there(tuple(sorted(meant))), ids)
    return {
        (name, number): row_url(KINDS[name].endpoint, number)
        for name, number, state in found
        if not state
    }


@lru_cache(maxsize=64)
def select_there(kinds: tuple[str, ...]) -> Any:
    """Select kind, id and state of objects whose ids are bound as `ids_` and their kind."""
    parts = []
    for kind in kinds:
        model = KINDS[kind].model
        assert model is not None
        ids: BindParameter[Any] = bindparam(f"ids_{kind}", expanding=True)
        trashed = getattr(model, "trashed_at", None)
        state: Any = literal("", String)
        if trashed is not None:
            state = case((trashed.is_not(None), IN_TRASH), else_="")
        named = literal(kind, String).label("kind")
        parts.append(select(named, model.id, cast(state, String)).where(model.id.in_(ids)))
        if trashed is None:
            gone = Trashed.kind == kind, Trashed.object_id.in_(ids)
            parts.append(select(named, Trashed.object_id, literal(IN_TRASH, String)).where(*gone))
    return union_all(*parts)
