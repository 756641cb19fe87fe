from dataclasses import replace

import pytest

from frontend.pagestore.addresses import PARAMETERS, Addresses, canonical_query
from shared.settings import Settings
from shared.urls import FRONTEND

ENVIRON = {
    "wsgi.url_scheme": "http",
    "HTTP_HOST": "localhost",
    "SERVER_PORT": "8000",
    "triptych.root": "",
}


def front(settings: Settings, **over: str) -> str | None:
    return Addresses(settings).front(ENVIRON | {"wsgi.url_scheme": "http"} | over)


@pytest.mark.parametrize(
    ("path", "query", "kept"),
    [
        ("/", "page=2", "page=2"),
        ("/", "page=1", ""),
        ("/", "page=2&page=3", "page=2"),
        ("/", "utm_source=x&page=2&fbclid=y", "page=2"),
        ("/", "page=", "page="),
        ("/", "page=two", "page=two"),
        ("/page/a/", "page=2", ""),
        ("/about/", "q=x", ""),
        ("/list/oak/", "page=3&q=x", "page=3"),
        ("/list/oak/feed.xml", "page=3", ""),
        ("/category/a/b/", "page=2", "page=2"),
        ("/author/ann/", "page=2", "page=2"),
        ("/archive/2026/", "page=2", "page=2"),
        ("/search/", "q=%20two%20%20words+", "q=two+words"),
        ("/search/", "q=%E8%B7%AF%E7%94%B1&page=2", "page=2&q=%E8%B7%AF%E7%94%B1"),
        ("/search/", "q=\xe8\xb7\xaf", "q=%E8%B7%AF"),
        ("/search/", "q=&page=1", ""),
        ("/search/", "q=" + "a" * 300, "q=" + "a" * 200),
        ("/search", "q=x", ""),
        ("/", "%ff=%fe&page=%ff", "page=%25FF"),  # as the site itself reads it
        ("/search/", "q=%ff", "q=%25FF"),
    ],
)
def test_query_keeps_what_the_page_reads_in_one_form(path, query, kept):
    assert canonical_query(path, query) == kept


def test_canonical_query_stays_as_it_is():
    once = canonical_query("/search/", "page=2&q=two++words&x=1")
    assert canonical_query("/search/", once) == once


def test_parameters_are_of_first_segments_that_there_are():
    segments = {"/" + rule.split("/")[1] for rule in FRONTEND.values()}
    assert set(PARAMETERS) <= segments


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "localhost:80", "127.0.0.1"])
def test_without_an_address_of_its_own_known_hosts_are_kept(settings, host):
    assert front(settings, HTTP_HOST=host) == f"http://{host}"


@pytest.mark.parametrize(
    "over",
    [
        {"HTTP_HOST": "localhost:8123"},
        {"HTTP_HOST": "LOCALHOST"},
        {"HTTP_HOST": "localhost."},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": ""},
        {"triptych.root": "/prefix"},
    ],
)
def test_what_a_client_can_make_up_is_not_kept(settings, over):
    assert front(settings, **over) is None


@pytest.mark.parametrize("allowed", ["*", ".example.org"])
def test_hosts_without_number_are_not_kept(settings, allowed):
    anyone = replace(settings, allowed_hosts=(allowed,))
    assert front(anyone, HTTP_HOST="a.example.org") is None
    assert front(anyone) == "http://localhost"


def test_a_site_with_an_address_has_one_front(settings):
    site = replace(settings, site_url="https://example.org/x", port=0)
    hosts = ("example.org", "localhost", "localhost:4711", "EXAMPLE.org")
    found = {front(site, HTTP_HOST=host, **{"triptych.root": "/x"}) for host in hosts}
    assert found == {"https://example.org/x"}
    assert front(site) is None
    assert front(site, **{"triptych.root": "/y"}) is None


def test_a_host_of_the_console_has_links_of_its_own_and_is_not_kept(settings):
    apart = replace(settings, site_url="https://example.org", admin_url="https://admin.example.org")
    assert front(apart, HTTP_HOST="admin.example.org") is None


def test_pages_are_rendered_with_the_address_of_the_site(settings):
    site = Addresses(replace(settings, site_url="https://example.org"))
    assert site.own(ENVIRON) == {"wsgi.url_scheme": "https", "HTTP_HOST": "example.org"}
    assert Addresses(settings).own(ENVIRON) == {
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "localhost",
    }


def test_forged_hosts_do_not_fill_the_memory(settings):
    addresses = Addresses(settings)
    for number in range(3_000):
        addresses.front(ENVIRON | {"HTTP_HOST": f"localhost:{number}"})
    assert len(addresses._fronts) <= 1_000
