import random
from collections import Counter
from itertools import islice

import pytest
from werkzeug.test import Client

from bench.content import make_plan
from bench.crowd import FEED_PATHS, FEEDS, FRONT, Crowd, Zipf, page_of
from shared.runtime import Runtime

PLAN = make_plan(300)
VISITS = list(islice(Crowd(PLAN, seed=1).visits(), 20_000))


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - repeatable on purpose


def test_ranks_come_up_as_zipf_says():
    zipf, chance = Zipf(1_000), chance_of(1)
    drawn = Counter(zipf.draw(chance) for _ in range(50_000))
    whole = sum(1 / rank for rank in range(1, 1_001))
    for rank in (1, 2, 5, 10):
        assert drawn[rank - 1] / 50_000 == pytest.approx(1 / rank / whole, rel=0.08)
    assert set(drawn) <= set(range(1_000))


def test_exponent_says_how_steep_it_is():
    drawn = [Zipf(100, exponent).draw(chance_of(2)) for exponent in (0.0, 9.0)]
    assert drawn[0] > drawn[1] == 0


def test_the_same_seed_gives_the_same_crowd():
    again = list(islice(Crowd(PLAN, seed=1).visits(), 100))
    other = list(islice(Crowd(PLAN, seed=2).visits(), 100))
    assert again == VISITS[:100] != other


def test_visits_are_shared_out_among_the_kinds_of_pages():
    kinds = Counter(path.split("/")[1] for path in VISITS)
    assert kinds[""] / 20_000 == pytest.approx(FRONT / 100, rel=0.1)
    assert sum(path in FEED_PATHS for path in VISITS) / 20_000 == pytest.approx(
        FEEDS / 100, rel=0.1
    )
    assert kinds["page"] / 20_000 == pytest.approx(0.7, rel=0.05)
    assert set(kinds) >= {"archive", "author", "category", "list"}


def test_the_newest_post_is_the_one_most_asked_for():
    pages = Counter(path for path in VISITS if path.startswith("/page/"))
    assert pages.most_common(1)[0][0] == page_of(PLAN.public[0])


def test_every_visit_finds_a_page(site: tuple[Runtime, Client]):
    wrong = {path: code for path in {*VISITS} if (code := site[1].get(path).status_code) != 200}
    assert wrong == {}
