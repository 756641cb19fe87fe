"""A guess at the language that a text is written in, where nobody said."""

from typing import Final

from shared.content.scripts import reads_as_chinese

SAMPLE: Final = 4_000
# The commonest characters that the two scripts write differently.
_SIMPLIFIED: Final = frozenset(
    "这个们来时说对过学国会经现开问关间发还后从进种样为无动实应长东车书点电话见让请"
)
_TRADITIONAL: Final = frozenset(
    "這個們來時說對過學國會經現開問關間發還後從進種樣為無動實應長東車書點電話見讓請"
)


def guess_language(text: str) -> str:
    """Return `zh-Hans` or `zh-Hant` for a Chinese text, and nothing for any other."""
    sample = text[:SAMPLE]
    kana = sum("\u3040" <= char <= "\u30ff" for char in sample)
    if not reads_as_chinese(sample) or kana > len(sample) // 50:
        return ""
    simplified = sum(char in _SIMPLIFIED for char in sample)
    traditional = sum(char in _TRADITIONAL for char in sample)
    return "zh-Hant" if traditional > simplified else "zh-Hans"
