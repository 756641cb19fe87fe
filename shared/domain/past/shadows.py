"""Temporary tables and views that stand before those of today, on one connection.

Both kinds of database look for a name among what is temporary first, so every statement of the
site, unchanged, sees the past there.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Table, insert, text
from sqlalchemy.orm import Session

from shared.db import Database
from shared.domain.past.snapshot import (
    Row,
    Snapshot,
    list_shown,
    presentation_of,
    read_former,
    read_settings,
    read_terms,
)
from shared.domain.posts.content import Content
from shared.domain.posts.details import find_people
from shared.domain.taxonomy import tag_slug
from shared.models import (
    Category,
    Post,
    PostAuthor,
    PostCategory,
    PostTag,
    Presentation,
    Setting,
    Tag,
)
from shared.models.base import Base, UtcDateTime

_META: Final = MetaData()
_TEMPORARY: Final = ("TEMPORARY",)
_SHOWN: Final = Table(
    "past_shown",
    _META,
    Column("post_id", Integer, primary_key=True),
    Column("revision_id", Integer),
    Column[Any]("published_at", UtcDateTime()),
    Column("is_same", Boolean),
    prefixes=_TEMPORARY,
)


def _like(model: type[Base], name: str = "", *indexed: str) -> Table:
    own: Any = model.__table__
    columns: list[Column[Any]] = [
        Column(c.name, c.type, primary_key=c.primary_key) for c in own.columns
    ]
    table = Table(name or own.name, _META, *columns, prefixes=_TEMPORARY)
    if indexed:
        Index(f"ix_past_{own.name}", *(table.c[column] for column in indexed))
    return table


# What was live then and is no more; what still is, is read where it is.
_POST: Final = _like(Post, "past_post", "kind", "slug")
_PRESENTATION: Final = _like(Presentation, "past_presentation", "translation_of")
_AUTHOR: Final = _like(PostAuthor, "past_author", "user_id")
_TAGS: Final = _like(Tag, "", "slug")
_CATEGORIES: Final = _like(Category, "", "path")
_SETTINGS: Final = _like(Setting)
_TAGGED: Final = _like(PostTag, "", "tag_id", "listed_at", "post_id")
_FILED: Final = _like(PostCategory, "", "category_id", "listed_at", "post_id")
_STAMP: Final = Table("past_instant", _META, Column[Any]("at", UtcDateTime()), prefixes=_TEMPORARY)


@contextmanager
def show_past(database: Database, instant: datetime) -> Iterator[Session]:
    """Give a session in which the public site is as it was; raises as `read_former` does."""
    with database.reading_apart(lambda session: _prepare(session, instant)) as session:
        yield session


def _prepare(session: Session, instant: datetime) -> None:
    rows = list_shown(session, instant)
    shown = {row.post_id: _shown(row) for row in rows}
    snapshot = Snapshot(shown=list(shown.values()))
    snapshot.posts, contents = read_former(session, snapshot.shown)
    snapshot.presentations = [presentation_of(number, content) for number, content in contents]
    snapshot.authors = [row for item in contents for row in _authors(session, shown, *item)]
    snapshot.tags = read_terms(session, Tag, instant)
    snapshot.categories = read_terms(session, Category, instant)
    snapshot.settings = read_settings(session, instant)
    last = {row.post_id: row for row in rows}.values()
    by_slug = _aliases(session, "tag") | {row["slug"]: row["id"] for row in snapshot.tags}
    files = _aliases(session, "category")
    files |= {row["id"]: row["id"] for row in snapshot.categories}
    tagged = _links(last, shown, "tag", lambda row: [by_slug.get(tag_slug(n)) for n in row.tags])
    filed = _links(last, shown, "category", lambda row: [files.get(n) for n in row.categories])
    _build(session, snapshot, tagged, filed, instant)


def _shown(row: Any) -> Row:
    return {
        "post_id": row.post_id,
        "revision_id": row.revision_id,
        "published_at": row.dated_at or row.shown_from,
        "is_same": row.revision_id == row.live_id,
    }


def _aliases(session: Session, kind: str) -> dict[Any, int]:
    """Return what was merged since or before: its posts stand under what it was merged into."""
    key = "slug" if kind == "tag" else "former_id"
    return dict(session.execute(text(f"SELECT {key}, {kind}_id FROM {kind}_alias")).all())  # noqa: S608 - one of two constants


def _links(
    rows: Iterable[Any], shown: dict[int, Row], kind: str, find: Callable[[Any], list[int | None]]
) -> list[Row]:
    return [
        {
            "post_id": row.post_id,
            f"{kind}_id": number,
            "listed_at": shown[row.post_id]["published_at"],
        }
        for row in rows
        for number in dict.fromkeys(find(row))
        if number is not None
    ]


def _authors(session: Session, shown: dict[int, Row], post_id: int, content: Content) -> list[Row]:
    known = find_people(content.coauthors, session)
    at = shown[post_id]["published_at"]
    wanted = [number for number in content.coauthors if number in known]
    return [
        {"post_id": post_id, "user_id": number, "place": place, "listed_at": at}
        for place, number in enumerate(wanted, start=1)
    ]


def _build(
    session: Session, snapshot: Snapshot, tagged: list[Row], filed: list[Row], instant: datetime
) -> None:
    connection = session.connection()
    main = "main"
    if connection.dialect.name != "sqlite":
        main = connection.scalar(text("SELECT quote_ident(current_schema())")) or "public"
    session.expunge_all()
    _META.create_all(connection, checkfirst=False)
    for table, rows in (
        (_SHOWN, snapshot.shown),
        (_POST, snapshot.posts),
        (_PRESENTATION, snapshot.presentations),
        (_AUTHOR, snapshot.authors),
        (_TAGS, snapshot.tags),
        (_CATEGORIES, snapshot.categories),
        (_SETTINGS, snapshot.settings),
        (_TAGGED, tagged),
        (_FILED, filed),
        (_STAMP, [{"at": instant}]),
    ):
        if rows:
            connection.execute(insert(table), rows)
    own = {"live_id": "s.revision_id", "published_at": "s.published_at", "working_id": "NULL"}
    own |= {"first_published_at": "s.published_at", "expires_at": "NULL", "trashed_at": "NULL"}
    views = (
        _view(main, Post, "id", "past_post", own),
        _view(main, Presentation, "post_id", "past_presentation", {}),
        _view(main, PostAuthor, "post_id", "past_author", {"listed_at": "s.published_at"}),
        *(_since_made(main, table) for table in ("comment", "redirect")),
    )
    for statement in views:
        connection.execute(text(statement))


def _since_made(main: str, table: str) -> str:
    return f"""CREATE TEMPORARY VIEW {table} AS SELECT * FROM {main}.{table}
        WHERE created_at <= (SELECT at FROM past_instant)"""  # noqa: S608 - names of ours


def _view(main: str, model: type[Base], key: str, former: str, own: dict[str, str]) -> str:
    names = [column.name for column in model.__table__.columns]
    now = ", ".join(f"{own.get(name, f't.{name}')} AS {name}" for name in names)
    return f"""CREATE TEMPORARY VIEW {model.__tablename__} AS
        SELECT {", ".join(names)} FROM {former} UNION ALL
        SELECT {now} FROM {main}.{model.__tablename__} AS t
        JOIN past_shown AS s ON s.post_id = t.{key} WHERE s.is_same"""  # noqa: S608 - names of ours
