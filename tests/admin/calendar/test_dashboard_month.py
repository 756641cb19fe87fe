"""The present month on the dashboard: days that lead to the calendar, and what comes next."""

import re
from datetime import timedelta

from shared.domain.posts import schedule
from tests.admin.content import write
from tests.admin.signing_in import Browser
from tests.cast import NOON


def panel(browser: Browser) -> str:
    html = browser.get("/").page.html
    return html.partition('aria-labelledby="calendar"')[2].partition("</section>")[0]


def coming(browser: Browser) -> list[str]:
    found = re.findall(r"<h4>(.*?)</h4>|calendar-title\">(.*?)<", panel(browser))
    return [day or title for day, title in found]


def plan(runtime, who, title, days):
    at = NOON + timedelta(days=days)
    return write(
        runtime,
        who,
        title=title,
        slug=title.lower().replace(" ", "-"),
        published=False,
        then=lambda post, work: schedule(post, at, version=None, work=work),
    )


def test_next_seven_days_and_the_month_are_shown(ben, runtime):
    plan(runtime, "Ben", "Soon", 6)
    plan(runtime, "Ben", "Later", 7)

    assert coming(ben) == ["Saturday 7 March", "Soon"]
    assert re.findall(r'href="([^"]+)" aria-label="([^"]+)" title="([^"]+)"', panel(ben)) == [
        ("/calendar/?month=2026-03#day-2026-03-07", "Saturday 7 March: 1 post", "Soon"),
        ("/calendar/?month=2026-03#day-2026-03-08", "Sunday 8 March: 1 post", "Later"),
    ]
    assert panel(ben).count('aria-current="date"') == 1


def test_next_days_go_on_into_the_next_month(as_, runtime, clock):
    clock.forward(days=29)
    at = clock() + timedelta(days=6)
    write(
        runtime,
        title="April",
        published=False,
        then=lambda post, work: schedule(post, at, version=None, work=work),
    )

    assert coming(as_("Ben")) == ["Sunday 5 April", "April"]


def test_authors_see_their_own_and_readers_nothing(as_, runtime):
    plan(runtime, "Ben", "Of Ben", 2)
    plan(runtime, "Cy", "Of Cy", 3)

    assert coming(as_("Cy")) == ["Wednesday 4 March", "Of Cy"]
    assert "Nothing comes or goes." in panel(as_("Con"))
    assert panel(as_("Dee")) == ""


def test_month_speaks_chinese(runtime, as_):
    plan(runtime, "Ben", "Soon", 6)
    headers = {"Accept-Language": "zh-CN"}
    ben = as_("Ben")
    html = ben.get("/calendar/?month=2026-03", headers=headers).page.html

    assert "2026年3月" in html
    assert 'aria-label="新建 3月12日周四 的文章"' in html
