"""A body that comes slowly: nobody else waits for it."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.runtime import Runtime
from tests.api.calls import Api
from tests.cast import make_post, work_of

BODY = b'{"title": "Sent slowly"}'


class SlowBody(io.RawIOBase):
    """A body that lets `meanwhile` happen before its first byte comes."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        super().__init__()
        self._meanwhile = meanwhile
        self._rest = io.BytesIO(BODY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if not self._rest.tell():
            with ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(self._meanwhile).result()
        return self._rest.readinto(buffer)


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_others_write_while_a_body_is_still_coming(
    runtime: Runtime, writer: Api, method: str
) -> None:
    written = []

    def write() -> None:
        with runtime.database.writing() as session:
            written.append(make_post(work_of(session), title="Meanwhile").title)
            session.commit()

    sent = {"wsgi.input": io.BufferedReader(SlowBody(write)), "CONTENT_LENGTH": str(len(BODY))}
    path = "/v1/posts" if method == "POST" else "/v1/posts/1"
    writer.send(method, path, content_type="application/json", environ_overrides=sent)
    assert written == ["Meanwhile"]
