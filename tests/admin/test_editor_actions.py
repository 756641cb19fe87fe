"""The editor's buttons: who sees which in which state, what each does, all of it or nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domain.posts import restore, save_post, schedule, trash
from shared.domain.site import Site, save_site
from shared.models import Post
from shared.runtime import Runtime
from tests.admin.content import count, read, write
from tests.admin.signing_in import Browser, Enter
from tests.cast import NOON, Clock, make_content, work_of

EDIT = "/page/edit/{}/"
LATER = NOON + timedelta(days=2)


def revise(post: Post, work: Any) -> None:
    save_post(post, make_content(slug=post.slug, body="changed"), version=None, work=work)


def put_off(post: Post, work: Any) -> None:
    schedule(post, LATER, version=None, work=work)


def throw(post: Post, work: Any) -> None:
    trash(post, work=work)


STATES: dict[str, dict[str, Any]] = {
    "draft": {"published": False},
    "published": {"published": True},
    "changed": {"published": True, "then": revise},
    "scheduled": {"published": False, "then": put_off},
    "trashed": {"published": False, "then": throw},
}
ALL = {
    "draft": "save publish schedule trash",
    "published": "save publish unpublish trash",
    "changed": "save publish unpublish discard trash",
    "scheduled": "save publish schedule unpublish trash",
    "trashed": "restore",
}
OWN_DRAFT = {"draft": "ask_review save trash", "trashed": "restore"}
# Whose browser, whose post, which kind: the buttons in each state; a state not named has none.
BUTTONS = [
    ("Ann", "Cy", "post", ALL),
    ("Ben", "Cy", "post", ALL),
    ("Ben", "Ben", "page", ALL),
    ("Cy", "Cy", "post", ALL),
    ("Cy", "Ben", "post", {}),
    ("Cy", "Ben", "page", {}),
    ("Con", "Con", "post", OWN_DRAFT),
    ("Con", "Cy", "post", {}),
    ("Dee", "Cy", "post", {}),
]


@pytest.mark.parametrize("case", BUTTONS, ids=lambda case: " ".join(case[:3]))
def test_editor_offers_what_the_person_may_do(
    runtime: Runtime, as_: Enter, case: tuple[str, str, str, dict[str, str]]
) -> None:
    who, whose, kind, buttons = case
    browser, seen = as_(who), {}
    for state, given in STATES.items():
        author = "Ben" if whose == "Con" else whose
        post_id = write(runtime, author, title=f"{whose} {state}", kind=kind, **given)
        if whose == "Con":
            _give_to_con(runtime, post_id)
        answer = browser.get(EDIT.format(post_id), follow_redirects=True)
        forms = [form for form in answer.page.forms if f"/edit/{post_id}/" in form.action]
        actions = [action for form in forms for action in form.actions]
        actions += ["restore" for form in forms if form.action.endswith("/restore/")]
        seen[state] = " ".join(sorted(dict.fromkeys(actions)))
    assert seen == {state: " ".join(sorted(buttons.get(state, "").split())) for state in STATES}


def _give_to_con(runtime: Runtime, post_id: int) -> None:
    with runtime.database.writing() as session:
        post = session.get_one(Post, post_id)
        post.author_id = 4
        session.commit()


@pytest.mark.parametrize(("who", "kind"), [("Con", "page"), ("Cy", "page"), ("Dee", "post")])
def test_new_is_closed_to_who_may_not_create(
    runtime: Runtime, as_: Enter, who: str, kind: str
) -> None:
    browser = as_(who)
    token = browser.token()
    shown = browser.get(f"/page/new/?kind={kind}")
    sent = browser.send(f"/page/new/?kind={kind}", {"csrf_token": token, "title": "T"})
    assert (shown.status, sent.status, count(runtime)[0]) == (403, 403, 0)


@pytest.mark.parametrize("action", ["save", "publish", "schedule", "unpublish", "trash", "discard"])
def test_action_without_permission_is_refused_and_the_text_shown(
    runtime: Runtime, as_: Enter, action: str
) -> None:
    post_id = write(runtime, "Ben", then=revise)
    con = as_("Con")
    before = read(runtime, post_id)
    sent = {"csrf_token": con.token(), "version": str(before.version), "action": action}
    sent |= {"title": "Mine", "body": "my words", "publish_at": "2026-03-03T12:00"}
    answer = con.send(EDIT.format(post_id), sent)
    assert (answer.status, "my words" in answer.page.text) == (403, True)
    assert read(runtime, post_id) == before


@pytest.mark.parametrize(("action", "at"), [("publish", ""), ("schedule", "2026-03-03T12:00")])
def test_contributor_cannot_publish_a_new_post(
    runtime: Runtime, as_: Enter, action: str, at: str
) -> None:
    answer = as_("Con").press("/page/new/", action, title="Mine", publish_at=at)
    assert (answer.status, count(runtime)[0]) == (403, 0)


def test_publish_of_a_new_post_is_one_step(runtime: Runtime, ben: Browser) -> None:
    ben.press("/page/new/", "publish", title="Fresh", body="**now**")
    stored = read(runtime, 1)
    assert (stored.status, stored.published_at, stored.revisions) == ("published", NOON, 1)
    assert stored.live is not None
    assert stored.live.body == "**now**"


def test_publish_stores_and_publishes_what_is_in_the_form(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, body="old")
    ben.press(EDIT.format(post_id), "publish", body="new")
    stored = read(runtime, post_id)
    assert stored.live is not None
    assert (stored.live.body, stored.has_changes, stored.revisions) == ("new", False, 2)


def test_publish_of_an_untouched_form_makes_no_revision(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, published=False)
    ben.press(EDIT.format(post_id), "publish")
    stored = read(runtime, post_id)
    assert (stored.status, stored.revisions) == ("published", 1)


def test_publish_that_fails_takes_the_save_back_too(runtime: Runtime, ben: Browser) -> None:
    """The address was free when it was saved, and taken when it should become public."""
    post_id = write(runtime, slug="first")
    ben.press(EDIT.format(post_id), slug="second")
    write(runtime, slug="second")
    before, rows = read(runtime, post_id), count(runtime)
    answer = ben.press(EDIT.format(post_id), "publish", body="words that must stay")
    assert (answer.status, "“second” is taken by another post." in answer.page.text) == (422, True)
    assert answer.page.form.fields["body"] == "words that must stay"
    assert (read(runtime, post_id), count(runtime)) == (before, rows)


def test_publish_with_a_past_time_dates_the_post(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, published=False)
    ben.press(EDIT.format(post_id), "publish", publish_at="2019-01-08T10:30")
    assert read(runtime, post_id).published_at == datetime(2019, 1, 8, 10, 30, tzinfo=UTC)
    ben.press(EDIT.format(post_id), "publish", body="later words")
    assert read(runtime, post_id).published_at == datetime(2019, 1, 8, 10, 30, tzinfo=UTC)


def test_publish_with_a_new_future_time_asks_what_is_meant(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, published=False)
    answer = ben.press(EDIT.format(post_id), "publish", publish_at="2026-03-05T08:00")
    assert answer.status == 422
    assert "This lies ahead: choose Schedule, or empty it." in answer.page.text
    assert read(runtime, post_id).status == "draft"


def test_publish_of_a_scheduled_post_is_now(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, **STATES["scheduled"])
    ben.press(EDIT.format(post_id), "publish")
    assert read(runtime, post_id).published_at == NOON


def test_schedule_reads_the_time_in_the_zone_of_the_site(
    runtime: Runtime, ben: Browser, clock: Clock
) -> None:
    with runtime.database.writing() as session:
        save_site(Site(timezone="Europe/Zurich"), work=work_of(session))
        session.commit()
    post_id = write(runtime, published=False)
    ben.press(EDIT.format(post_id), "schedule", publish_at="2026-03-29T03:15", body="soon")
    stored = read(runtime, post_id)
    assert stored.published_at == datetime(2026, 3, 29, 1, 15, tzinfo=UTC)
    assert (stored.status, stored.saved.body) == ("scheduled", "soon")
    clock.at = stored.published_at
    assert read(runtime, post_id).status == "published"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Give the time from which this shall be public."),
        ("2026-02-28T12:00", "Choose a time in the future, or publish now."),
        ("2026-03-29T02:30", "There is no such time in Europe/Zurich"),
    ],
)
def test_schedule_at_a_wrong_time_stores_nothing(
    runtime: Runtime, ben: Browser, text: str, message: str
) -> None:
    with runtime.database.writing() as session:
        save_site(Site(timezone="Europe/Zurich"), work=work_of(session))
        session.commit()
    post_id = write(runtime, published=False)
    before, rows = read(runtime, post_id), count(runtime)
    answer = ben.press(EDIT.format(post_id), "schedule", publish_at=text, body="typed")
    assert (answer.status, message in answer.page.text) == (422, True)
    assert answer.page.form.fields["publish_at"] == text
    assert (read(runtime, post_id), count(runtime)) == (before, rows)


def test_unpublish_stores_the_text_and_hides_the_post(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime)
    ben.press(EDIT.format(post_id), "unpublish", body="typed")
    stored = read(runtime, post_id)
    assert (stored.status, stored.live, stored.saved.body) == ("draft", None, "typed")


def test_discard_drops_the_changes_and_history_keeps_them(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, then=revise)
    ben.press(EDIT.format(post_id), "discard")
    stored = read(runtime, post_id)
    assert (stored.has_changes, stored.saved, stored.revisions) == (False, stored.live, 2)


def test_trash_stores_the_text_first_and_restore_brings_it_back(
    runtime: Runtime, ben: Browser
) -> None:
    post_id = write(runtime)
    answer = ben.press(EDIT.format(post_id), "trash", body="last words")
    assert answer.location == f"/page/edit/{post_id}/view/"
    assert (read(runtime, post_id).status, read(runtime, post_id).saved.body) == (
        "trashed",
        "last words",
    )
    forms = ben.get(answer.location).page.forms
    form = next(form for form in forms if form.action.endswith("/restore/"))
    back = ben.send(form.action, form.filled())
    assert (back.status, back.location) == (303, EDIT.format(post_id))
    assert (read(runtime, post_id).status, read(runtime, post_id).saved.body) == (
        "draft",
        "last words",
    )


@pytest.mark.parametrize(
    ("view", "state", "status"),
    [
        ("publish", "draft", "published"),
        ("unpublish", "published", "draft"),
        ("trash", "published", "trashed"),
        ("restore", "trashed", "draft"),
        ("discard", "changed", "published"),
    ],
)
def test_single_action_checks_the_version(
    runtime: Runtime, ben: Browser, view: str, state: str, status: str
) -> None:
    post_id = write(runtime, **STATES[state])
    before, path = read(runtime, post_id), f"/page/edit/{post_id}/{view}/"
    sent = {"csrf_token": ben.token(), "version": str(before.version - 1)}
    assert (ben.send(path, sent).status, read(runtime, post_id)) == (409, before)
    assert ben.send(path, sent | {"version": str(before.version)}).status == 303
    assert (read(runtime, post_id).status, read(runtime, post_id).has_changes) == (status, False)


def test_single_actions_are_closed_to_who_may_not(runtime: Runtime, as_: Enter) -> None:
    post_id = write(runtime, "Ben", then=revise)
    cy, before = as_("Cy"), read(runtime, post_id)
    token = {"csrf_token": cy.token()}
    views = ("publish", "unpublish", "trash", "restore", "discard")
    statuses = [cy.send(f"/page/edit/{post_id}/{view}/", token).status for view in views]
    assert (statuses, read(runtime, post_id)) == ([403] * 5, before)


def test_view_is_closed_to_who_may_not_read(runtime: Runtime, as_: Enter) -> None:
    draft = write(runtime, "Ben", published=False, body="secret words")
    answer = as_("Cy").get(f"/page/edit/{draft}/view/")
    assert (answer.status, "secret words" in answer.page.html) == (403, False)


def test_restored_post_is_as_before_in_the_editor(runtime: Runtime, ben: Browser) -> None:
    def throw_and_restore(post: Post, work: Any) -> None:
        trash(post, work=work)
        restore(post, work=work)

    post_id = write(runtime, then=throw_and_restore, body="the words")
    assert ben.get(EDIT.format(post_id)).page.form.fields["body"] == "the words"
