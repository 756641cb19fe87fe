"""The editor's pages ask the database a fixed number of questions, however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from shared.domain.posts import save_post
from shared.runtime import Runtime
from tests.admin.content import add_category, write
from tests.admin.signing_in import Browser
from tests.cast import make_content

CEILING = 7


@contextmanager
def statements() -> Iterator[list[str]]:
    """Write down every statement but the BEGIN of a transaction."""
    seen: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        if statement != "BEGIN":
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "path", ["/page/edit/1/", "/page/edit/1/view/", "/page/new/", "/page/edit/1/revisions/"]
)
def test_pages_of_the_editor_stay_below_the_ceiling(
    runtime: Runtime, ben: Browser, path: str
) -> None:
    def save_often(post: Any, work: Any) -> None:
        for number in range(20):
            names = tuple(f"t{number}{letter}" for letter in "abc")
            content = make_content(slug=post.slug, body=str(number), tags=names)
            save_post(post, content, version=None, work=work)

    categories = tuple(add_category(runtime, f"C{number}") for number in range(20))
    write(runtime, categories=categories, then=save_often)
    with statements() as seen:
        assert ben.get(path).status == 200
    assert len(seen) <= CEILING, "\n".join(seen)
