import re
from dataclasses import fields
from inspect import getsource

from frontend.comments.words import CHINESE, ENGLISH
from shared.domain.comments import receiving, words
from shared.saying import say


def test_refusals_of_the_domain_are_known_in_chinese():
    sources = getsource(receiving) + getsource(words)
    patterns = re.findall(r'say\("([^"]+)"', sources)
    assert set(patterns) == set(CHINESE.sayings)
    told = CHINESE.told(say("Give at most %(most)s characters.", most="5,000"))
    assert told == "最多 5,000 个字符。"


def test_both_languages_fill_in_the_same():
    for name in (field.name for field in fields(ENGLISH) if field.name != "sayings"):
        texts = [getattr(language, name) for language in (ENGLISH, CHINESE)]
        assert (name, *(text.count("{}") for text in texts)) == (name, *[texts[0].count("{}")] * 2)
        assert all(texts)


def test_waiting_is_told_in_minutes():
    told = [ENGLISH.wait(seconds).rpartition("in ")[2] for seconds in (1, 60, 61, 121)]
    assert told == ["a minute.", "a minute.", "2 minutes.", "3 minutes."]
