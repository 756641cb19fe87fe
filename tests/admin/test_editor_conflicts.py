"""Two people at one text: neither's words are lost, and nothing is overwritten unseen."""

from typing import Any

from sqlalchemy import select

from shared.domain.posts import publish, save_post, trash
from shared.domain.site import Site
from shared.models import Revision
from shared.runtime import Runtime
from tests.admin.content import change, read, write
from tests.admin.signing_in import Answer, Browser, Enter
from tests.cast import make_content

EDIT = "/page/edit/{}/"


def bodies(runtime: Runtime, post_id: int) -> list[str]:
    with runtime.database.reading() as session:
        history = select(Revision).where(Revision.post_id == post_id).order_by(Revision.number)
        return [revision.content["body"] for revision in session.scalars(history)]


def collide(runtime: Runtime, browser: Browser, post_id: int, **mine: Any) -> Answer:
    """Let Ann save while the form of `browser` is open, and then press Save in it."""
    form = browser.get(EDIT.format(post_id)).page.form
    theirs = make_content(slug=read(runtime, post_id).saved.slug, body="same\n\ntheir line")
    change(runtime, post_id, save_post, "Ann", content=theirs, version=None)
    return browser.send(EDIT.format(post_id), form.filled(**({"action": "save"} | mine)))


def test_stale_save_is_refused_and_shows_both_texts(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, body="same\n\nold line")
    answer = collide(runtime, ben, post_id, title="Mine", body="same\n\nmy line", note="n")
    assert answer.status == 409
    assert read(runtime, post_id).saved.body == "same\n\ntheir line"
    html, text = answer.page.html, answer.page.text
    assert ("<del>their</del>" in html, "<ins>my</ins>" in html) == (True, True)
    assert "Ann saved revision 2 at 2026-03-01 12:00" in text
    fields = answer.page.form.fields
    assert (fields["title"], fields["body"], fields["note"]) == ("Mine", "same\r\n\r\nmy line", "n")
    assert {"save", "set_aside"} <= set(answer.page.form.actions)


def test_mine_saved_on_top_after_having_seen_theirs(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, body="old")
    form = collide(runtime, ben, post_id, body="mine").page.form
    assert ben.send(form.action, form.filled(action="save")).status == 303
    assert bodies(runtime, post_id) == ["old", "same\n\ntheir line", "mine"]
    assert read(runtime, post_id).saved.body == "mine"


def test_mine_set_aside_keeps_both_in_the_history(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, body="old")
    form = collide(runtime, ben, post_id, body="mine").page.form
    assert ben.send(form.action, form.filled(action="set_aside")).status == 303
    stored, live = read(runtime, post_id), read(runtime, post_id).live
    assert live is not None
    assert (stored.saved.body, live.body) == ("same\n\ntheir line", "old")
    assert bodies(runtime, post_id)[2:] == ["mine", "same\n\ntheir line"]
    assert stored.notes[2:] == (
        "Set aside for what was saved meanwhile",
        "Restored from revision 2",
    )


def test_mine_set_aside_from_a_post_without_changes_leaves_none(
    runtime: Runtime, ben: Browser
) -> None:
    post_id = write(runtime, body="old")

    def save_and_publish(post: Any, work: Any) -> None:
        save_post(post, make_content(slug=post.slug, body="theirs"), version=None, work=work)
        publish(post, version=None, work=work)

    form = ben.get(EDIT.format(post_id)).page.form
    change(runtime, post_id, save_and_publish, "Ann")
    form = ben.send(EDIT.format(post_id), form.filled(action="save", body="mine")).page.form
    ben.send(form.action, form.filled(action="set_aside"))
    stored = read(runtime, post_id)
    assert (stored.saved.body, stored.has_changes) == ("theirs", False)
    assert bodies(runtime, post_id) == ["old", "theirs", "mine"]


def test_third_save_in_between_is_shown_again(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, body="old")
    form = collide(runtime, ben, post_id, body="mine").page.form
    third = make_content(slug=read(runtime, post_id).saved.slug, body="third")
    change(runtime, post_id, save_post, "Ann", content=third, version=None)
    answer = ben.send(form.action, form.filled(action="save"))
    assert (answer.status, answer.page.form.fields["body"]) == (409, "mine")
    assert read(runtime, post_id).saved.body == "third"


def test_stale_publish_publishes_nothing(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, body="old")
    assert collide(runtime, ben, post_id, body="mine", action="publish").status == 409
    live = read(runtime, post_id).live
    assert live is not None
    assert live.body == "old"


def test_untouched_form_never_publishes_what_was_not_seen(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, published=False, body="seen")
    assert collide(runtime, ben, post_id, action="publish").status == 409
    assert read(runtime, post_id).status == "draft"


def test_form_without_a_version_is_stale(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, body="old")
    form = ben.get(EDIT.format(post_id)).page.form
    del form.fields["version"]
    answer = ben.send(form.action, form.filled(action="save", body="mine"))
    assert (answer.status, read(runtime, post_id).saved.body) == (409, "old")


def test_save_into_the_trash_offers_to_restore_it(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, body="old")
    form = ben.get(EDIT.format(post_id)).page.form
    change(runtime, post_id, trash, "Ann")
    answer = ben.send(form.action, form.filled(action="save", body="mine"))
    assert (answer.status, "This is in the trash." in answer.page.text) == (409, True)
    assert (read(runtime, post_id).status, bodies(runtime, post_id)) == ("trashed", ["old"])
    form = answer.page.form
    assert form.actions == ["restore"]
    assert ben.send(form.action, form.filled(action="restore")).status == 303
    assert (read(runtime, post_id).status, bodies(runtime, post_id)) == ("draft", ["old", "mine"])


def test_save_after_publication_by_another_shows_the_contributor_their_text(
    runtime: Runtime, as_: Enter
) -> None:
    post_id, con = write(runtime, "Con", body="old"), as_("Con")
    form = con.get(EDIT.format(post_id)).page.form
    change(runtime, post_id, publish, "Ben", version=None)
    answer = con.send(form.action, form.filled(action="save", body="mine"))
    assert (answer.status, "mine" in answer.page.text) == (403, True)
    assert bodies(runtime, post_id) == ["old"]


def test_conflict_names_the_fields_that_differ(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, tags=("one",))
    answer = collide(runtime, ben, post_id, tags="one, two", language=Site().language)
    headings = [part.split("</span>")[0] for part in answer.page.html.split('merge-name">')[1:]]
    assert headings == ["Tags", "Language", "Text"]
