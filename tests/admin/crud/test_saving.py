"""Making, changing and deleting by a screen's form."""

import pytest
from sqlalchemy import select

from shared.domain.taxonomy import get_tag, save_tag
from shared.models import AuditEvent, Tag
from tests.cast import work_of


@pytest.fixture
def ann(as_):
    return as_("Ann")


@pytest.fixture
def tag(runtime):
    with runtime.database.writing() as session:
        made = Tag(name="Hinges", slug="hinges", description="Old words")
        save_tag(made, work=work_of(session))
        session.commit()
        return made.id


def stored(runtime, number):
    with runtime.database.reading() as session:
        found = session.get(Tag, number)
        return (found.name, found.slug, found.description, found.version)


def overtake(runtime, number, **changes):
    with runtime.database.writing() as session:
        found = get_tag(session, number)
        for name, value in changes.items():
            setattr(found, name, value)
        save_tag(found, work=work_of(session))
        session.commit()


def test_new_row_is_stored_by_its_verb(ann, runtime):
    form = ann.get("/tags/new/").page.form
    answer = ann.send("/tags/new/", form.filled(name="  Page   store ", description="d"))

    assert (answer.status, answer.location) == (303, "/tags/")
    assert stored(runtime, 1) == ("Page store", "page-store", "d", 1)
    with runtime.database.reading() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (last.actor_name, last.action, last.object_label) == ("Ann", "tag.saved", "Page store")


def test_change_is_stored_and_reported(ann, runtime, tag):
    form = ann.get(f"/tags/edit/{tag}/").page.form
    ann.send(f"/tags/edit/{tag}/", form.filled(name="Doors"))

    assert stored(runtime, tag) == ("Doors", "hinges", "Old words", 2)
    assert "Doors is saved." in ann.get("/tags/").page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Give a name."),
        ({"name": "x" * 201}, "Give at most 200 characters."),
        ({"name": "x" * 101}, "Give 1 to 100 characters."),
        ({"slug": "No Spaces"}, "lower-case letters"),
        ({"slug": "taken"}, "is taken by another tag."),
        ({"description": "x" * 1001}, "Give at most 1,000 characters."),
    ],
)
def test_refused_form_keeps_what_was_typed_and_points_at_the_field(
    ann, runtime, tag, changed, said
):
    ann.send("/tags/new/", ann.get("/tags/new/").page.form.filled(name="Taken"))
    form = ann.get(f"/tags/edit/{tag}/").page.form
    sent = form.filled(description="a <new> text")
    sent.update(changed)
    sent.setlist(next(iter(changed)), list(changed.values()))
    answer = ann.send(f"/tags/edit/{tag}/", sent)
    name = next(iter(changed))

    assert answer.status == 422
    assert said in answer.page.text
    assert {key: answer.page.form.fields[key] for key in ("name", "slug", "description")} == {
        key: sent[key] for key in ("name", "slug", "description")
    }
    assert f'href="#{name}"' in answer.page.html
    assert f'id="{name}-error"' in answer.page.html
    assert stored(runtime, tag) == ("Hinges", "hinges", "Old words", 1)


def test_stale_save_shows_both_and_overwrites_nothing(ann, runtime, tag):
    form = ann.get(f"/tags/edit/{tag}/").page.form
    overtake(runtime, tag, name="Theirs", description="Their words")
    answer = ann.send(f"/tags/edit/{tag}/", form.filled(name="Mine", description="My words"))
    rows = answer.page.html.partition('<table class="compare">')[2].partition("</table>")[0]

    assert answer.status == 409
    assert "Someone else saved this tag while you had it open." in answer.page.text
    assert '<th scope="row">Name</th><td>Theirs</td><td>Mine</td>' in rows
    assert "<td>Their words</td><td>My words</td>" in rows
    assert "hinges" not in rows
    assert answer.page.form.fields["name"] == "Mine"
    assert stored(runtime, tag) == ("Theirs", "hinges", "Their words", 2)

    assert ann.send(f"/tags/edit/{tag}/", answer.page.form.fields).status == 303
    assert stored(runtime, tag) == ("Mine", "hinges", "My words", 3)


def test_stale_save_is_refused_again_while_others_go_on(ann, runtime, tag):
    form = ann.get(f"/tags/edit/{tag}/").page.form
    overtake(runtime, tag, name="First")
    answer = ann.send(f"/tags/edit/{tag}/", form.filled(name="Mine"))
    overtake(runtime, tag, name="Second")
    again = ann.send(f"/tags/edit/{tag}/", answer.page.form.fields)

    assert again.status == 409
    assert "<td>Second</td><td>Mine</td>" in again.page.html


def test_deleting_asks_and_then_deletes(ann, runtime, tag):
    asked = ann.get(f"/tags/delete/{tag}/")
    assert "Delete tag “Hinges”?" in asked.page.text
    answer = ann.send(f"/tags/delete/{tag}/", asked.page.form.fields)

    assert (answer.status, answer.location) == (303, "/tags/")
    assert "Hinges is deleted." in ann.get("/tags/").page.text
    assert ann.get(f"/tags/edit/{tag}/").status == 404


def test_missing_row_is_not_found(ann):
    answer = ann.get("/tags/edit/99/")

    assert answer.status == 404
    assert "There is no tag 99." in answer.page.text
