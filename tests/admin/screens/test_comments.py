"""The list of comments: what waits first, and what is done with many."""

import json

import pytest
from werkzeug.datastructures import MultiDict

from shared.models import AuditEvent
from tests.admin.comments import fill_comments, say_on, state_of
from tests.admin.content import write
from tests.admin.counting import counted, explained
from tests.admin.lists import every_page, read_list


@pytest.fixture
def post(runtime):
    return write(runtime, "Cy", title="A post of Cy's")


@pytest.fixture
def said(runtime, post):
    """Return the numbers of comments by their texts."""
    told = {
        "Seen first.": {"state": "approved"},
        "Waits.": {"state": "pending", "name": "Bo", "email": "bo@example.org"},
        "Pills!": {"state": "spam"},
        "Thrown away.": {"state": "trashed"},
        "Seen https://x.org/ last.": {"state": "approved"},
    }
    return {body: say_on(runtime, post, body=body, **over) for body, over in told.items()}


def act(browser, action, ids, **more):
    fields = MultiDict({"csrf_token": browser.token(), "action": action, **more})
    fields.setlist("ids", [str(number) for number in ids])
    return browser.send("/comments/bulk/", fields)


def texts(browser, query=""):
    return [row["What it says"] for row in read_list(browser, f"/comments/{query}").rows]


def test_what_waits_comes_first(ben, said):
    found = read_list(ben, "/comments/")

    assert found.column("What it says") == ["Waits.", "Seen https://x.org/ last.", "Seen first."]
    assert found.rows[0]["By"] == "Bo"
    assert found.rows[0]["Post or page"] == "A post of Cy's"
    assert found.column("State") == ["Waiting", "Approved", "Approved"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=spam", ["Pills!"]),
        ("?state=trashed", ["Thrown away."]),
        ("?state=pending", ["Waits."]),
        ("?q=last", ["Seen https://x.org/ last."]),
        ("?q=bo@example.org", ["Waits."]),
        ("?q=bo@example", ["Waits."]),
        ("?has_links=yes", ["Seen https://x.org/ last."]),
        ("?is_reply=yes", []),
        ("?is_ours=yes", []),
        ("?has_email=no", []),
        ("?post=1&sort=created_at", ["Waits.", "Seen first.", "Seen https://x.org/ last."]),
        ("?post=99", []),
        ("?written=2030-01-01..", []),
        ("?state=nonsense", []),
    ],
)
def test_list_is_narrowed(ben, said, query, found):
    page = ben.get(f"/comments/{query}").page
    assert ("Nothing matches." in page.text) == (not found)
    if found:
        assert sorted(texts(ben, query)) == sorted(found)
        assert len(texts(ben, f"{query}&state=every")) >= len(found)


def test_post_filter_names_the_post(ben, said):
    assert "Number of the post or page: A post of Cy's" in ben.get("/comments/?post=1").page.text


def test_bulk_is_previewed_done_and_undone(ben, runtime, said):
    ids = [said["Waits."], said["Pills!"], said["Seen first."]]
    page = act(ben, "approve", ids).page

    assert "Let everybody see these comments?" in page.text
    assert "State: Waiting → Approved" in page.text
    assert "This is approved already." in page.text
    assert state_of(runtime, ids[0]) == "pending"

    assert act(ben, "approve", ids, confirmed="1").status == 303
    assert [state_of(runtime, number) for number in ids] == ["approved"] * 3
    undo = next(form for form in ben.get("/comments/").page.forms if "/undo/" in form.action)
    assert ben.send(undo.action, undo.filled()).status == 303
    assert [state_of(runtime, number) for number in ids] == ["pending", "spam", "approved"]


def test_undo_refuses_what_was_edited_since_and_says_by_whom(ben, as_, runtime, said):
    number = said["Waits."]
    act(ben, "spam", [number], confirmed="1")
    undo = next(form for form in ben.get("/comments/").page.forms if "/undo/" in form.action)
    act(as_("Ann"), "approve", [number], confirmed="1")

    answer = ben.send(undo.action, undo.filled())
    assert answer.status == 409
    assert f"#{number}" in answer.page.text
    assert "Ann has changed it since" in answer.page.text
    assert state_of(runtime, number) == "approved"


def test_only_spam_and_trash_are_deleted_for_good(ben, runtime, said):
    act(ben, "delete", said.values(), confirmed="1")

    left = {text: state_of(runtime, number) for text, number in said.items()}
    assert {text for text, state in left.items() if state is None} == {"Pills!", "Thrown away."}


def test_authors_moderate_their_own_posts_and_see_no_addresses(as_, runtime, said):
    write(runtime, "Ben", title="A post of Ben's")
    foreign = say_on(runtime, 2, body="Foreign.")
    cy = as_("Cy")

    assert texts(cy, "?state=every&sort=created_at") == texts(
        as_("Ben"), "?state=every&post=1&sort=created_at"
    )
    for path in ("/comments/?q=Waits", f"/comments/{said['Waits.']}/"):
        assert "Waits." in cy.get(path).page.text
        assert "bo@example.org" not in cy.get(path).page.html
        assert path == "/comments/?q=Waits" or "bo@example.org" in as_("Ben").get(path).page.html
    assert "Nothing matches." in cy.get("/comments/?q=bo@example.org").page.text
    assert "Nothing matches." in cy.get("/comments/?has_email=yes").page.text
    act(cy, "approve", [foreign, said["Waits."]], confirmed="1")
    assert [state_of(runtime, n) for n in (foreign, said["Waits."])] == ["pending", "approved"]
    assert [as_(name).get("/comments/").status for name in ("Con", "Dee")] == [403, 403]


def test_list_is_taken_out_with_formulas_defused_and_addresses_for_editors(as_, runtime, post):
    say_on(runtime, post, name="=1+1", body="=HYPERLINK(1)")
    query, names = "?q=vi@example.org", ["body", "name", "email"]

    def take(name, form):
        browser = as_(name)
        view = browser.send(
            "/comments/columns/",
            {"csrf_token": browser.token(), "order": names, "column": names},
        )
        assert view.status == 303
        answer = browser.send(
            f"/export/comments/{query if name == 'Ben' else ''}",
            {"csrf_token": browser.token(), "form": form},
        )
        return answer.response.get_data().decode()

    assert take("Ben", "csv").splitlines()[1] == "'=HYPERLINK(1),'=1+1,vi@example.org"
    assert json.loads(take("Cy", "json")) == [
        {"body": "=HYPERLINK(1)", "name": "=1+1", "email": ""}
    ]
    with runtime.database.reading() as session:
        events = session.query(AuditEvent).filter_by(action="list.exported").all()
    assert [event.data["query"] for event in events] == [{}, {}]


def test_name_is_changed_in_its_place(ben, runtime, said):
    number = said["Waits."]
    token = ben.token()
    sent = {"csrf_token": token, "value": "Boris", "version": "1"}

    assert ben.send(f"/comments/cell/{number}/name/", sent).status == 200
    assert read_list(ben, "/comments/?q=Boris").column("By") == ["Boris"]
    assert ben.send(f"/comments/cell/{number}/name/", sent).status == 409


def test_tabs_and_menu_count_what_is_there(ben, as_, said):
    html = ben.get("/comments/").page.html

    assert 'Waiting <span class="badge">1</span>' in html
    assert 'Spam <span class="badge">1</span>' in html
    assert '<span class="visually-hidden">1 waiting</span>' in html
    assert '<span class="visually-hidden">1 waiting</span>' in ben.get("/").page.html
    assert "1 waiting" not in ben.get("/page/").page.text
    assert "1 waiting" not in as_("Con").get("/").page.text


@pytest.fixture
def long(runtime, post):
    states = ("approved", "pending", "spam", "approved", "trashed")
    fill_comments(runtime, post, 6_000, state=lambda n: states[n % 5])
    return runtime


def test_every_comment_is_on_one_page(ben, runtime, post):
    fill_comments(runtime, post, 70, state=lambda n: "pending" if n % 3 == 0 else "approved")
    pages = every_page(ben, "/comments/")

    rows = [row for page in pages for row in page.rows]
    assert len({row["What it says"] for row in rows}) == len(rows) == 70
    assert [row["State"] for row in rows] == ["Waiting"] * 24 + ["Approved"] * 46


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?state=spam",
        "?state=pending",
        "?post=1",
        "?sort=created_at",
        "?sort=-created_at",
        "?has_links=yes",
        "?has_email=no",
        "?is_reply=yes",
        "?state=spam&sort=created_at",
    ],
)
def test_long_list_is_walked_along_an_index(ben, long, query):
    with explained(long) as statements:
        answer = ben.get(f"/comments/{query}")
    with long.database.reading() as session:
        connection = session.connection()
        plans = [
            row.detail
            for text, values in statements
            if "FROM comment" in text
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        ]

    assert answer.status == 200
    assert len(statements) <= 8, statements
    assert [line for line in plans if line.startswith("SCAN comment") and "INDEX" not in line] == []
    assert [line for line in plans if "TEMP B-TREE" in line] == []


def test_pages_of_authors_keep_below_the_ceiling(as_, long):
    cy = as_("Cy")
    for path in ("/comments/", "/comments/17/", "/"):
        with counted(long) as statements:
            assert cy.get(path).status == 200
        assert len(statements) <= 8, "\n".join(statements)
