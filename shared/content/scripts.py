"""What a character is for typesetting: Chinese or Japanese, wide, invisible, of which alphabet."""

import re
import unicodedata
from typing import Final

HAN: Final = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
KANA: Final = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
HANGUL: Final = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
CJK_PUNCTUATION: Final = "\u3000-\u3004\u3006\u3008-\u3020\u302a-\u303f\ufe30-\ufe4f\uff01-\uff65"
BOPOMOFO: Final = "\u3100-\u312f\u31a0-\u31bf"

# Scripts set without spaces between words, with their punctuation; Korean does use spaces.
UNSPACED: Final = re.compile(f"[{HAN}{KANA}{BOPOMOFO}{CJK_PUNCTUATION}]")
IDEOGRAPH: Final = re.compile(f"[{HAN}{KANA}{HANGUL}{BOPOMOFO}]")

# Letters and marks by category that nevertheless show nothing.
BLANKS: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff]",
)

_COUNTED: Final = re.compile(
    rf"[{HAN}{KANA}{HANGUL}]|(?:(?![{HAN}{KANA}{HANGUL}])\w)+(?:['’\-](?![{HAN}{KANA}{HANGUL}])\w+)*",
)
_MOSTLY_HAN: Final = 0.1


def is_unspaced(char: str) -> bool:
    """Whether the character is of Chinese or Japanese text, full-width punctuation included."""
    return char >= "\u2e80" and UNSPACED.match(char) is not None


def width(char: str) -> int:
    """Columns that the character takes: two for Chinese, one for Latin, none for a mark."""
    if char < "\u0300":
        return 1
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def count_words(text: str) -> int:
    """Count Chinese, Japanese and Korean by characters and everything else by words."""
    return sum(1 for _ in _COUNTED.finditer(text))


def reads_as_chinese(text: str) -> bool:
    """Whether a reader would call the text Chinese, judged by its first few thousand characters."""
    sample = text[:4000]
    letters = sum(char.isalpha() for char in sample)
    return bool(letters) and len(re.findall(f"[{HAN}]", sample)) >= letters * _MOSTLY_HAN
