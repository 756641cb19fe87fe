"""No module of the site asks the database but by `shared.models.reads.read`."""

import ast

from tests.guards.sources import short, source

ASKING = {"exec_driver_sql", "execute", "query", "scalar", "scalars", "stream", "stream_scalars"}
APART = "frontend/pagestore/"  # asks its own file, and the database what changed


def calls_in(text: str) -> list[int]:
    """Return the lines in which a method that runs SQL is called."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in ASKING
    ]


def test_a_call_is_found():
    assert calls_in("a = session().scalars(x)\nb = read(session(), x, {}, of=())") == [1]


def test_the_site_reads_by_the_recorder():
    site = [path for path in source() if short(path).startswith("frontend/")]
    views = [path for path in site if not short(path).startswith(APART)]
    found = {short(path): calls_in(path.read_text(encoding="utf-8")) for path in views}
    assert len(found) > 20
    assert {name: lines for name, lines in found.items() if lines} == {}
