"""Links cross mounts, prefixes and hosts."""

from dataclasses import replace

import pytest

from shared.settings import Settings
from shared.web.links import Links

PLAIN = Settings()


def links(settings: Settings = PLAIN, *, root: str = "", host: str = "localhost:8000") -> Links:
    environ = {"triptych.root": root, "wsgi.url_scheme": "http", "HTTP_HOST": host}
    return Links.of_request(environ, settings)


def test_link_to_another_app_goes_through_its_mount() -> None:
    made = links()
    assert made.to("admin", "page.edit", id=3) == "/admin/page/edit/3/"
    assert made.to("frontend", "posts.show", slug="flask学习") == "/page/flask%E5%AD%A6%E4%B9%A0/"
    assert made.to("api", "docs.index") == "/api/"


def test_link_below_a_prefix_keeps_it() -> None:
    made = links(root="/x/y")
    assert made.to("admin", "dashboard.index") == "/x/y/admin/"
    assert made.absolute("frontend", "feeds.atom") == "http://localhost:8000/x/y/feed.xml"


def test_absolute_link_uses_the_public_address_when_there_is_one() -> None:
    made = links(replace(PLAIN, site_url="https://example.org/blog"))
    assert made.absolute("frontend", "posts.index") == "https://example.org/blog/"
    assert made.to("frontend", "posts.index") == "/"


def test_apps_on_hosts_of_their_own_link_to_each_other_by_address() -> None:
    settings = replace(PLAIN, site_url="https://example.org", admin_url="https://admin.example.org")
    on_site, on_admin = (
        links(settings, host="example.org"),
        links(settings, host="admin.example.org"),
    )
    assert on_site.to("admin", "page.new") == "https://admin.example.org/page/new/"
    assert on_admin.to("frontend", "posts.index") == "https://example.org/"
    assert on_site.to("frontend", "posts.index") == "/"


@pytest.mark.parametrize(("slug", "path"), [("a/b", "/page/a%2Fb/"), ("a?b#c", "/page/a%3Fb%23c/")])
def test_part_of_a_link_cannot_leave_its_segment(slug: str, path: str) -> None:
    assert links().to("frontend", "posts.show", slug=slug) == path


def test_unknown_endpoint_or_missing_part_is_an_error() -> None:
    with pytest.raises(KeyError):
        links().to("frontend", "posts.nowhere")
    with pytest.raises(KeyError):
        links().to("frontend", "posts.show")
