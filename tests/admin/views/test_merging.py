"""Tags and categories are merged in the console, after a look at what changes."""

from sqlalchemy import select

from shared.domain.taxonomy import ensure_category
from shared.models import Category, Redirect, Tag
from tests.admin.content import write
from tests.cast import work_of


def tags(runtime):
    with runtime.database.reading() as session:
        return session.scalars(select(Tag.name).order_by(Tag.name)).all()


def test_merge_of_tags_is_foreseen_and_then_done(ben, runtime):
    write(runtime, title="One", tags=("JS",))
    write(runtime, title="Two", tags=("JS", "JavaScript"))
    form = ben.get("/tags/merge/").page.form
    answer = ben.send("/tags/merge/", form.filled(sources="js", into="JavaScript"))

    assert answer.status == 200
    assert "JS → JavaScript 1 post changes over. 1 has the one that stays already." in (
        answer.page.text
    )
    assert tags(runtime) == ["JS", "JavaScript"]

    answer = ben.send("/tags/merge/", answer.page.form.filled(confirmed="1"))

    assert (answer.status, answer.location, tags(runtime)) == (303, "/tags/", ["JavaScript"])
    assert "Merged into “JavaScript”. 1 post changed over." in ben.get("/tags/").page.text


def test_merge_is_undone_by_the_button_of_its_message(ben, runtime):
    write(runtime, title="One", tags=("JS",))
    write(runtime, title="Two", tags=("JS", "JavaScript"))
    sent = {"csrf_token": ben.token(), "sources": "js", "into": "JavaScript", "confirmed": "1"}
    place = ben.send("/tags/merge/", sent).location
    form = next(form for form in ben.get(place).page.forms if "/undo/" in form.action)
    assert tags(runtime) == ["JavaScript"]
    assert ben.send(form.action, form.fields).status == 303

    assert tags(runtime) == ["JS", "JavaScript"]
    assert "Undone: Merged into “JavaScript”: JS" in ben.get("/undo/").page.text


def test_unknown_tag_is_named_and_what_was_typed_stays(ben, runtime):
    write(runtime, tags=("JS",))
    form = ben.get("/tags/merge/").page.form
    answer = ben.send("/tags/merge/", form.filled(sources="JS, Rust", into="JS"))

    assert (answer.status, answer.page.form.fields["sources"]) == (422, "JS, Rust")
    assert "There is no tag “Rust”." in answer.page.text


def test_merge_of_categories_moves_what_stands_below(ben, runtime):
    with runtime.database.writing() as session:
        work = work_of(session)
        old, into = ensure_category(["Town"], work=work), ensure_category(["News"], work=work)
        ensure_category(["Town", "Sport"], work=work)
        session.commit()
        chosen = {"sources": [str(old.id)], "into": str(into.id)}
    form = ben.get("/categories/merge/").page.form
    foreseen = ben.send("/categories/merge/", form.filled(**chosen))
    assert "Town → News 0 posts change over." in foreseen.page.text
    answer = ben.send("/categories/merge/", foreseen.page.form.filled(confirmed="1"))

    assert (answer.status, answer.location) == (303, "/categories/")
    with runtime.database.reading() as session:
        assert session.scalars(select(Category.path).order_by(Category.path)).all() == [
            "news",
            "news/sport",
        ]
        assert session.scalar(
            select(Redirect.target).where(Redirect.path == "/category/town/")
        ) == ("/category/news/")


def test_nothing_chosen_is_told(ben, runtime):
    with runtime.database.writing() as session:
        into = ensure_category(["News"], work=work_of(session))
        session.commit()
    form = ben.get("/categories/merge/").page.form
    answer = ben.send("/categories/merge/", form.filled(into=str(into.id), confirmed="1"))

    assert answer.status == 422
    assert "Choose at least one that is to go." in answer.page.text
