"""The console offers to undo what it did, says why it cannot, and lists what was done."""

from shared.domain.posts import save_post
from shared.domain.taxonomy import ensure_tags
from shared.models import Tag
from tests.admin.content import change, read, write
from tests.admin.signing_in import Browser
from tests.cast import Cast, make_content, work_of


def undo_form(browser: Browser, path: str):
    forms = browser.get(path).page.forms
    return next(form for form in forms if "/undo/" in form.action)


def test_trash_in_the_editor_is_undone_by_the_button_of_its_message(runtime, ben):
    post = write(runtime)
    before = read(runtime, post)
    place = ben.press(f"/page/edit/{post}/", "trash").location
    form = undo_form(ben, place)
    answer = ben.send(form.action, form.fields)

    assert (answer.status, answer.location) == (303, place)
    after = read(runtime, post)
    assert (after.status, after.published_at, after.live) == (
        before.status,
        before.published_at,
        before.live,
    )
    again = undo_form(ben, place)
    assert ben.send(again.action, again.fields).status == 303
    assert read(runtime, post).status == "trashed"


def test_publishing_that_is_undone_keeps_the_text_as_a_working_copy(runtime, ben):
    post = write(runtime)
    place = ben.press(f"/page/edit/{post}/", "publish", title="Newer").location
    form = undo_form(ben, place)
    ben.send(form.action, form.fields)

    stored = read(runtime, post)
    assert (stored.live.title, stored.saved.title) == ("A quiet morning", "Newer")


def test_saving_offers_nothing(runtime, ben):
    post = write(runtime)
    place = ben.press(f"/page/edit/{post}/", "save", title="Newer").location
    forms = ben.get(place).page.forms

    assert [form.action for form in forms if "/undo/" in form.action] == []


def test_bulk_action_is_undone_as_a_whole(runtime, ben):
    posts = [write(runtime, slug=f"post-{number}") for number in range(3)]
    token = ben.token()
    sent = {"csrf_token": token, "action": "trash", "confirmed": "1", "ids": posts}
    ben.send("/page/bulk/", sent)
    form = undo_form(ben, "/undo/")
    ben.send(form.action, form.fields)

    assert [read(runtime, post).status for post in posts] == ["published"] * 3


def test_refusal_says_who_changed_what_and_offers_the_rest(runtime, ben, clock):
    posts = [write(runtime, slug=f"post-{number}", title=f"Post {number}") for number in range(2)]
    sent = {"csrf_token": ben.token(), "action": "unpublish", "confirmed": "1", "ids": posts}
    ben.send("/page/bulk/", sent)
    change(runtime, posts[0], save_post, "Ann", content=make_content(slug="post-0"), version=None)
    form = undo_form(ben, "/page/")
    answer = ben.send(form.action, form.fields)

    assert answer.status == 409
    assert "Ann has changed it since, 2026-03-01 12:00" in answer.page.text
    assert [read(runtime, post).status for post in posts] == ["draft", "draft"]
    rest = answer.page.forms[-1]
    assert rest.buttons == [("rest", "1")]
    assert "Undo the rest: 1 thing Leave it as it is" in answer.page.text
    assert ben.send(rest.action, rest.filled(rest="1")).location == "/page/"
    assert [read(runtime, post).status for post in posts] == ["draft", "published"]


def test_deleted_tag_is_back_with_its_posts(runtime, ben):
    write(runtime, tags=("one",))
    form = ben.get("/tags/delete/1/").page.forms[-1]
    place = ben.send("/tags/delete/1/", form.fields).location
    undo = undo_form(ben, place)
    ben.send(undo.action, undo.fields)

    with runtime.database.reading() as session:
        assert [tag.slug for tag in session.query(Tag)] == ["one"]
    assert "1" in ben.get("/tags/").page.text


def test_settings_and_restored_revisions_are_undone_too(runtime, as_, ben):
    ann = as_("Ann")
    form = ann.get("/settings/").page.forms[-1]
    place = ann.send("/settings/", form.filled(title="Other")).location
    undo = undo_form(ann, place)
    ann.send(undo.action, undo.fields)
    assert ann.get("/settings/").page.forms[-1].fields["title"] == "Triptych"

    post = write(runtime)
    change(runtime, post, save_post, content=make_content(title="Newer"), version=None)
    token = {"csrf_token": ben.token()}
    place = ben.send(f"/page/edit/{post}/revisions/1/restore/", token).location
    undo = undo_form(ben, place)
    ben.send(undo.action, undo.fields)
    assert read(runtime, post).saved.title == "Newer"


def test_recent_actions_tell_what_can_still_be_undone(runtime, as_, ben, clock):
    write(runtime, tags=("one",), title="Old")
    assert "Nothing has been done yet" in ben.get("/undo/").page.text
    ben.press("/page/edit/1/", "trash")
    form = undo_form(ben, "/undo/")
    ben.send(form.action, form.fields)
    text = ben.get("/undo/").page.text

    assert "Moved to the trash: Old Ben · 2026-03-01 12:00 Undone by Ben, 2026-03-01 12:00" in text
    assert "Undone: Moved to the trash: Old Ben · 2026-03-01 12:00 Redo" in text
    assert as_("Cy").get("/undo/").page.text.count("Old") == 0
    assert as_("Ann").get("/undo/").page.text.count("Old") == 2
    clock.forward(minutes=31)
    assert "Too long ago to undo" in ben.get("/undo/").page.text


def test_expired_offer_is_refused_with_the_reason(runtime, ben, clock):
    post = write(runtime)
    ben.press(f"/page/edit/{post}/", "trash")
    form = undo_form(ben, "/undo/")
    clock.forward(minutes=31)
    answer = ben.send(form.action, form.fields)

    assert answer.status == 409
    assert "half an hour has passed" in answer.page.text


def test_offer_of_another_is_not_there(runtime, as_, ben):
    post = write(runtime)
    ben.press(f"/page/edit/{post}/", "trash")
    form = undo_form(ben, "/undo/")
    cy = as_("Cy")

    assert cy.send(form.action, {"csrf_token": cy.token()}).status == 404


def test_tag_is_not_undone_over_one_of_the_same_address(runtime, ben):
    write(runtime, tags=("one",))
    form = ben.get("/tags/delete/1/").page.forms[-1]
    ben.send("/tags/delete/1/", form.fields)
    with runtime.database.writing() as session:
        ensure_tags(["one"], work=work_of(session, Cast.load(session).ann, runtime.clock()))
        session.commit()
    undo = undo_form(ben, "/undo/")
    answer = ben.send(undo.action, undo.fields)

    assert answer.status == 409
    assert "“one” is taken by another tag." in answer.page.text
