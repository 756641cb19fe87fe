import pytest
from sqlalchemy.exc import OperationalError

from admin.access import open_to_everyone
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound, Throttled
from shared.write_gate import DatabaseBusyError


@pytest.fixture
def fail(app, as_):
    """Open a page that fails with an error."""

    def open_page(error):
        def view():
            raise error

        app.add_url_rule("/failing/", "failing", open_to_everyone(view))
        return as_("Ann").get("/failing/")

    return open_page


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (NotFound("There is no tag 3."), 404, "There is no tag 3."),
        (Forbidden("tags:edit"), 403, "This needs the permission tags:edit."),
        (Conflict("This is in the trash."), 409, "This is in the trash."),
        (Invalid({"name": "Give a name."}), 422, "name: Give a name."),
        (DatabaseBusyError("busy"), 503, "Nothing was saved."),
        (OperationalError("SELECT secret", {}, Exception("locked")), 503, "Nothing was saved."),
    ],
)
def test_failure_has_a_page_that_says_what(fail, error, status, said):
    answer = fail(error)

    assert answer.status == status
    assert said in answer.page.text
    assert "secret" not in answer.page.text
    assert answer.response.headers["Cache-Control"] == "no-store"


def test_too_many_attempts_say_when_to_come_back(fail):
    answer = fail(Throttled(42))

    assert answer.status == 429
    assert answer.response.headers["Retry-After"] == "42"


def test_crash_tells_nothing_of_itself_but_to_the_log(fail, caplog):
    answer = fail(RuntimeError("the secret is 1234"))

    assert answer.status == 500
    assert "Something broke on our side" in answer.page.text
    assert "1234" not in answer.page.html
    assert "the secret is 1234" in caplog.text


def test_unknown_path_and_wrong_method(as_, app):
    ann = as_("Ann")

    assert "There is nothing here" in ann.get("/nowhere/").page.text
    wrong = ann.send("/audit/", {"csrf_token": ann.token()})
    assert wrong.status == 405
    assert set(wrong.response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert app.test_client().get("/nowhere/").status_code == 404


def test_missing_slash_is_added(as_):
    answer = as_("Ann").get("/tags")

    assert answer.status == 308
    assert answer.location.endswith("/tags/")


def test_pages_carry_the_strict_policy(as_):
    policy = as_("Ann").get("/").response.headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy


@pytest.mark.parametrize("path", ["/", "/page/", "/tags/new/", "/users/edit/2/", "/login/"])
def test_pages_have_no_inline_script_or_style(as_, path):
    html = as_("Ann").get(path).page.html

    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert html.count("<script") == html.count('<script type="module" src=')


@pytest.mark.parametrize("path", ["/", "/login/", "/page/"])
def test_database_that_is_gone_leaves_a_page_that_says_so(as_, runtime, path):
    ann = as_("Ann")
    runtime.database.file.rename(runtime.database.file.with_name("aside"))
    answer = ann.get(path)
    assert (answer.status, answer.response.headers["Retry-After"]) == (503, "5")
    assert "Nothing was saved. Go back, where your text still is" in answer.page.text
    assert "/css/tokens." in answer.page.html


def test_missing_page_is_told_without_the_database_too(as_, runtime):
    ann = as_("Ann")
    runtime.database.file.rename(runtime.database.file.with_name("aside"))
    answer = ann.get("/nope/")
    assert (answer.status, "/css/tokens." in answer.page.html) == (404, True)
