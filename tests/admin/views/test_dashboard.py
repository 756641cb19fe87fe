from dataclasses import replace
from datetime import timedelta

from admin import create_app
from admin.overview import check_health
from shared.domain.clients import register_client
from shared.domain.posts import schedule
from shared.runtime import Runtime
from tests.admin.content import write
from tests.admin.signing_in import enter
from tests.cast import NOON, work_of


def panel(browser, name):
    html = browser.get("/").page.html
    return html.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


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
        checks = check_health(session, runtime)

    assert {check.name: check.good for check in checks} == {
        "Database": True,
        "Migrations": True,
        "Address of the site": True,
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

    assert "1 API client waiting for an owner's approval." in as_("Ann").get("/").page.text
    assert "waiting for" not in as_("Ben").get("/").page.text
