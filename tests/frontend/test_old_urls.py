import pytest

from shared.domain.posts import get_post, unpublish
from shared.domain.redirects import save_redirect
from shared.models import Redirect
from tests.cast import work_of


@pytest.fixture
def leave(runtime):
    """Leave a redirect at an old path."""

    def leave_(path: str, *, target: str = "", post_id: int | None = None, status: int = 301):
        with runtime.database.writing() as session:
            redirect = Redirect(path=path, target=target, post_id=post_id, status=status)
            save_redirect(redirect, work=work_of(session))
            session.commit()

    return leave_


@pytest.mark.parametrize(
    "asked",
    [
        "/news/2013/05/06/x/",
        "/news/2013/05/06/x",
        "/news/2013/05/06/x/index.html",
        "/2013/05/06/x.html",
        "/2013/05/06/x.html/",
        "/%e5%ae%9e%e4%b9%a0/旧/",
        "/%E5%AE%9E%E4%B9%A0/旧",
    ],
)
def test_an_old_address_leads_to_its_post_in_one_hop(client, write, leave, asked):
    post = write(slug="flask学习")
    for path in ("/news/2013/05/06/x/", "/2013/05/06/x.html", "/实习/旧/"):
        leave(path, post_id=post.id)
    answer = client.get(asked)
    assert (answer.status_code, answer.location) == (301, "/page/flask%E5%AD%A6%E4%B9%A0/")
    assert client.get(answer.location).status_code == 200


def test_a_redirect_that_leads_to_itself_is_missing(client, visit, leave):
    leave("/旧/a.html", target="/旧/a/")
    assert client.get("/旧/a.html").location == "/%E6%97%A7/a/"
    assert visit("/旧/a/", 404).texts("h1") == ["There is nothing here"]


def test_the_query_string_is_kept(client, leave):
    leave("/old/", target="/list/?page=1", status=302)
    leave("/away/", target="https://example.org/路/")
    assert client.get("/old/?a=1&b=%E4%B9%A0").location == "/list/?page=1&a=1&b=%E4%B9%A0"
    assert client.get("/away/?a=1").location == "https://example.org/%E8%B7%AF/?a=1"


def test_what_was_taken_down_is_gone(visit, leave):
    leave("/gone/", status=410)
    titles = [visit(path, 410).texts("h1") for path in ("/gone/", "/gone")]
    assert titles == [["This has been taken down"]] * 2


def test_a_redirect_to_what_is_not_public_is_missing(client, write, leave, runtime):
    post = write(slug="shy")
    leave("/old/", post_id=post.id)
    assert client.get("/old/").location == "/page/shy/"
    with runtime.database.writing() as session:
        unpublish(get_post(session, post.id), version=None, work=work_of(session))
        session.commit()
    assert client.get("/old/").status_code == 404


def test_a_page_goes_before_a_redirect(visit, write, leave):
    leave("/about/", target="/list/")
    write(kind="page", slug="about", title="About")
    assert visit("/about/").texts("h1") == ["About"]


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/page/flask学习", "/page/flask%E5%AD%A6%E4%B9%A0/"),
        ("/list", "/list/"),
        ("/list/c++?x=1", "/list/c++/?x=1"),
        ("/archive/2019", "/archive/2019/"),
        ("/page/a/index.html", "/page/a/"),
        ("/index.html", "/"),
    ],
)
def test_the_slashless_form_leads_to_the_slash(client, asked, location):
    answer = client.get(asked)
    assert (answer.status_code, answer.location, answer.data) == (308, location, b"")


def test_a_form_sent_to_an_old_address_is_not_redirected(client, leave):
    leave("/old/", target="/list/")
    assert client.post("/old/").status_code == 405


def test_a_path_that_looks_like_a_host_stays_a_path(client):
    answer = client.get("/", environ_overrides={"PATH_INFO": "//evil.example/x"})
    assert (answer.status_code, answer.location) == (308, "/evil.example/x/")
