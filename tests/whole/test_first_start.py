"""Starting again what `make run` started: nothing is made twice, nothing is changed."""

import re
from pathlib import Path

import pytest

from tests.serving import serving
from tests.whole.browser import Browser
from tests.whole.dumps import dump

pytestmark = pytest.mark.live


def files_of(instance: Path) -> dict[str, bytes]:
    """Return every file but the logs and the database, which is compared by its rows."""
    return {
        path.name: path.read_bytes()
        for path in instance.rglob("*")
        if path.is_file() and path.parent.name != "logs" and ".sqlite3" not in path.name
    }


def titles(address: str) -> list[str]:
    """Return what the front page lists."""
    return re.findall(r"<h2><a [^>]*>([^<]+)</a></h2>", Browser(address).ask("/").text)


def test_a_start_after_the_owner_is_made_changes_nothing(tmp_path: Path) -> None:
    with serving(tmp_path, WORKERS="1") as site:
        Browser(site.address).become_owner(site.setup)
        first = titles(site.address)
    rows, files = dump(site.instance), files_of(site.instance)
    with serving(tmp_path, WORKERS="1") as again:
        assert (again.setup, titles(again.address)) == ("", first)
    assert len(first) == 6
    assert dump(site.instance) == rows
    assert files_of(site.instance) == files


def test_a_start_before_the_owner_is_made_offers_a_new_link_and_no_second_set(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, WORKERS="1") as site:
        first = titles(site.address)
    offers = ("one_time_link", "audit_event")
    rows = dump(site.instance, *offers)
    with serving(tmp_path, WORKERS="1") as again:
        assert (again.setup not in {"", site.setup}, titles(again.address)) == (True, first)
        assert dump(site.instance, *offers) == rows
        browser = Browser(again.address)
        assert browser.become_owner(again.setup).status == 303
        earlier = site.setup.replace(site.address, again.address)
        assert browser.ask(earlier).status == 410
