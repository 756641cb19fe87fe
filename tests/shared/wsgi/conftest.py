"""A request whose id is known."""

from collections.abc import Iterator

import pytest

from shared.log_context import request_id


@pytest.fixture
def named_request() -> Iterator[None]:
    """Let the request at hand be `r1`."""
    token = request_id.set("r1")
    yield
    request_id.reset(token)
