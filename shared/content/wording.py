"""The few words that rendering itself adds, in the language of the text around them."""

from dataclasses import dataclass
from typing import Final

from shared.content.scripts import reads_as_chinese


@dataclass(frozen=True)
class Wording:
    """Labels, most of them for screen readers."""

    contents: str
    footnotes: str
    footnote: str
    back: str
    done: str
    to_do: str
    table: str
    image: str


ENGLISH: Final = Wording(
    contents="Contents",
    footnotes="Footnotes",
    footnote="Footnote {}",
    back="Back to reference {}",
    done="Done",
    to_do="To do",
    table="Table",
    image="image",
)
CHINESE: Final = Wording(
    contents="目录",
    footnotes="脚注",
    footnote="脚注 {}",
    back="回到引用处 {}",
    done="已完成",
    to_do="未完成",
    table="表格",
    image="图片",
)


def find_wording(text: str) -> Wording:
    """Choose by what the text is mostly written in."""
    return CHINESE if reads_as_chinese(text) else ENGLISH
