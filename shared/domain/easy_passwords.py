"""Which passwords are guessed first: by rules and a list of stems, so that endings do not help.

Guessers try well-known words, rows of the keyboard and dates with digits and signs around them. So
that is what is taken away before a password is looked up; `Password2026!` is `password`. The stems
are those at the head of every published list of broken passwords, with those of Chinese lists.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_WORDS: Final = """
abc abcd abcde abcdef access admin administrator aini alexander alipay aloha andrew angel apple
asd asdf asdfgh ashley baby babygirl bailey baidu baobao baseball batman beijing blog brandon
butterfly caonima changeme charlie cheese chelsea chocolate computer cookie daniel default
dragon editor facebook ferrari flower football freedom friends fuckyou google guanliyuan guest
hannah hello hunter iloveyou internet jennifer jessica jordan joshua killer laogong laopo
letmein liverpool login loveme lovely manager master matthew michael michelle mima monkey
mustang mypassword nicole nihao owner pass passe passwd passwort password passw pokemon princess
purple qazwsx qq qwe qwer qwert qwerty root samsung secret shadow shanghai soccer sophie
starwars summer sunshine superman taobao test testing thomas tianshi trustno user wangwei
wangwu weixin welcome whatever winter wodemima woaini woaiwojia woaiziji wojiushiwo woshishui
xiaoming zhanghao zhangsan zhangwei zhongguo zxc zxcv triptych 我爱你 密码 我的密码 管理员
"""
_STEMS: Final = frozenset(_WORDS.split())
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyzabc",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "qazwsxedcrfvtgbyhnujmikolp",
    "zaqxswcdevfrbgtnhymjukilop",
)
_SIGNS: Final = str.maketrans("@$!€|", "asiel")
_DIGITS: Final = str.maketrans("013457", "oleast")
_OTHERS: Final = re.compile(r"[\W\d_]+")
SHORTEST_OF_DIGITS: Final = 16


def is_easy(password: str, *, own: Iterable[str] = ()) -> bool:
    """Tell whether a password is among the first guesses; `own` are words about its person."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(set(plain)) < 5 or _is_repeated(plain):
        return True
    if plain.isdecimal():
        return len(plain) < SHORTEST_OF_DIGITS
    words = {_letters(word) for word in own} - {""}
    return any(_is_known(stem, words) for stem in _readings(plain))


def _readings(plain: str) -> set[str]:
    """Return the letters of a password, as they stand and with signs and digits read as letters."""
    core = plain.strip("0123456789 !#%&*+-.,_?=").translate(_SIGNS)
    return {_letters(plain), _letters(core), _letters(core.translate(_DIGITS))}


def _letters(text: str) -> str:
    return _OTHERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _is_known(stem: str, own: set[str]) -> bool:
    half = stem[: len(stem) // 2]
    stem = half if half * 2 == stem else stem
    if len(stem) < 3 or stem in _STEMS or stem in own:
        return True
    return any(stem in row or stem[::-1] in row for row in _ROWS)


def _is_repeated(plain: str) -> bool:
    """Tell whether a short piece is all there is, again and again."""
    found = (plain + plain).find(plain, 1)
    return found < len(plain) and found <= 6
