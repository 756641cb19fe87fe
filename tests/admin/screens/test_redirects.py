import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from shared.domain.posts import save_post
from shared.models import Redirect
from tests.admin.content import change, write
from tests.admin.lists import read_list
from tests.cast import make_content


@pytest.fixture
def ben(as_):
    return as_("Ben")


def make(browser, **fields):
    form = browser.get("/redirects/new/").page.form
    return browser.send("/redirects/new/", form.filled(**fields))


def stored(runtime):
    with runtime.database.reading() as session:
        rows = session.execute(
            select(Redirect.path, Redirect.target, Redirect.post_id, Redirect.status)
        )
        return [tuple(row) for row in rows]


def test_address_is_kept_as_it_is(ben, runtime):
    make(ben, path="/old/", target="https://example.org/new/", status="302")

    assert stored(runtime) == [("/old/", "https://example.org/new/", None, 302)]


def test_path_of_a_post_is_kept_as_that_post(ben, runtime):
    number = write(runtime, title="学习", published=False)
    make(ben, path="/old.html", target="/page/学习/")
    assert stored(runtime) == [("/old.html", "", number, 301)]

    change(runtime, number, save_post, content=make_content(title="学习", slug="new"), version=None)
    rows = read_list(ben, "/redirects/").rows
    assert [(row["Old path"], row["Leads to"], row["How"]) for row in rows] == [
        ("/old.html", "/page/new/", "301")
    ]
    assert ben.get("/redirects/edit/1/").page.form.fields["target"] == "/page/new/"


def test_path_of_a_nested_page_is_kept_as_that_page(ben, runtime):
    number = write(runtime, title="Team", slug="about/team", kind="page")
    make(ben, path="/old/", target="/about/team/")

    assert stored(runtime) == [("/old/", "", number, 301)]


def test_gone_needs_no_target(ben, runtime):
    make(ben, path="/old/", status="410")

    assert stored(runtime) == [("/old/", "", None, 410)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"path": "old", "target": "/new/"}, "Give a path of this site such as"),
        ({"path": "/admin/x/", "target": "/new/"}, "/admin does not belong to the site."),
        ({"path": "/old/", "target": "javascript:alert(1)"}, "Give a path such as /page/new/"),
        ({"path": "/old/", "target": "//evil.example"}, "Give a path such as /page/new/"),
        ({"path": "/old/", "target": ""}, "Give a path such as /page/new/"),
    ],
)
def test_refused_redirect_says_which_field_and_why(ben, runtime, fields, said):
    answer = make(ben, **fields)

    assert answer.status == 422
    assert said in answer.page.text
    assert answer.page.form.fields["target"] == fields["target"]
    assert stored(runtime) == []


def test_second_redirect_of_a_path_is_refused(ben, runtime):
    make(ben, path="/old/", target="/new/")
    answer = make(ben, path="/old/", target="/other/")

    assert answer.status == 422
    assert "/old/ has a redirect already." in answer.page.text
    assert len(stored(runtime)) == 1


def test_answer_of_several_is_shown_before_set_and_undone(ben, runtime):
    make(ben, path="/a", target="/page/x/")
    make(ben, path="/b", target="/page/y/")
    before = stored(runtime)
    asked = MultiDict({"csrf_token": ben.token(), "action": "status", "given": "410"})
    asked.setlist("ids", ["1", "2"])
    preview = ben.send("/redirects/bulk/", asked).page

    assert "/a How: 301: moved for good → 410: gone, leads nowhere" in preview.text
    assert "Leads to: /page/y/ → –" in preview.text
    assert stored(runtime) == before
    form = preview.forms[-1]
    ben.send(form.action, form.filled(confirmed="1"))
    assert {row[3] for row in stored(runtime)} == {410}
    undo = next(form for form in ben.get("/redirects/").page.forms if "/undo/" in form.action)
    ben.send(undo.action, undo.fields)
    assert stored(runtime) == before
