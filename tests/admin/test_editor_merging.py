"""A save that came too late is merged: paragraph by paragraph, field by field."""

from shared.domain.posts import save_post
from tests.admin.content import change, read, write
from tests.cast import make_content

TEXT = "One.\n\nTwo.\n\nThree."


def collide(runtime, browser, theirs, **mine):
    """Open the editor, let somebody else save, and send one's own text."""
    number = write(runtime, title="A quiet morning", body=TEXT)
    form = browser.get(f"/page/edit/{number}/").page.form
    content = make_content(title="Theirs", body=theirs)
    change(runtime, number, save_post, content=content, version=None)
    answer = browser.send(f"/page/edit/{number}/", form.filled(action="save", **mine))
    assert answer.status == 409
    return number, answer.page


def merge(browser, number, page, **choices):
    return browser.send(f"/page/edit/{number}/", page.form.filled(action="merge", **choices))


def radios(page):
    return sorted(name for name in page.form.fields if name.startswith("choose-"))


def test_what_only_one_changed_goes_together_and_is_saved(ben, runtime):
    mine = "One, mine.\n\nTwo.\n\nThree."
    number, page = collide(runtime, ben, "One.\n\nTwo.\n\nThree, theirs.", body=mine)
    assert "no paragraph was changed by both" in page.text
    assert radios(page) == []

    merged = merge(ben, number, page).page
    assert "Both texts are one now." in merged.text
    whole = "One, mine.\n\nTwo.\n\nThree, theirs."
    assert merged.form.fields["title"] == "Theirs"
    assert (
        merged.form.fields["body"].replace("\r\n", "\n") == "One, mine.\n\nTwo.\n\nThree, theirs."
    )
    answer = ben.send(f"/page/edit/{number}/", merged.form.filled(action="save"))

    assert answer.status == 303
    saved = read(runtime, number).saved
    assert (saved.title, saved.body) == ("Theirs", whole)


def test_paragraph_and_title_that_both_changed_are_for_a_person_to_decide(ben, runtime):
    theirs, mine = ("One.\n\nTwo, theirs.\n\nThree.", "One.\n\nTwo, mine.\n\nThree.")
    number, page = collide(runtime, ben, theirs, body=mine)
    assert "Decide where both changed the same." in page.text
    (name,) = radios(page)
    body = merge(ben, number, page, **{name: "mine"}).page.form.fields["body"]
    assert body.replace("\r\n", "\n") == "One.\n\nTwo, mine.\n\nThree."
    body = merge(ben, number, page, **{name: "both"}).page.form.fields["body"]
    assert body.replace("\r\n", "\n") == "One.\n\nTwo, mine.\n\nTwo, theirs.\n\nThree."


def test_fields_that_only_one_changed_go_together(ben, runtime):
    number, page = collide(runtime, ben, TEXT, summary="Mine")
    assert radios(page) == []
    fields = merge(ben, number, page).page.form.fields
    assert (fields["title"], fields["summary"]) == ("Theirs", "Mine")


def test_field_that_both_changed_is_for_a_person_to_decide(ben, runtime):
    number, page = collide(runtime, ben, TEXT, title="Mine")
    assert radios(page) == ["choose-title"]

    assert merge(ben, number, page).page.form.fields["title"] == "Mine"
    chosen = merge(ben, number, page, **{"choose-title": "theirs"})
    assert chosen.page.form.fields["title"] == "Theirs"


def test_both_texts_are_revisions_before_anything_is_merged(ben, runtime):
    number, page = collide(runtime, ben, "Theirs.", body="Mine.")
    merge(ben, number, page)

    assert read(runtime, number).saved.body == "Theirs."
    history = ben.get(f"/page/edit/{number}/revisions/").page.text
    assert "Revision 3" in history


def test_nothing_is_merged_without_being_allowed_to_write(as_, runtime):
    number = write(runtime, title="Of Ann", body=TEXT)
    cy = as_("Cy")
    token = cy.token()
    sent = {"csrf_token": token, "action": "merge", "title": "x", "body": "y", "version": "1"}
    answer = cy.send(f"/page/edit/{number}/", sent)

    assert answer.status == 403
    assert read(runtime, number).revisions == 1


def test_text_begun_from_an_automatic_save_is_merged_with_it_known(as_, ben, runtime):
    number = write(runtime, title="A quiet morning", body=TEXT)
    path, ann = f"/page/edit/{number}/", as_("Ann")
    form = ann.get(path).page.form

    def keep(sequence, body, **over):
        sent = {"draft_key": "a" * 32, "sequence": str(sequence), "user": "1"}
        sent = form.filled(body=body, post=str(number), **(sent | over))
        answer = ann.send("/page/autosave/", sent, headers={"Accept": "application/json"})
        assert answer.status == 200
        return answer.response.json

    told = keep(1, "One.\n\nTwo, Ann.\n\nThree.")
    mine = ben.get(path).page.form
    here = {"draft_key": "b" * 32, "base": mine.fields["base"], "csrf_token": ben.token()}
    assert ben.send(f"{path}presence/", here).status == 200
    begun = {"version": str(told["version"]), "base": told["base"]}
    keep(2, "One.\n\nTwo, Ann.\n\nThree, Ann.", **begun)
    body = "One, Ben.\n\nTwo, Ann.\n\nThree."
    page = ben.send(path, mine.filled(action="save", body=body)).page

    assert "no paragraph was changed by both" in page.text
    merged = merge(ben, number, page).page.form.fields["body"]
    assert merged.replace("\r\n", "\n") == "One, Ben.\n\nTwo, Ann.\n\nThree, Ann."
