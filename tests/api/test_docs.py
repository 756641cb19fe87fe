"""The documentation page is served from the project, under a strict policy."""

import re


def test_page_loads_only_files_of_the_project(api):
    page = api.get("/")
    assert page.mimetype == "text/html"
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert [address for address in addresses if address not in {"data:,", "openapi.json"}] == [
        address for address in addresses if address.startswith("/static/")
    ]
    assert len(addresses) == 7
    for address in addresses:
        if address.startswith("/static/"):
            served = api.send("GET", address, buffered=True)
            assert served.status_code == 200
            assert "immutable" in served.headers["Cache-Control"]
            assert served.mimetype in {"text/css", "text/javascript"}


def test_page_has_no_inline_script_or_style_and_a_strict_policy(api):
    page = api.get("/")
    assert re.findall(r"<script(?![^>]* src=)", page.text) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", page.text) == []
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy


def test_page_links_follow_a_prefix(api):
    page = api.send("GET", "/", environ_overrides={"SCRIPT_NAME": "/x/y/api"})
    assert 'src="/x/y/api/static/docs.' in page.text
    assert 'href="openapi.json"' in page.text
