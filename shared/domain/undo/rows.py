"""Tags, categories and redirects: a row that was deleted comes back with its id and its posts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from shared.domain import remains
from shared.domain.documents import load
from shared.domain.remains import Link, describe_row
from shared.domain.undo.steps import Change, Step, Whole
from shared.domain.work import Work
from shared.models import Base, Post

Item = TypeVar("Item")
AT_ONCE = 500  # as many values as any database takes in one statement


@dataclass(frozen=True, kw_only=True)
class RowKind(Whole):
    """A kind whose rows are really removed; `link` names the posts that a row belongs to.

    `save` and `delete` are its verbs: they check permission and rule, also when something is
    put back. `title` is the attribute that a row is known by, `names` tells whether a post that
    was changed since still names it.
    """

    model: type[Base]
    title: str
    save: Callable[..., None]
    delete: Callable[..., None]
    link: Link | None = None
    names: Callable[[Post, Any], bool] = lambda _post, _row: False

    @property
    def name(self) -> str:
        """The name of the table."""
        return str(self.model.__tablename__)

    def remember(self, thing: Any, session: Session) -> Step:
        """Return the columns of a row, and its posts with their versions."""
        session.flush()
        back = describe_row(thing, session, self.link)
        return Step(kind=self.name, id=thing.id, label=str(getattr(thing, self.title)), back=back)

    def forget(self, step: Step, session: Session) -> Step:
        """Return what the row is like now, also where there is none."""
        row = session.get(self.model, step.id)
        if row is None:
            return Step(kind=self.name, id=step.id, label=step.label, back=None)
        return self.remember(row, session)

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:
        """Return the versions of the rows that are there."""
        columns, ids = self.model.__table__.c, [step.id for step in steps]
        rows = session.execute(select(columns.id, columns.version).where(columns.id.in_(ids)))
        return {row.id: row.version for row in rows}

    def find_changes(self, step: Step, mark: Any, session: Session) -> list[Change]:
        """Return the row, or the posts that were changed since it was taken from them."""
        if mark != step.mark or mark is not None or not step.back:
            return super().find_changes(step, mark, session)
        return find_posts(dict(step.back["posts"]), session)

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:
        """Make the row what it was, delete it when it was not there, or bring it back."""
        row = work.session.get(self.model, step.id)
        if step.back is None:
            if row is not None:
                self.delete(row, work=work)
            return
        values = load(self.model, step.back["row"])
        if row is None:
            row = self._revive(values, work)
            self._relink(row, [item[0] for item in step.back["posts"]], without, work)
        else:
            with work.session.no_autoflush:
                for name, value in values.items():
                    if name not in {"id", "version"}:
                        setattr(row, name, value)
            self.save(row, version=step.mark, work=work)
        work.record(f"{self.name}.undone", row, step.label)

    def bring_back(self, step: Step, *, work: Work) -> None:
        """Bring a row back from the trash, on those of its posts that still name it."""
        back = step.back or {"row": {}, "posts": []}
        values = load(self.model, back["row"])
        if work.session.get(self.model, step.id) is not None:
            del values["id"]  # SQLite gives the last number of some tables again
        row = self._revive(values, work)
        let_go = frozenset(
            post.id
            for ids in chunks([item[0] for item in back["posts"]])
            for post in work.session.scalars(select(Post).where(Post.id.in_(ids)))
            if post.version != dict(back["posts"])[post.id] and not self.names(post, row)
        )
        self._relink(row, [item[0] for item in back["posts"]], let_go, work)
        work.record(f"{self.name}.restored", row, step.label)

    def _revive(self, values: dict[str, Any], work: Work) -> Any:
        row: Any = self.model(**values)
        self.save(row, work=work)
        remains.forget(self.name, row.id, work=work)
        row.created_at = values["created_at"]
        row.version = values["version"] + 1  # else a form that was open then would be believed
        work.flush()
        return row

    def _relink(self, row: Any, posts: Sequence[int], without: frozenset[int], work: Work) -> None:
        """Give the row its posts back, listed by their present instants."""
        if self.link is None:
            return
        table, key = self.link
        columns = ["post_id", key.key, "listed_at"]
        for ids in chunks([number for number in posts if number not in without]):
            there = select(Post.id, literal(row.id), Post.published_at).where(Post.id.in_(ids))
            work.session.execute(insert(table).from_select(columns, there))


def find_posts(known: dict[int, int], session: Session) -> list[Change]:
    """Return those posts that do not have the version any more that is known of them."""
    return [
        Change(kind="post", id=row.id, label=row.title, whole=False)
        for ids in chunks(list(known))
        for row in session.execute(
            select(Post.id, Post.version, Post.title).where(Post.id.in_(ids))
        )
        if row.version != known[row.id]
    ]


def chunks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Return ids or the like in lists that fit into one statement."""
    return (list(items[at : at + AT_ONCE]) for at in range(0, len(items), AT_ONCE))
