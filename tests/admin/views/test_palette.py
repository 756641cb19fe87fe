"""The command palette: what it finds, for whom, and in how many queries."""

import pytest

from admin import create_app
from tests.admin.content import write
from tests.admin.counting import counted
from tests.admin.signing_in import enter


def asked(browser, **query):
    answer = browser.client.get("/palette/", query_string=query)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return {
        group["title"]: [item["title"] for item in group["items"]]
        for group in answer.get_json()["groups"]
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("eleph", ["An elephant in draft", "Elephants"]),
        ("大象", ["关于大象"]),
        ("象", ["关于大象"]),
        ("about", ["About elephants"]),
        ("length", []),
        ("%", []),
    ],
)
def test_posts_and_pages_are_found_by_their_titles(any_runtime, words, found):
    write(any_runtime, title="Elephants", body="At length.")
    write(any_runtime, title="An elephant in draft", published=False)
    write(any_runtime, title="关于大象", language="zh-Hans")
    write(any_runtime, title="About elephants", kind="page", published=words == "about")
    ann = enter(create_app(any_runtime), "Ann")
    groups = asked(ann, q=words)

    titles = [title for title in groups.get("Posts and pages", []) if title in found]
    assert sorted(titles) == sorted(found)


def test_each_person_finds_what_they_may_see_and_use(app, as_, runtime):
    write(runtime, "Cy", title="Elephants by Cy")
    write(runtime, "Ben", title="Elephants by Ben")
    write(runtime, "Ben", title="Elephants, a page", kind="page")

    assert asked(as_("Cy"), q="elephants") == {"Posts and pages": ["Elephants by Cy"]}
    assert len(asked(as_("Ben"), q="elephants")["Posts and pages"]) == 3
    assert asked(as_("Dee"), q="elephants") == {}
    assert "Users" in asked(as_("Ann"))["Go to"]
    assert "Users" not in asked(as_("Ben"))["Go to"]
    assert asked(as_("Dee"))["Do"] == [
        "My profile",
        "Switch between light and dark",
        "Sign out",
    ]


def test_what_was_opened_last_comes_first_and_nobody_elses(as_, runtime):
    numbers = [write(runtime, "Cy", title=f"Mine {n}") for n in range(3)]
    other = write(runtime, "Ben", title="Not mine")
    cy = as_("Cy")

    opened = {"recent": [numbers[1], other, numbers[0], 99_999_999, "x"]}
    assert asked(cy, **opened)["Recent"] == ["Mine 1", "Mine 0"]
    assert len(asked(cy)["Recent"]) == 3


def test_it_asks_the_database_little(as_, runtime):
    ann = as_("Ann")
    write(runtime, title="Elephants")
    with counted(runtime) as statements:
        asked(ann, q="elephants")

    assert len(statements) <= 6, "\n".join(statements)
