import re
import shutil
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from admin import create_app
from admin.dashboard.health import check_health
from shared.domain.clients import register_client
from shared.domain.jobs import enqueue
from shared.domain.posts import save_post, schedule
from shared.domain.reviews import ask_review, return_review
from shared.models import AuditCheck, BrokenLink, Job, MissingPath
from shared.page_counts import Counts, Holding, own_file, write_counts
from shared.runtime import Runtime
from tests.admin.content import change, write
from tests.admin.counting import counted
from tests.admin.signing_in import enter
from tests.cast import NOON, make_content, work_of


def panel(browser, name):
    html = browser.get("/").page.html
    return html.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def waiting(browser):
    html = browser.get("/").page.html
    found = re.findall(r'href="([^"]+)" data-waiting="(\w+)">(.*?)</a>', html)
    return {name: (re.sub("<.*?>", "", words), url) for url, name, words in found}


def test_empty_site_shows_the_first_steps_of_ones_role(as_):
    ann, cy = as_("Ann").get("/").page, as_("Cy").get("/").page

    assert "Good to see you, Ann" in ann.text
    for path in ("/settings/", "/page/new/", "/page/new/?kind=page", "/users/new/"):
        assert f'href="{path}"' in ann.html.partition("First steps")[2].partition("</section>")[0]
    steps = cy.html.partition("First steps")[2].partition("</section>")[0]
    assert 'href="/page/new/"' in steps
    assert "/settings/" not in steps
    assert "/users/new/" not in steps


def test_first_steps_go_once_there_is_a_post(as_, runtime):
    write(runtime)

    assert "First steps" not in as_("Ann").get("/").page.text


def test_drafts_and_scheduled_posts_are_listed(as_, runtime):
    draft = write(runtime, title="Half written", published=False)
    later = write(
        runtime,
        title="Tomorrow",
        published=False,
        then=lambda post, work: schedule(post, NOON + timedelta(days=1), version=None, work=work),
    )
    write(runtime, title="Public")
    ann = as_("Ann")

    assert f'href="/page/edit/{draft}/">Half written</a>' in panel(ann, "drafts")
    assert f'href="/page/edit/{later}/">Tomorrow</a>' in panel(ann, "scheduled")
    assert "2026-03-02 12:00" in panel(ann, "scheduled")
    assert "Public" not in panel(ann, "drafts") + panel(ann, "scheduled")


def test_changes_that_visitors_do_not_see_are_half_written_too(as_, runtime):
    post_id = write(runtime, title="Public")
    write(runtime, title="As it is")
    change(runtime, post_id, save_post, content=make_content(title="Better"), version=None)
    drafts = panel(as_("Ben"), "drafts")

    assert f'href="/page/edit/{post_id}/">' in drafts
    assert "Unpublished changes" in drafts
    assert "As it is" not in drafts


def test_author_sees_own_drafts_and_own_acts(as_, runtime):
    write(runtime, "Ben", title="Of Ben", published=False)
    write(runtime, "Cy", title="Of Cy", published=False)
    cy = as_("Cy")

    assert "Of Cy" in panel(cy, "drafts")
    assert "Of Ben" not in cy.get("/").page.text
    assert "What you did" in cy.get("/").page.text
    assert "<b>Cy</b> started “Of Cy”" in panel(cy, "activity")


def test_owner_sees_what_everyone_did(as_, runtime):
    write(runtime, "Ben", title="Of Ben")

    assert "<b>Ben</b> published “Of Ben”" in panel(as_("Ann"), "activity")


def test_health_is_for_owners(as_):
    assert "SQLite 3." in panel(as_("Ann"), "health")
    assert "SITE_URL is not set" in panel(as_("Ann"), "health")
    assert panel(as_("Ben"), "health") == ""


def test_health_tells_what_is_well(any_runtime):
    settings = replace(any_runtime.settings, site_url="https://blog.example")
    runtime = Runtime(settings, any_runtime.clock)
    with any_runtime.database.reading() as session:
        checks = check_health(session, runtime, NOON)

    assert {check.name: check.good for check in checks} == {
        "Database": True,
        "Migrations": True,
        "Address of the site": True,
        "Jobs": True,
        "Audit log": True,
    }


def test_dashboard_works_on_postgresql(postgres_runtime):
    write(postgres_runtime, title="Half written", published=False)
    ann = enter(create_app(postgres_runtime), "Ann")

    assert "Half written" in panel(ann, "drafts")
    assert "PostgreSQL 18" in panel(ann, "health")


def test_reader_sees_a_dashboard_without_writing(as_):
    page = as_("Dee").get("/").page

    assert "New post" not in page.text
    assert "Drafts" not in page.text


def test_owner_is_told_of_clients_that_wait(as_, runtime):
    with runtime.database.writing() as session:
        register_client(
            name="Bot", type="service", contact="", secret=None, scopes=(), work=work_of(session)
        )
        session.commit()

    assert waiting(as_("Ann")) == {
        "clients": ("1 API client asks for approval", "/clients/?state=pending")
    }
    assert waiting(as_("Ben")) == {}


def test_broken_links_and_wanted_addresses_wait_for_editors(as_, runtime):
    with runtime.database.writing() as session:
        for number, problem in enumerate(("missing", "loop", "moved"), start=1):
            session.add(
                BrokenLink(
                    source_kind="post",
                    source_id=number,
                    source_label="One",
                    address="/x/",
                    problem=problem,
                )
            )
        for path, asked, ago in (("/often/", 3, 1), ("/once/", 1, 1), ("/long-ago/", 9, 8)):
            at = NOON - timedelta(days=ago)
            session.add(MissingPath(path=path, asked=asked, first_at=at, last_at=at))
        session.commit()

    assert waiting(as_("Ben")) == {
        "broken": ("2 broken links", "/redirects/broken/"),
        "missing": ("1 address asked for in vain", "/redirects/missing/"),
    }
    assert waiting(as_("Cy")) == {}


def test_review_waits_for_editors_and_comes_back_to_who_asked(as_, runtime):
    post_id = write(runtime, "Con", title="Of Con", published=False)
    change(runtime, post_id, ask_review, "Con", message="Please")

    assert waiting(as_("Ben")) == {"review": ("1 draft waits for review", "/page/?status=review")}
    assert waiting(as_("Con")) == {}

    change(runtime, post_id, return_review, note="More")

    assert waiting(as_("Ben")) == {}
    assert waiting(as_("Con")) == {
        "returned": ("1 draft came back with a note", "/page/?status=draft")
    }

    change(runtime, post_id, ask_review, "Con", message="Now?")

    assert waiting(as_("Con")) == {}


def test_many_are_counted_no_further_than_is_read(as_, runtime):
    with runtime.database.writing() as session:
        for number in range(120):
            at = NOON - timedelta(hours=1)
            session.add(MissingPath(path=f"/{number}/", asked=5, first_at=at, last_at=at))
        session.commit()

    assert waiting(as_("Ben"))["missing"][0] == "99+ addresses asked for in vain"


def test_health_tells_of_jobs_given_up_and_of_jobs_that_nobody_does(as_, runtime):
    with runtime.database.writing() as session:
        job = enqueue(work_of(session), "links.check", at=NOON - timedelta(minutes=11))
        session.commit()
        number = job.id
    assert "Nobody does them" in panel(as_("Ann"), "health")

    with runtime.database.writing() as session:
        job = session.get(Job, number)
        job.failed_at = job.finished_at = NOON
        session.commit()
    assert "1 was given up: see `flask jobs list`" in panel(as_("Ann"), "health")


def test_health_tells_of_a_tampered_log(as_, runtime):
    ann = as_("Ann")
    assert '<a href="/audit/verify/">Not checked yet</a>' in panel(ann, "health")
    ann.send("/audit/verify/", {"csrf_token": ann.token()})
    assert '<a href="/audit/verify/">Whole, when last checked</a>' in panel(ann, "health")

    with runtime.database.writing() as session:
        session.execute(update(AuditCheck).values(number=1))
        session.commit()

    assert '<a href="/audit/verify/">It was tampered with</a>' in panel(ann, "health")
    loud = ann.get("/").page.html.partition('role="alert"')[2].partition("</div>")[0]
    assert "Audit log: It was tampered with." in loud
    assert 'href="/audit/verify/"' in loud
    assert 'role="alert"' not in as_("Ben").get("/").page.html


# --- pages from memory ---

OF_TWO = (
    Counts(
        ways={"hit": 11_900, "made": 100},
        memory=Holding(512, 12_300_000, 67_108_864),
        copies=Holding(340, 9_900_000, 536_870_912),
    ),
    Counts(ways={"hit": 300, "past": 45}, memory=Holding(8, 700_000, 67_108_864)),
)


def leave(runtime, *counts):
    """Leave the counts of so many processes."""
    folder = runtime.settings.instance / "pages"
    for number, told in enumerate(counts, start=1):
        write_counts(folder, told)
        own_file(folder).rename(folder / f"counts-{number}.json")


def facts(browser):
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", panel(browser, "pages"))
    return {name: re.sub("<.*?>", "", value) for name, value in found}


def test_owners_and_editors_see_how_pages_were_answered(as_, runtime):
    leave(runtime, *OF_TWO)

    assert facts(as_("Ann")) == {
        "Without rendering": "98.8 %",
        "Answered": "12,345",
        "Rendered": "145",
        "Memory": "13.0 MB of 134.2 MB",
        "Copies": "340 9.9 MB",
    }
    assert facts(as_("Ben")) == facts(as_("Ann"))
    assert "check-warn" not in panel(as_("Ben"), "pages")


def test_authors_and_readers_do_not(as_, runtime):
    leave(runtime, *OF_TWO)

    assert [panel(as_(name), "pages") for name in ("Cy", "Con", "Dee")] == ["", "", ""]


def test_nothing_is_told_before_a_page_was_asked_for(as_):
    assert "No page was asked for yet." in panel(as_("Ben"), "pages")
    assert facts(as_("Ben")) == {}


def test_recent_outage_is_a_warning(as_, runtime):
    leave(runtime, Counts({"hit": 1, "stale": 3}, stale_at=(NOON - timedelta(hours=3)).isoformat()))
    shown = panel(as_("Ben"), "pages")

    assert "The database did not answer" in shown
    assert 'datetime="2026-03-01T09:00:00+00:00">2026-03-01 09:00</time>' in shown
    assert "Copies cannot be written" not in shown


def test_outage_of_other_days_is_none(as_, runtime):
    leave(runtime, Counts({"hit": 1, "stale": 3}, stale_at=(NOON - timedelta(days=1)).isoformat()))

    assert "check-warn" not in panel(as_("Ben"), "pages")


def test_copies_that_cannot_be_written_are_a_warning(as_, runtime):
    leave(runtime, Counts({"hit": 1}), Counts({"hit": 1}, is_failing=True))
    shown = panel(as_("Ben"), "pages")

    assert "Copies cannot be written" in shown
    assert "The database did not answer" not in shown


def test_full_disk_is_a_warning_though_no_process_could_say_so(as_, runtime, monkeypatch):
    (runtime.settings.instance / "pages").mkdir()
    usage = shutil.disk_usage("/")._replace(free=4_096)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    assert "Copies cannot be written" in panel(as_("Ben"), "pages")


def test_pages_from_memory_cost_no_query(as_, runtime):
    ben = as_("Ben")
    ben.get("/")
    with counted(runtime) as before:
        ben.get("/")
    leave(runtime, *OF_TWO)
    with counted(runtime) as after:
        ben.get("/")

    assert after == before
