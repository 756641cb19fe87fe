from collections import Counter

from bench.content import ALL_TAGS, SPAN, START, make_plan
from bench.lexicon import RARE_CHINESE, RARE_ENGLISH

PLAN = make_plan(3_000)


def test_plan_of_the_same_size_is_the_same():
    assert make_plan(300) == make_plan(300)


def test_titles_are_unique():
    assert len({entry.title for entry in PLAN.entries}) == 3_000


def test_half_of_the_posts_are_chinese():
    languages = Counter(entry.body.language for entry in PLAN.entries)
    assert set(languages) == {"en", "zh-Hans"}
    assert 1_350 < languages["en"] < 1_650


def test_tags_follow_zipfs_law():
    carried = Counter(tag for entry in PLAN.entries for tag in entry.tags)
    for rank in (1, 2, 5, 10):
        share = carried[ALL_TAGS[rank - 1]] / 3_000
        assert abs(share - 0.5 / rank) < 0.04


def test_dates_run_over_ten_years_in_order():
    instants = [entry.at for entry in PLAN.entries]
    assert instants == sorted(instants)
    assert instants[0] < START + SPAN / 1_000
    assert instants[-1] == START + SPAN


def test_public_posts_are_the_published_ones_newest_first():
    states = Counter(entry.state for entry in PLAN.entries)
    assert set(states) == {"draft", "scheduled", "published"}
    assert len(PLAN.public) == states["published"]
    assert [entry.number for entry in PLAN.public[:3]] == sorted(
        (entry.number for entry in PLAN.public), reverse=True
    )[:3]


def test_rare_words_are_in_few_posts():
    for word in (RARE_ENGLISH[100], RARE_CHINESE[100]):
        assert sum(entry.holds(word) for entry in PLAN.entries) < 200
