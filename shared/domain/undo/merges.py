"""Merges of tags or categories: every row that one touched is put back, and each post's list."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, delete, false, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.domain import search
from shared.domain.documents import describe, load
from shared.domain.errors import Conflict
from shared.domain.permissions import Permission
from shared.domain.remains import Link
from shared.domain.undo.merge_scopes import Merge, Scope
from shared.domain.undo.rows import chunks, find_posts
from shared.domain.undo.steps import Change, Document, Step
from shared.domain.work import Work
from shared.models import Base, Category, CategoryAlias, Post, Redirect, Tag, TagAlias
from shared.saying import say

Rows = dict[str, Document]  # by their key, as text
REDIRECTS = Redirect.__tablename__
SILENT = {"synchronize_session": False}


@dataclass(frozen=True, kw_only=True)
class MergeKind:
    """A merge is one thing: the rows in its scope are remembered before it and after.

    `former` is the key of `alias`, `meant` the column that says what an alias means, `address`
    what no two rows may share.
    """

    model: type[Tag | Category]
    alias: type[TagAlias | CategoryAlias]
    former: InstrumentedAttribute[Any]
    meant: InstrumentedAttribute[int]
    address: InstrumentedAttribute[str]
    link: Link
    permission: Permission

    @property
    def name(self) -> str:
        """The name by which steps know it."""
        return f"{self._own}_merge"

    @property
    def _own(self) -> str:
        return str(self.model.__tablename__)

    def remember(self, thing: Merge, session: Session) -> Step:
        """Return the rows that a merge may touch, and what each of its posts is listed under."""
        session.flush()
        table, key = self.link
        gone = [item.id for item in thing.sources]
        posts = session.scalars(select(table.post_id).where(key.in_(gone)).distinct()).all()
        scope = thing.scope(session)
        back = self._describe(scope, sorted(posts), session)
        return Step(kind=self.name, id=thing.into.id, label=thing.into.name, back=back)

    def forget(self, step: Step, session: Session) -> Step:
        """Return what the same rows and lists are like now."""
        back = _back(step)
        posts = [number for number, *_ in back["posts"]]
        now = self._describe(Scope.from_document(back["scope"]), posts, session)
        return Step(kind=self.name, id=step.id, label=step.label, back=now)

    def _describe(self, scope: Scope, posts: list[int], session: Session) -> Document:
        return {
            "scope": scope.as_document(),
            "rows": self._rows(scope, session),
            "posts": self._lists(scope, posts, session),
        }

    def _rows(self, scope: Scope, session: Session) -> dict[str, Rows]:
        """Return what stands in the scope now, also what came there since."""
        below = Category.parent_id.in_(scope.going) if self.model is Category else false()
        own = or_(self.model.id.in_(scope.rows), self.address.in_(scope.addresses), below)
        named = or_(self.former.in_(scope.formers), self.meant.in_(scope.members))
        led = and_(Redirect.target.in_(scope.paths), Redirect.post_id.is_(None))
        return {
            self._own: _read(self.model, self.model.id, own, session),
            self.alias.__tablename__: _read(self.alias, self.former, named, session),
            REDIRECTS: _read(
                Redirect, Redirect.id, or_(Redirect.path.in_(scope.paths), led), session
            ),
        }

    def _lists(self, scope: Scope, posts: list[int], session: Session) -> list[list[Any]]:
        """Return each post with its version and which of the members it is listed under."""
        table, key = self.link
        found: dict[int, list[Any]] = {}
        wanted = select(Post.id, Post.version, key).outerjoin(
            table, and_(table.post_id == Post.id, key.in_(scope.members))
        )
        for ids in chunks(posts):
            for number, version, member in session.execute(wanted.where(Post.id.in_(ids))):
                item = found.setdefault(number, [number, version, []])
                item[2] += [] if member is None else [member]
        return [[number, version, sorted(some)] for number, version, some in found.values()]

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:
        """Return all rows of the scopes as they are now."""
        scopes = {step.id: Scope.from_document(_back(step)["scope"]) for step in steps}
        return {number: self._rows(scope, session) for number, scope in scopes.items()}

    def find_changes(self, step: Step, mark: Any, session: Session) -> list[Change]:
        """Return the rows that were changed since, those in the way, and the posts saved since."""
        back = _back(step)
        changes = [
            self._change(table, rows.get(key) or step.mark[table][key], step)
            for table, rows in mark.items()
            for key in _differing(back["rows"][table], step.mark[table])
            if rows.get(key) != step.mark[table].get(key)
        ]
        changes += [
            self._change(table, row, step)
            for table, rows in mark.items()
            for key, row in rows.items()
            if key not in step.mark[table] and self._is_in_the_way(table, row, back)
        ]
        versions = {number: version for number, version, _ in back["posts"]}
        return list(dict.fromkeys(changes)) + find_posts(versions, session)

    def _is_in_the_way(self, table: str, row: Document, back: Document) -> bool:
        if table == REDIRECTS:
            return row["path"] in back["scope"]["paths"]
        return table == self._own

    def _change(self, table: str, row: Document, step: Step) -> Change:
        if table == self.alias.__tablename__:
            return Change(kind=self._own, id=step.id, label=step.label)
        return Change(kind=table, id=row["id"], label=row.get("name") or row["path"])

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:
        """Make all rows what they were, and the lists of all posts but those `without`."""
        work.require(self.permission)
        work.flush()
        try:
            self._put_rows_back(step, without, work)
        except IntegrityError as error:
            raise Conflict(
                say("Another change took the same name or removed what this needs.")
            ) from error
        work.session.expire_all()
        if self.model is Tag:
            posts = [number for number, *_ in _back(step)["posts"] if number not in without]
            for ids in chunks(posts):
                search.retitle(work.session, ids)

    def _put_rows_back(self, step: Step, without: frozenset[int], work: Work) -> None:
        """Write first what others refer to, and delete last what they referred to."""
        back, mark, alias = _back(step), step.mark, self.alias.__tablename__
        differing = {table: _differing(back["rows"][table], mark[table]) for table in mark}
        _delete(Redirect, Redirect.id, _held(differing[REDIRECTS], mark[REDIRECTS]), work)
        _delete(self.alias, self.former, _held(differing[alias], mark[alias]), work)
        self._write_own(differing[self._own], back["rows"][self._own], mark[self._own], work)
        self._list_posts(back, without, work)
        for model, table in ((Redirect, REDIRECTS), (self.alias, alias)):
            kept = _held(differing[table], back["rows"][table])
            _insert(model, [_raised(row, mark[table].get(key)) for key, row in kept.items()], work)
        self._record(differing[self._own], work)
        gone = {
            key: mark[self._own][key]
            for key in differing[self._own]
            if key not in back["rows"][self._own]
        }
        for key, row in sorted(gone.items(), key=lambda item: -len(item[1].get("path", ""))):
            _delete(self.model, self.model.id, {key: row}, work)

    def _write_own(self, keys: list[str], back: Rows, mark: Rows, work: Work) -> None:
        """Put tags or categories back, those above first."""
        kept = _held(keys, back)
        for key in sorted(kept, key=lambda key: len(kept[key].get("path", ""))):
            row = _raised(kept[key], mark.get(key))
            if key not in mark:
                _insert(self.model, [row], work)
                continue
            values = load(self.model, row)
            changed = update(self.model).where(self.model.id == values.pop("id")).values(values)
            work.session.execute(changed, execution_options=SILENT)

    def _list_posts(self, back: Document, without: frozenset[int], work: Work) -> None:
        """List the posts under what they were listed under, by their present instants."""
        table, key = self.link
        columns = ["post_id", key.key, "listed_at"]
        lists = [(post, some) for post, _, some in back["posts"] if post not in without]
        members = back["scope"]["members"]
        for some in chunks(lists):
            ids = [post for post, _ in some]
            old = delete(table).where(table.post_id.in_(ids), key.in_(members))
            work.session.execute(old, execution_options=SILENT)
            for member in members:
                listed = [post for post, under in some if member in under]
                there = select(Post.id, literal(member), Post.published_at)
                new = insert(table).from_select(columns, there.where(Post.id.in_(listed)))
                work.session.execute(new)

    def _record(self, keys: list[str], work: Work) -> None:
        work.session.expire_all()
        wanted = select(self.model).where(self.model.id.in_(map(int, keys)))
        rows: list[Any] = list(work.session.scalars(wanted.order_by(self.model.id)))
        for row in rows:
            work.record(f"{self._own}.undone", row, row.name)
            work.session.expunge(row)


def _back(step: Step) -> Document:
    return cast("Document", step.back)


def _read(
    model: type[Base],
    key: InstrumentedAttribute[Any],
    wanted: ColumnElement[bool],
    session: Session,
) -> Rows:
    return {str(row[key.key]): row for row in describe(model, wanted, session)}


def _differing(before: Rows, after: Rows) -> list[str]:
    """Return the keys of the rows that an act made, changed or removed."""
    return [key for key in sorted(before | after) if before.get(key) != after.get(key)]


def _held(keys: list[str], rows: Rows) -> Rows:
    return {key: rows[key] for key in keys if key in rows}


def _raised(row: Document, other: Document | None) -> Document:
    """Return a row with a version that no open form knows."""
    if "version" not in row:
        return row
    return row | {"version": max(row["version"], (other or row)["version"]) + 1}


def _insert(model: type[Base], rows: list[Document], work: Work) -> None:
    if rows:
        work.session.execute(insert(model), [load(model, row) for row in rows])


def _delete(model: type[Base], key: InstrumentedAttribute[Any], rows: Rows, work: Work) -> None:
    gone = delete(model).where(key.in_([row[key.key] for row in rows.values()]))
    work.session.execute(gone, execution_options=SILENT)
