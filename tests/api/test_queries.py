"""How many statements each read takes, however much there is: at most eight."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from shared.domain.taxonomy import ensure_category
from shared.runtime import Runtime
from tests.cast import make_post, work_of

CEILING = 8


@pytest.fixture
def counted(runtime: Runtime) -> Iterator[list[str]]:
    """Every statement that is executed."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_):
        said.append(statement)

    engines = (runtime.database._reader, runtime.database.writer)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield said
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def callers(runtime, people, api, writer):
    """Anyone, and a client; there are twelve posts."""
    with runtime.database.writing() as session:
        work = work_of(session, people.ann)
        here = ensure_category(["Here"], work=work)
        below = ensure_category(["Here", "Below"], work=work)
        for number in range(12):
            make_post(
                work,
                title=f"Post {number}",
                tags=("one", f"tag {number}"),
                categories=(here.id, below.id),
            )
        session.commit()
    return api, writer


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/v1/posts", 3),  # one is BEGIN
        ("/v1/posts?limit=100", 3),
        ("/v1/posts?include=content", 3),
        ("/v1/posts?sort=title", 3),
        ("/v1/posts?tag=one&category=here&author=ann&language=en&since=2020-01-01T00:00:00Z", 7),
        ("/v1/posts/1", 4),
        ("/v1/posts/1?view=working", 7),
        ("/v1/pages", 3),
        ("/v1/tags", 2),
        ("/v1/categories", 2),
        ("/v1/search?q=post", 5),
    ],
)
def test_reading_takes_few_statements(callers, counted, path, most):
    for caller in callers[1:] if "working" in path else callers:
        counted.clear()
        assert caller.send("GET", path).status_code == 200
        token = 1 if caller.token else 0  # which is looked up
        assert len(counted) <= min(most + token, CEILING), counted
