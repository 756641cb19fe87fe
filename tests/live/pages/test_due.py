"""What is scheduled appears, and what expires is gone, at its instant by the real clock."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.clock import utc_now
from shared.domain.posts import get_post, schedule
from tests.cast import make_post
from tests.live.pages.conftest import Place, Site, serving
from tests.live.pages.content import TAG, commit, mark

pytestmark = pytest.mark.live

LISTS = ("/", f"/list/{TAG}/", "/feed.xml", "/sitemap.xml")
LATER, SOON_GONE = "later", "soon"


def prepare(place: Place, due: datetime) -> None:
    """Make one post that is published, and one that expires, at the instant."""

    def verb(work: Any) -> None:
        later = make_post(work, title=mark(LATER, 1), slug=LATER, tags=(TAG,), published=False)
        schedule(later, due, version=None, work=work)
        soon = make_post(work, title=mark(SOON_GONE, 1), slug=SOON_GONE, tags=(TAG,))
        get_post(work.session, soon.id).expires_at = due

    commit(place.runtime, verb)


def look(site: Site, due: datetime) -> list[tuple[bool | None, list[bool]]]:
    """Return whether a round lay after the instant (None: around it), and what was shown.

    For each page: that the new one is shown and the old one is not.
    """
    rounds: list[tuple[bool | None, list[bool]]] = []
    while utc_now() < due + timedelta(seconds=1):
        began = utc_now()
        shown = [site.get(f"/page/{LATER}/").status == 200]
        shown.append(site.get(f"/page/{SOON_GONE}/").status == 404)
        for path in LISTS:
            text = site.get(path).text
            shown += [f"/page/{LATER}/" in text, f"/page/{SOON_GONE}/" not in text]
        is_after = True if began >= due else False if utc_now() < due else None
        rounds.append((is_after, shown))
    return rounds


def test_what_is_due_appears_and_goes_at_its_instant(place):
    with serving(place, WORKERS=2, THREADS=4) as site:
        site.get("/")
        due = utc_now() + timedelta(seconds=2)
        prepare(place, due)
        rounds = look(site, due)
        before = [shown for is_after, shown in rounds if is_after is False]
        after = [shown for is_after, shown in rounds if is_after is True]
        assert (len(before) >= 5, len(after) >= 5) == (True, True)
        assert {False} == {one for shown in before for one in shown}
        assert {True} == {one for shown in after for one in shown}
        ways = site.ways(f"/page/{SOON_GONE}/", len(rounds))
        assert len(rounds) > 2 * ways.count("made")
