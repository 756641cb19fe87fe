"""What there is to mend in a text, by rule, line and level."""

from dataclasses import replace

import pytest

from shared.domain.errors import Invalid
from shared.domain.posts import create_post, publish
from shared.domain.posts.checks import CHECKS, Level, check_content, check_post
from shared.domain.redirects import save_redirect
from shared.domain.site import Site, save_site
from shared.models import Redirect
from tests.cast import NOON, make_content, make_post, work_of


def found(work, *, kind="post", site=None, post_id=None, **over):
    seen = check_content(
        make_content(**over),
        kind=kind,
        site=site or Site(),
        session=work.session,
        now=NOON,
        post_id=post_id,
        has_file=lambda path: path == "/media/a.png",
        own_hosts=frozenset({"blog.example.org"}),
    )
    return [(item.rule, item.line, item.field, item.message) for item in seen]


def test_plain_text_has_nothing_to_mend(work):
    assert found(work, slug="a-quiet-morning") == []


def test_image_without_words_is_found_and_decoration_is_not(work):
    body = '![](/media/a.png)\n\n<img src="/media/a.png" alt="">\n\n![a gate](/media/a.png)'

    assert found(work, body=body) == [
        ("image-alt", 1, "body", "The image /media/a.png has no alternative text.")
    ]
    assert found(work, cover="/media/a.png") == [
        ("image-alt", None, "cover_alt", "The cover image has no alternative text.")
    ]


def test_skipped_level_of_headings_is_found(work):
    assert found(work, body="## Two\n\n#### Four\n\n## Two\n\n### Three") == [
        ("heading-skip", 3, "body", "“Four” skips from level 2 to 4.")
    ]


def test_links_that_lead_nowhere_are_found(work):
    make_post(work, title="Here")
    hidden = make_post(work, title="Hidden", published=False)
    moved = Redirect(path="/old/", target="/page/here/", status=301, origin="console")
    save_redirect(moved, work=work)
    body = (
        "[ok](/page/here/) [moved](/old/) [out](https://example.org/x) [same](#x)\n"
        "[a](/page/none/)\n[b](https://blog.example.org/page/hidden/)\n![c](/media/none.png)\n"
        f"[d](post:{hidden.id}) [e](post:999)"
    )

    assert found(work, body=body) == [
        ("broken-link", 2, "body", "/page/none/ leads nowhere."),
        ("broken-link", 3, "body", "https://blog.example.org/page/hidden/ is not public."),
        ("broken-link", 4, "body", "/media/none.png leads nowhere."),
        ("broken-link", 5, "body", "A link leads to a text that is not public."),
        ("broken-link", 5, "body", "A link leads to a text that is not public."),
    ]


def test_title_of_another_text_is_found_but_not_ones_own(work):
    post = make_post(work, title="Morning")

    assert found(work, title="Morning", slug="b") == [
        ("duplicate-title", None, "title", "Another text has the title “Morning”.")
    ]
    assert found(work, title="Morning", post_id=post.id) == []
    assert found(work, title="Morning", kind="page") == []


@pytest.mark.parametrize("text", ["a" * 161, "字" * 81])
def test_description_that_is_cut_off_is_found(work, text):
    ((rule, line, field, message),) = found(work, summary=text)

    assert (rule, line, field) == ("long-description", None, "summary")
    assert message.startswith(f"This is {161 if text[0] == 'a' else 162} wide;")
    assert found(work, summary=text[:-1]) == []


def test_link_without_words_is_found(work):
    make_post(work, title="Here")

    assert found(work, body="[](/page/here/)") == [
        ("empty-link", 1, "body", "The link to /page/here/ has no words.")
    ]


@pytest.mark.parametrize(
    ("slug", "mixed"),
    [
        ("pаypal", "“pаypal” mixes Cyrillic, Latin letters, which look alike."),
        ("flask学习", ""),
        ("москва-news", ""),
    ],
)
def test_word_of_two_alphabets_is_found(work, slug, mixed):
    said = [message for rule, *_, message in found(work, slug=slug) if rule == "mixed-slug"]

    assert said == ([mixed] if mixed else [])


def test_rule_that_is_off_finds_nothing_and_errors_come_first(work):
    body = "![](/media/a.png)\n\n[](/page/none/)"
    off = Site(check_broken_link="off", check_empty_link="error")

    assert [rule for rule, *_ in found(work, body=body, site=off)] == ["empty-link", "image-alt"]


def test_every_rule_has_its_setting():
    site = Site()
    assert {rule: site.level_of(rule) for rule in CHECKS} == {
        rule: Level.HINT if rule == "long-description" else Level.WARNING for rule in CHECKS
    }


def test_error_keeps_a_text_from_being_published(work, cast):
    save_site(replace(Site(), check_image_alt="error"), work=work_of(work.session, cast.ann))
    ben = work_of(work.session, cast.ben)
    post = create_post(make_content(body="Text\n\n![](/media/a.png)"), kind="post", work=ben)

    with pytest.raises(Invalid) as caught:
        publish(post, version=None, work=ben)

    told = "Line 3: The image /media/a.png has no alternative text."
    assert (caught.value.errors, post.published_at) == ({"body": told}, None)
    assert [item.level for item in check_post(post, site=Site(), session=work.session, now=NOON)]


def test_warnings_keep_nothing_from_being_published_nor_errors_an_import(work, cast):
    ben = work_of(work.session, cast.ben)
    post = create_post(make_content(body="![](/media/a.png)"), kind="post", work=ben)
    publish(post, version=None, work=ben)
    save_site(replace(Site(), check_image_alt="error"), work=work_of(work.session, cast.ann))
    other = make_post(work_of(work.session), title="Imported", body="![](/media/a.png)")

    assert [item.published_at for item in (post, other)] == [NOON, NOON]
