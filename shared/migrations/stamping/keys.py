"""Keys as SQL: what a row's change stamps, as a select that a trigger runs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from shared.models.touches import Key, Silent, Table


@dataclass(frozen=True)
class Dialect:
    """How a database compares with NULL, and writes an instant in a format of `strftime`.

    `whole` begins the condition on columns where a trigger also serves rows that come and go.
    """

    differs: str
    write: Callable[[str, str], str]
    whole: str = ""


def spoken(table: Table) -> list[str]:
    """Return the columns whose change stamps something."""
    return [name for name, keys in table.columns.items() if not isinstance(keys, Silent)]


def changed(columns: Iterable[str], dialect: Dialect) -> str:
    """Return the condition that an update changes one of these columns."""
    return " OR ".join(f'OLD."{name}" {dialect.differs} NEW."{name}"' for name in columns)


def counts(table: Table, rows: Sequence[str]) -> str:
    """Return the condition that visitors get to one of the rows, empty where they always do."""
    return " OR ".join(f"({table.counts.format(row=row)})" for row in rows if table.counts)


def stamped(
    table: Table, rows: Sequence[str], tables: Mapping[str, Table], dialect: Dialect
) -> str:
    """Return the select of all keys of `rows`; of OLD and NEW, only of columns that differ."""
    columns = spoken(table)
    selects = []
    for group, keys in _grouped(table, columns, tables).items():
        narrow = len(rows) > 1 and set(group) != set(columns)
        condition = f"({dialect.whole}{changed(group, dialect)})" if narrow else ""
        own = [_written(key, row, dialect) for key in keys if not key.through for row in rows]
        if own:
            values = ", ".join(f"({value})" for value in dict.fromkeys(own))
            where = f" WHERE {condition}" if condition else ""
            selects.append(f"SELECT column1 AS key FROM (VALUES {values}) AS touched{where}")  # noqa: S608 - of our own names
        selects += [_linked(key, rows, condition, dialect) for key in keys if key.through]
    return "\n  UNION ".join(selects)


def _grouped(
    table: Table, columns: Iterable[str], tables: Mapping[str, Table]
) -> dict[tuple[str, ...], list[Key]]:
    """Return the keys by the columns that stamp them, without those that the schema cannot give."""
    by_key: dict[Key, list[str]] = defaultdict(list)
    for name in columns:
        keys = table.columns[name]
        for key in () if isinstance(keys, Silent) else keys:
            by_key[key].append(name)
    groups: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key, names in by_key.items():
        source = tables.get(key.through) if key.through else table
        if source is not None and _fields(key) <= set(source.columns):
            groups[tuple(names)].append(key)
    return groups


def _fields(key: Key) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(key.text) if name}


def _linked(key: Key, rows: Sequence[str], condition: str, dialect: Dialect) -> str:
    posts = ", ".join(f"{row}.id" for row in rows)
    also = f" AND {condition}" if condition else ""
    written = _written(key, key.through or "", dialect)
    return f"SELECT {written} FROM {key.through} WHERE post_id IN ({posts}){also}"  # noqa: S608 - of our own names


def _written(key: Key, row: str, dialect: Dialect) -> str:
    """Return the expression of a key for one row; NULL where a column of it is NULL."""
    parts = []
    for literal, name, form, _ in Formatter().parse(key.text):
        if literal:
            parts.append(f"'{literal}'")
        if name:
            value = f'{row}."{name}"'
            parts.append(dialect.write(value, form) if form else value)
    written = " || ".join(parts)
    return f"CASE WHEN {row}.kind = '{key.kind}' THEN {written} END" if key.kind else written
