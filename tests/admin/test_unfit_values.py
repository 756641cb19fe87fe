"""Values that no column holds are the sender's mistake, on both databases."""

import pytest

from admin import create_app
from shared.runtime import Runtime
from tests.admin.content import write
from tests.admin.signing_in import enter

MANY = "9" * 30


@pytest.mark.parametrize(
    "path",
    [
        f"/page/edit/{MANY}/",
        f"/page/edit/1/revisions/?before={MANY}",
        f"/page/edit/1/revisions/1/?against={MANY}",
        f"/page/slug/?title=x&id={MANY}",
        f"/tags/edit/{MANY}/",
    ],
)
def test_number_beyond_any_row_is_refused(any_runtime: Runtime, path: str) -> None:
    write(any_runtime)
    answer = enter(create_app(any_runtime), "Ben").get(path)
    said = "Something in it is not of the kind that is asked for."
    assert (answer.status, said in answer.page.text) == (400, True)
