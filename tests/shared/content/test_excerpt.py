import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.excerpt import excerpt, reading_minutes
from shared.content.scripts import width


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("Short text.", 40, "Short text."),
        ("One\n two\t three", 40, "One two three"),
        ("First sentence here. Second one is longer.", 30, "First sentence here. …"),
        ("A long first sentence without end", 20, "A long first…"),
        ("第一句话说完了。第二句话还没有说完", 24, "第一句话说完了。…"),
        ("没有句号的一段很长的中文文字", 12, "没有句号的一…"),
        ("中文，和更多的中文文字", 6, "中文…"),
        ("Supercalifragilistic", 10, "Supercalif…"),
        ("中文English混排的文字在这里", 10, "中文Englis…"),
        ("v1.2 is out. Read on about it", 16, "v1.2 is out. …"),
    ],
)
def test_excerpt(text, limit, cut):
    assert excerpt(text, limit=limit) == cut


@given(st.text(st.sampled_from("ab. ，。中文字!…\n")), st.integers(4, 60))
def test_excerpt_keeps_its_width_and_invents_nothing(text, limit):
    cut = excerpt(text, limit=limit)
    assert sum(map(width, cut)) <= limit + 2
    flat = " ".join(text.split())
    assert flat.startswith(cut.removesuffix("…").removesuffix(" ")) or cut == flat


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (250, 1), (700, 3), (5711, 23)])
def test_reading_minutes(words, minutes):
    assert reading_minutes(words) == minutes
