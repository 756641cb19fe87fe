"""All three apps behind a reverse proxy under a prefix: no link leads outside, none is broken."""

from collections.abc import Iterator

import pytest

from tests.serving import Site, serving
from tests.whole.browser import Browser
from tests.whole.crawl import Crawl
from tests.whole.dumps import dump
from tests.whole.proxy import proxying

pytestmark = pytest.mark.live

PREFIX = "/x/y"
PUBLIC = "https://blog.example.org"
API = ("/", "/openapi.json", "/v1/posts", "/v1/posts?limit=2&include=content", "/v1/pages",
       "/v1/tags", "/v1/categories", "/v1/search?q=writing")  # fmt: skip
STARTS = ("/", "/robots.txt", "/sitemap.xml", "/list", "/admin", "/admin/", "/api",
          *(f"/api{path}" for path in API))  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A new platform that believes a proxy on this machine."""
    settings = {"TRUSTED_PROXIES": "127.0.0.1", "ALLOWED_HOSTS": "blog.example.org"}
    with serving(tmp_path_factory.mktemp("prefix"), **settings) as started:
        yield started


@pytest.fixture(scope="module")
def owner(site: Site) -> Iterator[Browser]:
    """The owner, signed in by way of the proxy."""
    with proxying(site.address, prefix=PREFIX, public=PUBLIC) as address:
        browser = Browser(address)
        answer = browser.become_owner(site.setup.replace(site.address, PREFIX))
        assert (answer.status, answer.headers["Location"]) == (303, f"{PREFIX}/admin/")
        yield browser


@pytest.fixture(scope="module")
def crawl(site: Site, owner: Browser) -> Crawl:
    """The owner's walk over everything, which changes nothing."""
    before = dump(site.instance, "login_session")  # which notes when it was seen
    crawl = Crawl(owner, PUBLIC, PREFIX)
    crawl.walk(*STARTS)
    assert dump(site.instance, "login_session") == before
    return crawl


def test_cookie_of_the_console_is_for_its_place_below_the_prefix(
    crawl: Crawl, owner: Browser
) -> None:
    cookies = {(cookie.name, cookie.path) for cookie in owner.jar}
    assert cookies == {("triptych-admin", f"{PREFIX}/admin")}


def test_no_link_leads_outside_of_the_prefix(crawl: Crawl) -> None:
    assert crawl.outside == []


def test_no_link_is_broken_and_no_answer_lacks_its_headers(crawl: Crawl) -> None:
    assert crawl.broken == []


def test_everything_was_reached(crawl: Crawl) -> None:
    reached = {address.removeprefix(PUBLIC + PREFIX) for address in crawl.answers}
    assert reached >= {
        "/", "/page/welcome/", "/list/markdown/", "/category/guide/", "/archive/", "/search/",
        "/feed.xml", "/rss.xml", "/feed.json", "/sitemap.xml", "/about/",
        "/admin/", "/admin/page/", "/admin/page/new/", "/admin/page/edit/1/",
        "/admin/page/edit/1/revisions/", "/admin/pages/", "/admin/categories/", "/admin/tags/",
        "/admin/users/", "/admin/clients/", "/admin/redirects/", "/admin/audit/", "/admin/profile/",
        "/api/", "/api/openapi.json", "/api/v1/posts",
    }  # fmt: skip
    assert len([path for path in reached if path.startswith("/media/")]) >= 1
    assert len([path for path in reached if "/static/" in path]) >= 20


def test_every_form_is_posted_to_a_view_that_takes_it(crawl: Crawl, owner: Browser) -> None:
    allowed = {
        form: owner.ask(form.removeprefix(PUBLIC), method="OPTIONS").headers.get("Allow", "")
        for form in crawl.posted
    }
    assert len(allowed) >= 10
    assert {form: methods for form, methods in allowed.items() if "POST" not in methods} == {}


def test_site_and_api_set_no_cookie(crawl: Crawl) -> None:
    console = f"{PUBLIC}{PREFIX}/admin/"
    setting = {
        address
        for address, answer in crawl.answers.items()
        if "Set-Cookie" in answer.headers and not address.startswith(console)
    }
    assert setting == set()


def test_a_peer_that_is_no_proxy_moves_no_link(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("untrusted")
    claims = {"X_Forwarded_Prefix": PREFIX, "X_Forwarded_Host": "evil.example"}
    with serving(folder, TRUSTED_PROXIES="10.0.0.0/8", WORKERS="1") as site:
        browser = Browser(site.address, **claims)
        paths = (
            "/",
            "/feed.xml",
            "/sitemap.xml",
            "/admin",
            "/admin/login/",
            "/api/",
            "/api/v1/posts",
        )
        answers = [browser.ask(path) for path in paths]
    assert [answer.status for answer in answers] == [200, 200, 200, 308, 200, 200, 200]
    shown = "".join(f"{answer.headers}{answer.text}" for answer in answers)
    assert (PREFIX in shown, "evil.example" in shown) == (False, False)
