"""The console in the language of whoever sits at it."""

from datetime import UTC, datetime

import pytest
from flask_babel import force_locale, gettext
from sqlalchemy import select

from admin.display import on_the_wall
from admin.languages import told
from shared.domain.errors import NotFound
from shared.domain.posts import get_post
from shared.models import User
from shared.saying import say
from tests.admin.signing_in import Browser
from tests.cast import PASSWORD

CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}


@pytest.fixture
def stranger(app):
    return Browser(app.test_client())


def choose(browser, tag):
    browser.send("/profile/", browser.get("/profile/").page.form.filled(language=tag))
    return browser


def language_of(runtime, name):
    with runtime.database.reading() as session:
        return session.scalar(select(User.language).where(User.name == name))


@pytest.mark.parametrize(
    ("asked", "tag", "heading"),
    [
        ("", "en", "Sign in"),
        ("zh-CN,zh;q=0.9,en;q=0.5", "zh-Hans", "登录"),
        ("zh", "zh-Hans", "登录"),
        ("de,fr;q=0.8", "en", "Sign in"),
        ("x-klingon,*;q=0.1", "en", "Sign in"),
        ("en;q=0.5,zh-Hans", "zh-Hans", "登录"),
    ],
)
def test_sign_in_page_is_in_the_language_that_the_browser_asks_for(stranger, asked, tag, heading):
    page = stranger.get("/login/", headers={"Accept-Language": asked}).page

    assert f'<html lang="{tag}">' in page.html
    assert f"<h1>{heading}</h1>" in page.html


def test_language_of_the_address_goes_before_that_of_the_browser(stranger):
    page = stranger.get("/login/?next=/tags/&language=en", headers=CHINESE).page

    assert '<html lang="en">' in page.html
    assert 'href="/login/?next=/tags/&amp;language=zh-Hans" lang="zh-Hans"' in page.html


def test_unknown_language_of_the_address_is_passed_over(stranger):
    assert '<html lang="en">' in stranger.get("/login/?language=../../etc").page.html


def test_language_chosen_at_the_sign_in_stays(stranger, runtime):
    form = stranger.get("/login/?language=zh-Hans").page.form
    answer = stranger.send(form.action, form.filled(email="cy@example.org", password=PASSWORD))

    assert (answer.status, answer.location) == (303, "/")
    assert '<html lang="zh-Hans">' in stranger.get("/").page.html
    assert language_of(runtime, "Cy") == "zh-Hans"


def test_sign_in_that_fails_says_so_in_the_chosen_language(stranger):
    form = stranger.get("/login/?language=zh-Hans").page.form
    answer = stranger.send(form.action, form.filled(email="cy@example.org", password="x"))

    assert answer.status == 422
    assert "邮箱与密码不匹配，或该账号不能登录。" in answer.page.text


def test_language_of_the_profile_goes_before_everything(as_, runtime):
    cy = choose(as_("Cy"), "zh-Hans")
    page = cy.get("/?language=en").page

    assert language_of(runtime, "Cy") == "zh-Hans"
    assert '<html lang="zh-Hans">' in page.html
    assert "个人资料已保存。" in page.text


def test_two_people_see_the_menu_each_in_their_language(as_):
    cy, ben = choose(as_("Cy"), "zh-Hans"), as_("Ben")

    assert ["文章" in browser.get("/").page.text for browser in (cy, ben, cy)] == [
        True,
        False,
        True,
    ]


def test_unknown_language_in_the_profile_is_refused(as_, runtime):
    cy = as_("Cy")
    answer = cy.send("/profile/", cy.get("/profile/").page.form.filled(language="tlh"))

    assert (answer.status, language_of(runtime, "Cy")) == (422, "")


def test_refusal_of_the_domain_is_told_in_chinese(as_):
    cy = choose(as_("Cy"), "zh-Hans")
    answer = cy.press("/page/new/", title="", body="x")

    assert answer.status == 422
    assert "请填写标题。" in answer.page.text


def test_error_page_is_told_in_chinese(as_):
    answer = choose(as_("Cy"), "zh-Hans").get("/page/edit/999/")

    assert answer.status == 404
    assert "没有编号为 999 的文章。" in answer.page.text


def test_message_of_wtforms_itself_is_told_in_chinese(as_):
    ann = choose(as_("Ann"), "zh-Hans")
    form = ann.get("/users/new/").page.form
    answer = ann.send("/users/new/", form.filled(role="king", name="K", email="k@example.org"))

    assert answer.status == 422
    assert "Not a valid choice" not in answer.page.text


def test_sentence_within_a_sentence_is_told_too(app):
    inner = say("has no pixels")
    with app.test_request_context(headers=CHINESE):
        assert told(say("The picture %(reason)s.", reason=inner)) == "图片没有像素。"


def test_what_is_raised_stays_english_for_everyone_else(runtime):
    with runtime.database.reading() as session, pytest.raises(NotFound) as caught:
        get_post(session, 999)

    assert str(caught.value) == caught.value.message == "There is no post 999."


def test_words_follow_the_language_within_a_request(app):
    with app.test_request_context(headers=CHINESE):
        before = gettext("Save")
        with force_locale("en"):
            within = gettext("Save")
        after = gettext("Save")

    assert (before, within, after) == ("保存", "Save", "保存")


def test_words_of_templates_escape_what_is_filled_in(app):
    template = "{{ _('New %(noun)s', noun=noun) }} {{ _('Save') }}"
    with app.test_request_context(headers=CHINESE):
        shown = app.jinja_env.from_string(template, {"autoescape": True}).render(noun="<b>")

    assert shown == "新建&lt;b&gt; 保存"


def test_instant_is_written_as_the_language_writes_it(app):
    at = datetime(2026, 3, 1, 12, 5, tzinfo=UTC)
    told = {}
    for tag in ("en", "zh"):
        with app.test_request_context(headers={"Accept-Language": tag}):
            told[tag] = on_the_wall(at, UTC)

    assert told == {"en": "2026-03-01 12:05", "zh": "2026年03月01日 12:05"}
