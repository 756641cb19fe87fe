"""The calendar's page: what stands on which day, for whom, and where its days lead."""

import re
from datetime import timedelta

import pytest

from shared.domain.posts import publish, schedule
from shared.domain.site import Site, save_site
from tests.admin.calendar.reading import links_of, read_days
from tests.admin.content import change, write
from tests.cast import NOON, work_of

MARCH = "/calendar/?month=2026-03"
EVENING = NOON + timedelta(days=4, hours=12, minutes=30)  # the next day in Shanghai


def later(at, until=None):
    end = {} if until is None else {"until": until}
    return lambda post, work: schedule(post, at, version=None, work=work, **end)


@pytest.fixture
def in_shanghai(runtime):
    """Let the site keep the time of Shanghai."""
    with runtime.database.writing() as session:
        save_site(Site(timezone="Asia/Shanghai"), work=work_of(session))
        session.commit()


def test_posts_stand_on_their_days_with_time_and_state(ben, runtime):
    write(runtime, title="Public")
    write(runtime, title="Soon", slug="soon", published=False, then=later(NOON + timedelta(days=3)))
    write(runtime, title="A draft", slug="draft", published=False)

    assert read_days(ben, MARCH) == {
        "2026-03-01": ["12:00 Public Published"],
        "2026-03-04": ["12:00 Soon Scheduled"],
    }


def test_end_of_a_publication_stands_on_its_own_day(as_, runtime, clock):
    until = NOON + timedelta(days=9, hours=1)
    write(
        runtime,
        title="Offer",
        published=False,
        then=later(NOON + timedelta(days=2), until),
    )
    assert read_days(as_("Ben"), MARCH) == {
        "2026-03-03": ["12:00 Offer Scheduled"],
        "2026-03-10": ["13:00 Offer Ends"],
    }

    clock.forward(days=15)
    assert read_days(as_("Ben"), MARCH) == {
        "2026-03-03": ["12:00 Offer Expired"],
        "2026-03-10": ["13:00 Offer Ended"],
    }


def test_days_are_those_of_the_sites_zone(ben, runtime, in_shanghai):
    write(runtime, title="Late", published=False, then=later(EVENING))

    assert read_days(ben, MARCH) == {"2026-03-06": ["08:30 Late Scheduled"]}
    assert "Times in Asia/Shanghai." in ben.get(MARCH).page.text


def test_days_beside_the_month_show_theirs_too(ben, runtime):
    write(runtime, title="April", published=False, then=later(NOON + timedelta(days=33)))

    assert read_days(ben, MARCH) == {"2026-04-03": ["12:00 April Scheduled"]}
    assert "Nothing comes or goes in March 2026." in ben.get(MARCH).page.text


def test_authors_see_their_own_and_pages_stand_nowhere(as_, runtime):
    write(runtime, title="Of Ben")
    write(runtime, "Cy", title="Of Cy", slug="cy")
    write(runtime, title="About", kind="page")

    assert read_days(as_("Cy"), MARCH) == {"2026-03-01": ["12:00 Of Cy Published"]}
    assert read_days(as_("Con"), MARCH) == {}
    assert [len(lines) for lines in read_days(as_("Ann"), MARCH).values()] == [2]
    assert as_("Dee").get(MARCH).status == 403


def test_crowded_day_leads_to_the_list_of_that_day(ben, runtime):
    for number in range(6):
        write(runtime, title=f"Post {number}", slug=f"post-{number}")
    write(
        runtime,
        title="Offer",
        slug="offer",
        then=lambda post, work: publish(
            post, version=None, until=NOON + timedelta(hours=3), work=work
        ),
    )

    assert read_days(ben, MARCH)["2026-03-01"] == [
        "12:00 Post 0 Published",
        "12:00 Post 1 Published",
        "12:00 Post 2 Published",
        "15:00 Offer Ends",
        "4 more (Sunday 1 March)",
    ]
    more = re.search(r'calendar-more" href="([^"]+)"', ben.get(MARCH).page.html)[1]
    assert ben.get(more).page.html.count("data-row") == 7


def test_days_ahead_lead_to_a_new_post_and_past_ones_to_what_was_published(ben, as_):
    days = links_of(ben, MARCH)

    assert days["2026-03-12"] == ("/page/new/?at=2026-03-12", "New post on Thursday 12 March")
    assert days["2026-03-01"] == ("/page/new/?at=2026-03-01", "New post on Sunday 1 March")
    assert days["2026-02-28"] == (
        "/page/?published=2026-02-28..2026-02-28",
        "Posts of Saturday 28 February",
    )
    assert ben.get(MARCH).page.html.count('aria-current="date"') == 1


def test_editor_proposes_the_morning_of_the_day(ben, in_shanghai):
    def proposed(path):
        return ben.get(path).page.form.fields["publish_at"]

    assert proposed("/page/new/?at=2026-03-12") == "2026-03-12T09:00"
    assert proposed("/page/new/?at=2026-03-01") == "2026-03-01T21:00"
    assert proposed("/page/new/?at=2026-02-28") == ""
    assert proposed("/page/new/?at=whenever") == ""


def test_proposed_time_is_what_schedule_takes(ben, runtime):
    answer = ben.press("/page/new/?at=2026-03-12", "schedule", title="On Thursday", body="Well.")

    assert answer.status == 303
    assert read_days(ben, MARCH) == {"2026-03-12": ["09:00 On Thursday Scheduled"]}


def test_months_are_walked_by_links(ben):
    html = ben.get("/calendar/?month=2026-12").page.html

    assert re.findall(r'rel="(\w+)" data-\w+ href="([^"]+)"', html) == [
        ("prev", "/calendar/?month=2026-11"),
        ("next", "/calendar/?month=2027-01"),
    ]
    assert 'href="/calendar/#today"' in html
    for unfit in ("2026-13", "x", "999999-01"):
        assert "March 2026" in ben.get(f"/calendar/?month={unfit}").page.text


@pytest.mark.parametrize(
    ("language", "first"),
    [("en", "Monday"), ("en-GB", "Monday"), ("en-US", "Sunday"), ("zh-CN", "星期一")],
)
def test_weeks_begin_as_they_do_where_the_browser_is(ben, language, first):
    html = ben.get(MARCH, headers={"Accept-Language": language}).page.html

    assert re.search(r'<th scope="col" abbr="([^"]+)"', html)[1] == first


def test_moved_post_leaves_its_day(ben, runtime):
    post = write(runtime, title="Soon", published=False, then=later(NOON + timedelta(days=3)))
    change(runtime, post, schedule, at=NOON + timedelta(days=5), version=None)

    assert list(read_days(ben, MARCH)) == ["2026-03-06"]
