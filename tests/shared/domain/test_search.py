"""Search finds Chinese and English, ranks titles first, and shows only what is public."""

from datetime import timedelta

import pytest

from shared.domain.posts import get_post, save_post, schedule, trash, unpublish
from shared.domain.search import search
from shared.domain.work import Work
from tests.cast import NOON, make_content, make_post

HOUR = timedelta(hours=1)


def found(work: Work, query: str) -> list[str]:
    ids = search(work.session, query, now=NOON, limit=10).ids
    return [get_post(work.session, number).title for number in ids]


WORDS = ["flask", "Flask学习", "configuring", "configure", "CONFIGURED", "conf"]
HOSTILE = ["'; DROP TABLE post", 'a" OR "b', "NEAR(a b)", "title:x*", "%", "a & !b", "\\"]


@pytest.mark.parametrize("query", ["蓝图", "学习", "基本概念", *WORDS])
def test_query_finds_the_post_that_holds_it(work: Work, query: str) -> None:
    make_post(work, title="Flask学习", body="基本概念：蓝图。We configured the blueprints.")
    make_post(work, title="Other", body="别的内容, nothing of it")
    assert found(work, query) == ["Flask学习"]


@pytest.mark.parametrize("query", ["", "   ", "!!", "内图", "习学", '"概念 蓝"x', *HOSTILE])
def test_query_without_a_match_finds_nothing_and_breaks_nothing(work: Work, query: str) -> None:
    make_post(work, title="Flask学习", body="基本概念 内部 蓝图")
    assert found(work, query) == []


def test_run_of_characters_must_stand_in_a_row(work: Work) -> None:
    make_post(work, title="Apart", body="学习中习作")
    make_post(work, title="Together", body="学习作文")
    assert found(work, "学习作") == ["Together"]


def test_quoted_words_must_stand_in_a_row(work: Work) -> None:
    make_post(work, title="Apart", body="white and then the house")
    make_post(work, title="Together", body="the white house")
    assert found(work, '"white house"') == ["Together"]
    assert sorted(found(work, "white house")) == ["Apart", "Together"]


def test_single_character_searches_titles(work: Work) -> None:
    make_post(work, title="茶与水", body="nothing")
    make_post(work, title="Water", body="茶与水")
    assert found(work, "茶") == ["茶与水"]


def test_title_outranks_body_and_tags_are_searched(work: Work) -> None:
    make_post(work, title="Notes", body="werkzeug is a library " * 3)
    make_post(work, title="Werkzeug", body="about a library")
    make_post(work, title="Tagged", body="plain", tags=("gunicorn",))
    assert found(work, "werkzeug") == ["Werkzeug", "Notes"]
    assert found(work, "gunicorn") == ["Tagged"]


def test_only_public_live_content_is_found(work: Work) -> None:
    make_post(work, title="Draft", body="needle", published=False)
    schedule(
        make_post(work, title="Later", body="needle", published=False),
        NOON + HOUR,
        version=1,
        work=work,
    )
    unpublish(make_post(work, title="Taken back", body="needle"), version=2, work=work)
    trash(make_post(work, title="Trashed", body="needle"), work=work)
    edited = make_post(work, title="Edited", body="needle")
    save_post(edited, make_content(title="Edited", body="haystack"), version=2, work=work)
    assert found(work, "needle") == ["Edited"]
    assert found(work, "haystack") == []
    assert search(work.session, "needle", now=NOON + HOUR, limit=10).total == 2


def test_pages_of_a_search_do_not_overlap_and_count_all(work: Work) -> None:
    for number in range(5):
        make_post(work, title=f"Number {number}", body="needle")
    first = search(work.session, "needle", now=NOON, limit=3)
    second = search(work.session, "needle", now=NOON, limit=3, offset=3)
    assert (len(first.ids), first.total, len(second.ids)) == (3, 5, 2)
    assert set(first.ids).isdisjoint(second.ids)


def test_longest_body_of_ever_new_words_can_be_published_and_found(work: Work) -> None:
    rare = "".join(chr(0x20000 + number % 40_000) for number in range(300_000))
    make_post(work, title="Rare", body="".join(chr(0x4E00 + n % 20_000) for n in range(100)) + rare)
    assert found(work, "一丁") == ["Rare"]


def test_common_word_is_ranked_by_title_then_by_date(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        hour = timedelta(hours=number)
        title = f"Needle 针线 {number}" if number in {1, 2} else f"Plain {number}"
        make_post(work, title=title, body="needle 针线", at=NOON - hour)
    monkeypatch.setattr("shared.domain.search.CAP", 4)
    for query in ("needle", "针线", "needl"):
        assert found(work, query) == [
            "Needle 针线 1",
            "Needle 针线 2",
            "Plain 0",
            "Plain 3",
            "Plain 4",
            "Plain 5",
        ]
        assert search(work.session, query, now=NOON, limit=2, offset=4).total == 4
