import pytest
from flask import abort
from sqlalchemy.exc import OperationalError

from frontend.wording import CHINESE, ENGLISH
from shared.domain.errors import Forbidden, Throttled
from shared.write_gate import DatabaseBusyError
from tests.frontend.page import Page


@pytest.fixture
def fail(app):
    """Let the front page fail with an error."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail_(error: Exception) -> Page:
        def broken():
            raise error

        app.view_functions["posts.index"] = broken
        return Page(app.test_client().get("/"))

    return fail_


@pytest.mark.parametrize("status", [400, 403, 404, 410, 413, 429, 500, 503])
def test_every_trouble_has_its_page(app, status):
    app.view_functions["posts.index"] = lambda: abort(status)
    page = Page(app.test_client().get("/"))
    assert page.response.status_code == status
    assert (page.texts("h1")[0], page.texts("p[@class='lede']")[0]) == ENGLISH.trouble[status]
    assert page.meta("robots") == ["noindex"]
    assert page.rel("canonical") == []
    assert page.links("ul[@class='ways']//a") == ["/", "/archive/"]


def test_both_languages_know_the_same_troubles():
    assert CHINESE.trouble.keys() == ENGLISH.trouble.keys()


def test_trouble_speaks_the_sites_language(visit, settle):
    settle(language="zh-Hans")
    assert visit("/nope/", 404).texts("h1") == ["这里什么也没有"]


def test_a_missing_page_offers_the_search(visit):
    form = visit("/nope/", 404).one("form")
    assert (form.get("action"), form.get("role")) == ("/search/", "search")


def test_a_refused_method_names_those_that_work(client):
    answer = client.post("/list/")
    page = Page(answer)
    assert (answer.status_code, page.texts("h1")) == (405, ["That is not possible here"])
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_an_error_of_ours_shows_nothing_of_itself(fail):
    page = fail(ValueError("the secret of the house"))
    assert (page.response.status_code, page.texts("h1")) == (500, ["Something went wrong"])
    assert "secret" not in page.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_a_database_that_does_not_answer_is_a_pause(fail):
    page = fail(OperationalError("SELECT secret", {}, Exception("disk I/O error")))
    assert (page.response.status_code, page.texts("h1")) == (503, ["Back in a moment"])
    assert page.response.headers["Retry-After"] == "10"
    assert "secret" not in page.text


def test_a_database_that_others_write_is_a_pause(fail):
    page = fail(DatabaseBusyError("another process keeps writing"))
    assert (page.response.status_code, page.texts("h1")) == (503, ["Back in a moment"])


def test_a_database_that_is_gone_is_a_pause(settings, clock):
    from frontend import create_app
    from shared.runtime import Runtime

    runtime = Runtime(settings, clock)  # its folder was never made
    page = Page(create_app(runtime).test_client().get("/"))
    runtime.database.close()
    assert (page.response.status_code, page.texts("h1")) == (503, ["Back in a moment"])


def test_a_refusal_of_the_domain_has_its_page(fail):
    page = fail(Forbidden("posts:read"))
    assert (page.response.status_code, page.texts("h1")) == (403, ["This is not open to you"])


def test_a_throttled_request_learns_when_to_come_back(fail):
    page = fail(Throttled(42))
    assert (page.response.status_code, page.response.headers["Retry-After"]) == (429, "42")
