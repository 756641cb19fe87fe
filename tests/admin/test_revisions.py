"""The history: what each save changed, and the way back."""

from typing import Any

from shared.domain.posts import restore_revision, save_post, trash
from shared.domain.taxonomy import delete_category
from shared.models import Category
from shared.runtime import Runtime
from tests.admin.content import add_category, change, read, write
from tests.admin.signing_in import Browser, Enter
from tests.cast import make_content

LIST = "/page/edit/{}/revisions/"
ONE = "/page/edit/{}/revisions/{}/"


def write_three(runtime: Runtime, **first: Any) -> int:
    """A post published with its first text, saved twice since."""
    post_id = write(runtime, slug="words", body="一二三。\n\nsame", **first)
    second = make_content(title="Second", slug="words", body="一二四。\n\nsame", tags=("neu",))
    change(runtime, post_id, save_post, content=second, version=None, note="Shorter")
    third = make_content(title="Second", slug="words", body="一二四。\n\nsame\n\nmore")
    change(runtime, post_id, save_post, "Ann", content=third, version=None)
    return post_id


def test_history_lists_every_save_newest_first(runtime: Runtime, ben: Browser) -> None:
    post_id = write_three(runtime)
    text = ben.get(LIST.format(post_id)).page.text
    assert "Revision 3 Working copy Second Ann · 2026-03-01 12:00" in text
    assert "Revision 2 Shorter Ben · 2026-03-01 12:00" in text
    assert "Revision 1 Live A quiet morning Ben · 2026-03-01 12:00" in text
    assert text.index("Revision 3") < text.index("Revision 2") < text.index("Revision 1")


def test_two_revisions_are_chosen_in_the_list_in_whatever_order(
    runtime: Runtime, ben: Browser
) -> None:
    place = LIST.format(write_three(runtime))
    text = ben.get(place).response.text
    assert (text.count('name="old"'), text.count('name="new"')) == (3, 3)
    for query in ("?old=1&new=3", "?old=3&new=1"):
        assert ben.get(f"{place}compare/{query}").location == f"{place}3/?against=1"
    for query in ("", "?old=2", "?old=2&new=2", "?old=x&new=1"):
        assert ben.get(f"{place}compare/{query}").location == place


def test_history_is_paged(runtime: Runtime, ben: Browser) -> None:
    def save_often(post: Any, work: Any) -> None:
        for number in range(51):
            content = make_content(slug=post.slug, body=str(number))
            save_post(post, content, version=None, work=work)

    post_id = write(runtime, then=save_often)
    first = ben.get(LIST.format(post_id)).page.text
    older = ben.get(LIST.format(post_id) + "?before=3").page.text
    assert (first.count("Revision "), "Older revisions" in first) == (50, True)
    assert (older.count("Revision "), "Older revisions" in older) == (2, False)


def test_revision_shows_changed_fields_and_marks_single_characters(
    runtime: Runtime, ben: Browser
) -> None:
    page = ben.get(ONE.format(write_three(runtime), 2)).page
    headings = [part.split("</h3>")[0] for part in page.html.split('diff-label">')[1:]]
    assert headings == ["Title", "Tags", "Text"]
    assert ("一二<del>三</del>。" in page.html, "一二<ins>四</ins>。" in page.html) == (True, True)
    assert "Changes since revision 1" in page.text
    assert "Shorter" in page.text


def test_first_revision_shows_everything_as_new(runtime: Runtime, ben: Browser) -> None:
    page = ben.get(ONE.format(write_three(runtime), 1)).page
    assert ("The first version" in page.text, "Added: 一二三。" in page.text) == (True, True)


def test_revision_is_compared_with_any_other(runtime: Runtime, ben: Browser) -> None:
    page = ben.get(ONE.format(write_three(runtime), 1) + "?against=3").page
    assert "Changes since revision 3" in page.text
    assert ("Removed: more" in page.text, "Added: A quiet morning" in page.text) == (True, True)
    same = ben.get(ONE.format(1, 2) + "?against=2").page.text
    assert "Both say the same." in same


def test_revision_shows_text_as_text(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, title="<i>x</i>", body="<script>alert(1)</script>")
    html = ben.get(ONE.format(post_id, 1)).page.html
    assert ("<i>x</i>" in html, "<script>alert" in html) == (False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_restore_makes_an_old_text_the_working_copy(runtime: Runtime, ben: Browser) -> None:
    post_id = write_three(runtime)
    page = ben.get(ONE.format(post_id, 1)).page
    form = next(form for form in page.forms if form.action.endswith("/restore/"))
    answer = ben.send(form.action, form.filled())
    stored = read(runtime, post_id)
    assert (answer.status, answer.location) == (303, f"/page/edit/{post_id}/")
    assert (stored.saved.body, stored.saved.title) == ("一二三。\n\nsame", "A quiet morning")
    assert (stored.revisions, stored.notes[3]) == (4, "Restored from revision 1")


def test_restore_after_another_save_is_refused(runtime: Runtime, ben: Browser) -> None:
    post_id = write_three(runtime)
    page = ben.get(ONE.format(post_id, 1)).page
    form = next(form for form in page.forms if form.action.endswith("/restore/"))
    change(runtime, post_id, restore_revision, "Ann", number=2, version=None)
    before = read(runtime, post_id)
    answer = ben.send(form.action, form.filled())
    assert (answer.status, read(runtime, post_id)) == (409, before)


def test_restore_of_what_no_longer_fits_opens_the_editor(runtime: Runtime, ben: Browser) -> None:
    """The address went to another post, and the category is gone."""
    category = add_category(runtime, "Gone")
    post_id = write(runtime, slug="old", body="old words", categories=(category,), published=False)
    newer = make_content(slug="new", body="new words")
    change(runtime, post_id, save_post, content=newer, version=None)
    write(runtime, slug="old")
    drop(runtime, category)
    version = str(read(runtime, post_id).version)
    sent = {"csrf_token": ben.token(), "version": version}
    answer = ben.send(ONE.format(post_id, 1) + "restore/", sent)
    assert (answer.status, "“old” is taken by another post." in answer.page.text) == (422, True)
    form = answer.page.form
    assert (form.action, form.fields["body"]) == (f"/page/edit/{post_id}/", "old words")
    assert ben.send(form.action, form.filled(action="save", slug="free")).status == 303
    stored = read(runtime, post_id).saved
    assert (stored.body, stored.slug, stored.categories) == ("old words", "free", ())


def drop(runtime: Runtime, category_id: int) -> None:
    def delete(_: object, work: Any) -> None:
        delete_category(work.session.get(Category, category_id), work=work)

    change(runtime, 1, delete)


def test_working_copy_itself_cannot_be_restored(runtime: Runtime, ben: Browser) -> None:
    page = ben.get(ONE.format(write_three(runtime), 3)).page
    assert [form for form in page.forms if form.action.endswith("/restore/")] == []


def test_history_is_closed_to_who_may_not_read(runtime: Runtime, as_: Enter) -> None:
    post_id = write_three(runtime)
    cy, before = as_("Cy"), read(runtime, post_id)
    paths = [LIST.format(post_id), ONE.format(post_id, 1)]
    assert [cy.get(path).status for path in paths] == [403, 403]
    sent = {"csrf_token": cy.token()}
    assert cy.send(ONE.format(post_id, 1) + "restore/", sent).status == 403
    assert read(runtime, post_id) == before


def test_author_reads_and_restores_the_history_of_own_posts(runtime: Runtime, as_: Enter) -> None:
    post_id = write(runtime, "Cy", slug="own", body="one")
    cy = as_("Cy")
    cy.press(f"/page/edit/{post_id}/", body="two")
    sent = {"csrf_token": cy.token(), "version": str(read(runtime, post_id).version)}
    assert cy.send(ONE.format(post_id, 1) + "restore/", sent).status == 303
    assert read(runtime, post_id).saved.body == "one"


def test_history_of_a_trashed_post_can_be_read_but_not_restored(
    runtime: Runtime, ben: Browser
) -> None:
    post_id = write_three(runtime)
    change(runtime, post_id, trash)
    page = ben.get(ONE.format(post_id, 1)).page
    sent = {"csrf_token": ben.token()}
    refused = ben.send(ONE.format(post_id, 1) + "restore/", sent)
    assert [form for form in page.forms if form.action.endswith("/restore/")] == []
    assert (refused.status, read(runtime, post_id).status) == (409, "trashed")


def test_unknown_revisions_are_not_found(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime)
    paths = [ONE.format(post_id, 9), ONE.format(post_id, 1) + "?against=9", LIST.format(99)]
    assert [ben.get(path).status for path in paths] == [404, 404, 404]
