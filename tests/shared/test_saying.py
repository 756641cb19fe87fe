"""Sentences of the domain."""

from shared.saying import say


def test_sentence_is_english_and_remembers_its_pattern():
    sentence = say("Give at most %(most)s characters.", most="1,000")

    assert sentence == "Give at most 1,000 characters."
    assert (sentence.pattern, sentence.values) == (
        "Give at most %(most)s characters.",
        {"most": "1,000"},
    )


def test_sentence_without_values_may_hold_a_percent_sign():
    assert say("100 % done") == "100 % done"
