"""Every table and column has a decision on what it stamps."""

from string import Formatter

import pytest

from shared.models import Base
from shared.models.touches import MEMBERSHIP, SILENT_TABLES, TOUCHES, Key, Silent

HOW = "decide in shared/models/touches.py whether visitors see it, and which keys that touches"


def test_every_table_has_a_decision() -> None:
    assert {*TOUCHES, *SILENT_TABLES} == set(Base.metadata.tables), HOW
    assert not TOUCHES.keys() & SILENT_TABLES.keys()


@pytest.mark.parametrize("name", TOUCHES)
def test_every_column_has_a_decision(name: str) -> None:
    assert set(TOUCHES[name].columns) == set(Base.metadata.tables[name].columns.keys()), HOW


def test_silence_has_a_reason() -> None:
    columns = [value for table in TOUCHES.values() for value in table.columns.values()]
    silent = [value for value in columns if isinstance(value, Silent)]
    assert [item for item in (*silent, *SILENT_TABLES.values()) if not item.why] == []
    assert [value for value in columns if value == ()] == []


def columns_in(key: Key) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(key.text) if name}


@pytest.mark.parametrize("name", TOUCHES)
def test_columns_in_a_key_stamp_it(name: str) -> None:
    """Else a row that moves from one key to another would leave the other as it was."""
    table = TOUCHES[name]
    for key in table.keys:
        if not key.through:
            named = columns_in(key) | ({"kind"} if key.kind else set())
            apart = {"pages"} if key.kind == "page" else set()  # {kind}s tells of its kind
            for column in named:
                decision = table.columns[column]
                assert not isinstance(decision, Silent), (key, column)
                assert key in decision or key.text in apart, (key, column)


@pytest.mark.parametrize("name", TOUCHES)
def test_identity_of_a_row_stamps_all_its_keys(name: str) -> None:
    table = Base.metadata.tables[name]
    for column in table.primary_key:
        decision = TOUCHES[name].columns[column.name]
        assert not isinstance(decision, Silent)
        assert {key.text for key in TOUCHES[name].keys} - {"pages"} <= {k.text for k in decision}


def test_membership_has_every_key_of_a_post() -> None:
    """So that what time changes is stamped as what a writer changes."""
    assert {key.text for key in TOUCHES["post"].keys} - {"pages"} == {k.text for k in MEMBERSHIP}
    assert {key.through for key in MEMBERSHIP} - {None} <= TOUCHES.keys()
