"""Views of the site and of a post, as the console draws them."""

import re
from datetime import timedelta

import pytest

from admin import create_app
from shared.domain.site import Site, save_site
from shared.domain.visits import add_views
from tests.admin.content import write
from tests.admin.counting import counted
from tests.admin.signing_in import enter
from tests.cast import NOON, work_of

TODAY = NOON.date()


@pytest.fixture
def see(runtime):
    """Let so many views of paths be counted some days ago."""

    def see(ago, **views):
        with runtime.database.writing() as session:
            paths = {path.replace("_", "/"): count for path, count in views.items()}
            add_views(session, TODAY - timedelta(days=ago), paths)
            session.commit()

    return see


def heights(html):
    return [float(n) for n in re.findall(r'class="plot-bar"[^>]* height="([\d.]+)"', html)]


def rows(html):
    cells = re.findall(r'<time datetime="([\d-]+)">.*?</td>.*?</td>', html, re.DOTALL)
    numbers = re.findall(r'<td class="number">([\d,]+)</td><td class="number">([\d,]+)</td>', html)
    return dict(zip(cells, numbers, strict=True))


def test_drawing_and_table_hold_the_counts_of_both_periods(as_, see):
    see(0, **{"/": 30, "/list/": 10})
    see(1, **{"/": 20})
    see(7, **{"/": 50})
    page = as_("Ben").get("/views/?days=7").page

    assert heights(page.html)[-2:] == [33.33, 66.67]  # of 60
    assert len(heights(page.html)) == 7
    assert rows(page.html)["2026-03-01"] == ("40", "50")
    assert rows(page.html)["2026-02-28"] == ("20", "0")
    assert (
        "60 views in 7 days. 20 % more than in the 7 days before. Most on Mar 1: 40." in page.text
    )


def test_most_seen_lead_to_their_own_plots(as_, see, runtime):
    post_id = write(runtime, title="学习 <b>")
    draft = write(runtime, title="Half", slug="half", published=False)
    see(0, **{"/": 30, "/page/学习-b/": 20, "/page/half/": 1, "/archive/": 2})
    html = as_("Ben").get("/views/").page.html
    seen = html.partition('<ol class="seen">')[2].partition("</ol>")[0]

    assert f'<a href="/page/edit/{post_id}/views/">学习 &lt;b&gt;</a>' in seen
    assert f'<a href="/page/edit/{draft}/views/">Half</a>' in seen
    assert '<span class="seen-path">/archive/</span>' in seen
    assert ">Front page</a>" in seen
    assert re.findall(r'rect width="(\d+)"', seen) == ["100", "67", "7", "3"]


def test_post_has_a_plot_of_its_own(as_, see, runtime):
    post_id = write(runtime, "Cy", title="One")
    see(2, **{"/page/one/": 3, "/page/other/": 9})
    cy = as_("Cy").get(f"/page/edit/{post_id}/views/").page

    assert "3 views in 28 days." in cy.text
    assert f'href="/page/edit/{post_id}/views/?days=90"' in cy.html
    assert (
        f'href="/page/edit/{post_id}/views/"' in as_("Cy").get(f"/page/edit/{post_id}/").page.html
    )


def test_views_of_a_draft_are_for_who_may_read_it(as_, runtime):
    post_id = write(runtime, "Ben", title="Of Ben", published=False)

    answer = as_("Cy").get(f"/page/edit/{post_id}/views/")
    assert (answer.status, "Of Ben" in answer.page.text) == (403, False)


@pytest.mark.parametrize("days", ["0", "-1", "9999999", "x", "29"])
def test_odd_period_is_the_usual_one(as_, see, days):
    see(0, **{"/": 1})

    assert len(heights(as_("Ben").get(f"/views/?days={days}").page.html)) == 28


def test_nothing_counted_says_why(as_, runtime):
    assert "Counting begins with the first visitor" in as_("Ann").get("/views/").page.text
    with runtime.database.writing() as session:
        save_site(Site(count_views=False), work=work_of(session))
        session.commit()

    assert 'href="/settings/reading/">Turn it on' in as_("Ann").get("/views/").page.html
    assert "Views are not counted." in as_("Ben").get("/").page.text
    assert "/settings/" not in as_("Ben").get("/views/").page.html


def test_dashboard_draws_four_weeks_and_names_the_most_seen_of_one(as_, see):
    see(0, **{"/new/": 4})
    see(20, **{"/old/": 9})
    html = as_("Ben").get("/").page.html
    panel = html.partition('aria-labelledby="views"')[2].partition("</section>")[0]

    assert "13 views in 28 days. Most on Feb 9: 9." in panel
    assert "/new/" in panel
    assert "/old/" not in panel
    assert 'aria-labelledby="views"' not in as_("Cy").get("/").page.html


def test_views_are_drawn_in_chinese(as_, see):
    see(0, **{"/": 1})
    page = as_("Ben").get("/views/", headers={"Accept-Language": "zh"}).page

    assert "近 28 天共 1 次浏览。" in page.text
    assert "3月1日" in page.text


def test_plots_cost_few_queries(as_, see, runtime):
    for number in range(30):
        write(runtime, title=f"Post {number}")
        see(number, **{f"/page/post-{number}/": number + 1, "/": 1})
    ben = as_("Ben")
    ben.get("/views/")
    with counted(runtime) as one:
        ben.get("/views/")
    with counted(runtime) as dashboard:
        ben.get("/")

    assert len(one) <= 6
    assert len(dashboard) <= 8


def test_dashboard_of_an_owner_stays_within_its_queries(as_, see, runtime):
    write(runtime, title="One")
    see(0, **{"/page/one/": 3, "/about/": 1})
    ann = as_("Ann")
    ann.get("/")
    with counted(runtime) as asked:
        html = ann.get("/").page.html

    assert ">One</a>" in html.partition('<ol class="seen">')[2]
    assert len(asked) <= 8, "\n".join(asked)


def test_views_are_drawn_on_postgresql(postgres_runtime):
    post_id = write(postgres_runtime, title="学习")
    with postgres_runtime.database.writing() as session:
        add_views(session, TODAY, {"/page/学习/": 3, "/": 1})
        session.commit()
    ben = enter(create_app(postgres_runtime), "Ben")

    for path in ("/", "/views/"):
        assert f'<a href="/page/edit/{post_id}/views/">学习</a>' in ben.get(path).page.html
