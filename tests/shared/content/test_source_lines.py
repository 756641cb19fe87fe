"""Blocks say in previews where they began; nowhere else, and nobody can type it."""

import re

from shared.content.markdown import render

SOURCE = """# 一

Two
lines

- a
- b

```py
x
```

| a |
| - |
| 1 |

> quoted
"""


def test_blocks_name_the_line_they_began_at() -> None:
    html = render(SOURCE, source_lines=True).html
    named = re.findall(r'<(\w+)[^>]*? data-line="(\d+)"', html)
    assert named == [
        ("h1", "1"),
        ("p", "3"),
        ("ul", "6"),
        ("li", "6"),
        ("li", "7"),
        ("pre", "9"),
        ("thead", "13"),
        ("tr", "13"),
        ("tbody", "15"),
        ("tr", "15"),
        ("blockquote", "17"),
        ("p", "17"),
    ]
    assert re.sub(r' data-line="\d+"', "", html) == render(SOURCE).html


def test_lines_cannot_be_typed() -> None:
    assert "data-line" not in render('<p data-line="3">x</p>', source_lines=False).html
    assert 'data-line="99"' not in render('<p data-line="99">x</p>', source_lines=True).html
