"""Time travel in the console: for editors, links and redirects that stay in the past."""

import re

import pytest

from admin import past
from frontend import create_app
from shared.domain.posts import publish, save_post
from tests.admin.content import change, write
from tests.cast import make_content

AT = "2026-03-01T12:00:00.000000Z"
NEXT_DAY = "2026-03-02T12:00:00.000000Z"


@pytest.fixture
def site(runtime):
    """The site, in one process with the console."""
    site = create_app(runtime)
    runtime.apps["frontend"] = lambda: site
    return site


@pytest.fixture
def post(runtime, clock):
    """A post that was changed on the second day."""
    post = write(runtime, title="Before", slug="before", body="See [the list](/archive/).")
    clock.forward(days=1)
    change(
        runtime, post, save_post, content=make_content(title="Since", slug="since"), version=None
    )
    change(runtime, post, publish, version=None)
    clock.forward(hours=1)
    return post


def test_moments_are_listed_and_lead_to_the_past(site, post, ben):
    text = ben.get("/time/").response.text

    assert re.findall(r'href="(/time/2026[^"]*)"', text) == [f"/time/{NEXT_DAY}/", f"/time/{AT}/"]


def test_chosen_time_leads_to_that_moment_of_the_same_page(site, post, ben):
    answer = ben.get("/time/?at=2026-03-01T12:30&path=page/before/")

    assert (answer.status, answer.location) == (
        303,
        "/time/2026-03-01T12:30:00.000000Z/page/before/",
    )


@pytest.mark.parametrize("at", ["2999-01-01T00:00", "yesterday"])
def test_time_that_is_none_is_refused(ben, site, at):
    assert ben.get(f"/time/?at={at}").status == 422


def test_page_of_then_stands_in_a_frame_with_both_ways(site, post, ben):
    answer = ben.get(f"/time/{AT}/page/before/?page=2")

    assert f'src="/time/page/{AT}/page/before/?page=2"' in answer.response.text
    assert f'href="/time/{NEXT_DAY}/page/before/?page=2"' in answer.response.text
    assert "Nothing changed before." in answer.response.text
    assert "frame-src 'self'" in answer.response.headers["Content-Security-Policy"]


def test_framed_page_is_that_of_then_and_nobody_keeps_it(site, post, ben):
    answer = ben.get(f"/time/page/{AT}/page/before/")

    assert answer.status == 200
    assert f'<a href="/time/{AT}/archive/" target="_top">the list</a>' in answer.response.text
    assert "<script" not in answer.response.text
    headers = answer.response.headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert (headers["X-Frame-Options"], "Set-Cookie" in headers) == ("SAMEORIGIN", False)
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert ben.get(f"/time/page/{AT}/page/since/").status == 404


def test_redirect_stays_in_the_frame(site, post, ben):
    answer = ben.get(f"/time/page/{NEXT_DAY}/page/before/")

    assert (answer.status, answer.location) == (301, f"/time/page/{NEXT_DAY}/page/since/")


@pytest.mark.parametrize("name", ["x", "2999-01-01T00:00:00.000000Z", "2026-03-01"])
def test_moment_that_has_not_passed_is_none(ben, site, name):
    assert [ben.get(f"/time/{name}/").status, ben.get(f"/time/page/{name}/").status] == [404, 404]


@pytest.mark.parametrize("name", ["Cy", "Con", "Dee"])
def test_below_editors_nobody_travels(site, post, as_, name):
    paths = ("/time/", f"/time/{AT}/", f"/time/page/{AT}/", f"/time/page/{AT}/page/before/")

    assert [as_(name).get(path).status for path in paths] == [403] * 4


def test_console_without_the_site_says_so(post, ben):
    assert "does not run beside this console" in ben.get(f"/time/{AT}/").response.text
    assert ben.get(f"/time/page/{AT}/").status == 503


def test_header_takes_no_visitor_to_the_past(site, post):
    client = site.test_client()
    headers = {"triptych.past": AT, "Triptych-Past": AT, "X-Triptych.past": AT}

    assert client.get("/page/before/", headers=headers).status_code == 301


def test_travelling_counts_no_visit_and_keeps_no_page(site, post, ben):
    store = site.extensions["pages"]
    before = dict(store.counts.ways()), store.shelf.counts()

    assert ben.get(f"/time/page/{AT}/page/before/").status == 200
    assert (dict(store.counts.ways()), store.shelf.counts()) == before


@pytest.mark.parametrize(
    ("html", "led"),
    [
        ('<a href="/list/">', '<a href="/time/T/list/" target="_top">'),
        ('<a href="/">', '<a href="/time/T/" target="_top">'),
        ('<a href="/list/?page=2#x">', '<a href="/time/T/list/?page=2#x" target="_top">'),
        ('<a href="#part">', '<a href="#part">'),
        ('<a href="/media/1.pdf">', '<a href="/media/1.pdf" target="_top">'),
        ('<a href="https://e.org/a">', '<a href="https://e.org/a" target="_top">'),
        ('<form action="/search/">', '<form action="/time/T/search/" target="_top">'),
    ],
)
def test_links_stay_in_the_past(html, led):
    assert past.lead(html, "", "/time/T/") == led


def test_prefix_of_a_proxy_stays_in_front():
    html = past.lead('<a href="/blog/list/">', "/blog", "/blog/admin/time/T/")

    assert html == '<a href="/blog/admin/time/T/list/" target="_top">'
