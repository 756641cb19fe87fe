"""No page of the console makes more than eight queries, however much there is."""

import pytest

from tests.admin.content import add_category, write
from tests.admin.counting import counted

CEILING = 8


@pytest.fixture
def full(runtime):
    """An instance with enough rows that a query for each would show."""
    category = add_category(runtime, "Life")
    for number in range(30):
        write(runtime, title=f"Post {number}", tags=(f"t{number}",), categories=(category,))
        write(runtime, title=f"Page {number}", kind="page")
    return runtime


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/page/",
        "/page/?q=post&category=1&status=published&author=2&tag=t1",
        "/pages/",
        "/categories/",
        "/tags/",
        "/users/",
        "/clients/",
        "/redirects/",
        "/audit/",
        "/audit/?action=post.published&actor=user:2",
        "/settings/",
        "/profile/",
        "/profile/sessions/",
        "/tags/edit/1/",
        "/categories/edit/1/",
        "/users/edit/2/",
        "/audit/5/",
    ],
)
def test_page_keeps_below_the_ceiling(as_, full, path):
    ann = as_("Ann")
    with counted(full) as statements:
        answer = ann.get(path)

    assert answer.status == 200
    assert len(statements) <= CEILING, "\n".join(statements)


def test_lists_never_read_the_texts(as_, full):
    ann = as_("Ann")
    with counted(full) as statements:
        ann.get("/page/")
        ann.get("/")

    assert [text for text in statements if "post.body" in text or "post.html" in text] == []
