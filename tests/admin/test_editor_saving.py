"""Saving in the editor: what is typed is what is stored, and nothing typed is lost."""

import pytest

from shared.domain.posts import save_post, trash
from shared.domain.site import Site, save_site
from shared.models import Post
from shared.runtime import Runtime
from tests.admin.content import add_category, count, read, write
from tests.admin.signing_in import Browser, Enter
from tests.cast import make_content, work_of

EDIT = "/page/edit/{}/"
# Four-byte characters, a leading line end, trailing blanks, tabs, quotes and marks of HTML.
BODY = "\n\n# 𠮷野家 🍜\n\n“中文”，\tand <b>&amp;</b> </textarea>\n\n    code  \n\u3000缩进\n\n"


def test_new_post_stores_every_field_as_typed(runtime: Runtime, ben: Browser) -> None:
    asia, china = add_category(runtime, "Asia"), add_category(runtime, "中国", "asia/中国")
    answer = ben.press(
        "/page/new/",
        title="  学习\u3000Flask 🍜 ",
        slug="flask学习",
        body=BODY.replace("\n", "\r\n"),
        summary="两行\r\n摘要",
        tags='实习， Flask、"a, b", flask',
        categories=[str(asia), str(china)],
        language="zh-Hans",
        byline="林",
        note="第一稿",
        draft_key="k1",
    )
    assert (answer.status, answer.location) == (303, "/page/edit/1/?saved=k1")
    stored = read(runtime, 1)
    assert stored.saved == make_content(
        title="学习 Flask 🍜",
        slug="flask学习",
        body=BODY,
        summary="两行\n摘要",
        tags=("实习", "Flask", "a, b"),
        categories=(asia, china),
        language="zh-Hans",
        byline="林",
    )
    assert (stored.status, stored.author, stored.live) == ("draft", "Ben", None)


def test_editor_shows_what_is_stored_and_saving_it_again_changes_nothing(
    runtime: Runtime, ben: Browser
) -> None:
    category = add_category(runtime, "Asia")
    extra = {"layout": "wide", "count": 3}
    post_id = write(
        runtime, body=BODY, tags=("a, b", "c"), categories=(category,), meta=extra, language="fr-CA"
    )
    before = read(runtime, post_id)
    assert ben.press(EDIT.format(post_id)).status == 303
    assert read(runtime, post_id) == before


def test_save_keeps_front_matter_that_has_no_field(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, meta={"layout": "wide"})
    ben.press(EDIT.format(post_id), title="Changed")
    stored = read(runtime, post_id)
    assert (stored.saved.title, stored.saved.meta) == ("Changed", {"layout": "wide"})


def test_save_of_a_published_post_leaves_what_visitors_see(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, body="old")
    ben.press(EDIT.format(post_id), body="new", note="Why not")
    stored = read(runtime, post_id)
    assert stored.live is not None
    assert (stored.saved.body, stored.live.body, stored.has_changes) == ("new", "old", True)
    assert stored.notes == ("", "Why not")


def test_save_with_only_a_note_is_a_revision(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime)
    ben.press(EDIT.format(post_id), note="As agreed")
    assert read(runtime, post_id).notes == ("", "As agreed")


def test_new_page_has_its_own_fields_and_nested_address(runtime: Runtime, ben: Browser) -> None:
    form = ben.get("/page/new/?kind=page").page.form
    assert {"tags", "categories"}.isdisjoint(form.fields)
    ben.press("/page/new/?kind=page", title="Team", slug="about/team")
    assert ben.get(EDIT.format(1)).page.form.attributes["data-kind"] == "page"
    assert read(runtime, 1).saved == make_content(title="Team", slug="about/team", body="")


def test_page_keeps_tags_that_its_form_does_not_show(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, kind="page", tags=("imported",))
    ben.press(EDIT.format(post_id), title="Changed")
    assert read(runtime, post_id).saved.tags == ("imported",)


@pytest.mark.parametrize(("title", "slug"), [("静水 流深", "静水-流深"), ("!!!", "post")])
def test_empty_address_is_made_from_the_title(
    runtime: Runtime, ben: Browser, title: str, slug: str
) -> None:
    ben.press("/page/new/", title=title)
    ben.press("/page/new/", title=title)
    assert [read(runtime, number).saved.slug for number in (1, 2)] == [slug, f"{slug}-2"]


def test_empty_address_follows_a_changed_title_until_it_is_written(
    runtime: Runtime, ben: Browser
) -> None:
    post_id = write(runtime, title="One", published=False)
    ben.press(EDIT.format(post_id), title="Two", slug="")
    assert read(runtime, post_id).saved.slug == "two"
    ben.press(EDIT.format(post_id), title="Three", slug="mine")
    ben.press(EDIT.format(post_id), title="Four")
    assert read(runtime, post_id).saved.slug == "mine"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": " "}, "Give a title."),
        ({"title": "x" * 201}, "Give at most 200 characters."),
        ({"slug": "Not A Slug"}, "is not allowed"),
        ({"slug": "taken"}, "“taken” is taken by another post."),
        ({"summary": "x" * 501}, "Give at most 500 characters."),
        ({"tags": ", ".join(f"t{number}" for number in range(51))}, "Give at most 50 tags"),
        ({"categories": ["99"]}, "not a valid choice"),
        ({"language": "xx-wrong"}, "Not a valid choice"),
        ({"publish_at": "soon"}, "Give a date and time such as"),
        ({"body": "字" * 700_000}, "Give at most 2,000,000 bytes"),
    ],
)
def test_invalid_form_is_shown_again_with_every_character(
    runtime: Runtime, ben: Browser, changed: dict[str, str], message: str
) -> None:
    write(runtime, title="Other", slug="taken")
    post_id = write(runtime, title="Mine")
    before, rows = read(runtime, post_id), count(runtime)
    typed = {"title": "T", "body": BODY.replace("\n", "\r\n"), "note": "n", "draft_key": "k"}
    form = ben.get(EDIT.format(post_id)).page.form
    sent = form.filled(action="save", **(typed | changed))
    answer = ben.send(EDIT.format(post_id), sent)
    assert (answer.status, message in answer.page.text) == (422, True)
    again = answer.page.form.filled(action="save")
    lost = {"categories", "language", "csrf_token"}
    assert {k: v for k, v in again.items() if k not in lost} == {
        k: v for k, v in sent.items() if k not in lost
    }
    assert (read(runtime, post_id), count(runtime)) == (before, rows)


def test_author_is_changed_by_who_edits_others_only(runtime: Runtime, as_: Enter) -> None:
    post_id = write(runtime, "Cy")
    cy, ben = as_("Cy"), as_("Ben")
    assert "author" not in cy.get(EDIT.format(post_id)).page.form.fields
    dee, con = "5", "4"
    assert ben.press(EDIT.format(post_id), author=dee).status == 422
    assert ben.press(EDIT.format(post_id), author=con).status == 303
    assert read(runtime, post_id).author == "Con"
    assert cy.press("/page/new/", title="Own", author="1").status == 303
    assert read(runtime, 2).author == "Cy"


def test_post_without_an_author_stays_so_until_one_is_chosen(
    runtime: Runtime, ben: Browser
) -> None:
    def disown(post: Post, _: object) -> None:
        post.author_id = None

    edit = EDIT.format(write(runtime, then=disown, byline="林"))
    assert ben.press(edit, body="more").status == 303
    assert (read(runtime, 1).author, read(runtime, 1).saved.body) == ("", "more")
    assert ben.press(edit, author="3").status == 303
    assert read(runtime, 1).author == "Cy"
    assert ben.press(edit, author="0").status == 422


def test_editor_shows_time_and_zone_of_the_site(runtime: Runtime, ben: Browser) -> None:
    with runtime.database.writing() as session:
        save_site(Site(timezone="Asia/Shanghai"), work=work_of(session))
        session.commit()
    page = ben.get(EDIT.format(write(runtime))).page
    assert page.form.fields["publish_at"] == "2026-03-01T20:00"
    assert "Time in Asia/Shanghai." in page.text


def test_edit_of_a_trashed_post_leads_to_reading_it(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, then=lambda post, work: trash(post, work=work))
    answer = ben.get(EDIT.format(post_id))
    assert (answer.status, answer.location) == (303, f"/page/edit/{post_id}/view/")


def test_form_posted_after_sign_out_survives_signing_in(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime)
    sent = ben.get(EDIT.format(post_id)).page.form.filled(action="save", body=BODY, tags="a, b")
    ben.send("/logout/", ben.get("/profile/").page.forms[0].filled())
    refused = ben.send(EDIT.format(post_id), sent)
    assert refused.status == 401
    login = refused.page.form.filled(
        email="ben@example.org", password="correct horse battery staple"
    )
    resumed = ben.send("/login/", login)
    form = next(form for form in resumed.page.forms if form.action == EDIT.format(post_id))
    assert ben.send(form.action, form.filled()).status == 303
    stored = read(runtime, post_id).saved
    assert (stored.body, stored.tags) == (BODY, ("a", "b"))


def test_save_without_a_token_stores_nothing_and_keeps_the_text(
    runtime: Runtime, ben: Browser
) -> None:
    post_id = write(runtime)
    before = read(runtime, post_id)
    sent = ben.get(EDIT.format(post_id)).page.form.filled(action="save", body=BODY)
    del sent["csrf_token"]
    answer = ben.send(EDIT.format(post_id), sent)
    kept = next(form for form in answer.page.forms if "body" in form.fields)
    assert (answer.status, read(runtime, post_id)) == (400, before)
    assert kept.fields["body"].replace("\r\n", "\n") == BODY


def test_view_shows_the_working_copy(runtime: Runtime, ben: Browser) -> None:
    def revise(post: object, work: object) -> None:
        save_post(post, make_content(title="Second", body="**new**"), version=None, work=work)

    page = ben.get(f"/page/edit/{write(runtime, then=revise)}/view/").page
    assert ("Second" in page.text, "<strong>new</strong>" in page.html) == (True, True)
