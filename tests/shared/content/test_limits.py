"""Hostile texts cost time in proportion to their length: steps are counted, not seconds."""

import subprocess
import sys

import pytest

from shared.content.markdown import render

ATTACKS = {
    "brackets": lambda n: "[" * n,
    "closed brackets": lambda n: "[a]" * n,
    "images": lambda n: "![" * n,
    "links": lambda n: "[a](b" * n,
    "emphasis": lambda n: "*a_ " * n,
    "nested emphasis": lambda n: "*a **a " * n + "a** a* " * n,
    "strikes": lambda n: "~~a " * n,
    "backticks": lambda n: "".join("e" + "`" * i for i in range(int((2 * n) ** 0.5))),
    "quotes": lambda n: ">" * n,
    "lists": lambda n: "- " * n,
    "less than": lambda n: "<" * n,
    "comments": lambda n: "a <!-- " * n,
    "declarations": lambda n: "a <!A " * n,
    "elements": lambda n: "<div>" * n,
    "unclosed formatting": lambda n: "<p>" + "<b title=x>" * n + "<p>x" * n,
    "foster parents": lambda n: f"<table><b title={'L' * n}>" + "<td>x" * n,
    "wide table": lambda n: "|a" * n + "\n" + "|-" * n + "\n" + "|b\n" * 20,
    "tables": lambda n: "a|b\n-|-\n" * n,
    "footnotes": lambda n: "[^a]: x\n\n" + "[^" * n,
    "footnote references": lambda n: "[^a]: x\n\n" + "[^a]" * n,
    "footnote definitions": lambda n: "".join(f"[^{i}]: [^{i}]\n" for i in range(n)),
    "references": lambda n: "[a]: x\n" * n,
    "contents": lambda n: "[TOC]\n\n" * n + "# a\n" * n,
    "headings": lambda n: "# a 2\n# a\n" * n,
    "soft breaks": lambda n: "中\n" * n,
    "addresses": lambda n: "http://a.b/" + "()" * n,
    "address dots": lambda n: "http://a.b/" + ".," * n,
    "disk images": lambda n: "![](E:\\(" * n,
    "entities": lambda n: "&#" * n,
    "tasks": lambda n: "- [ ] a\n" * n,
    "code": lambda n: "~~~python\n" + "'" * n + "\n~~~",
}


def count_steps(source):
    steps = 0

    def step(*_):
        nonlocal steps
        steps += 1

    sys.setprofile(step)
    try:
        render(source)
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_steps_grow_with_the_length(attack):
    render(attack(10))
    assert count_steps(attack(1600)) < 2.6 * count_steps(attack(800)) + 2000


# What happens inside the compiled HTML parser makes no steps of Python's; quadratic work on half a
# megabyte would take minutes, linear work takes seconds.
NATIVE = """
from shared.content.markdown import render
n = 20_000
for source in (
    "<div>" * n * 5,
    "<p>" + "<b title=x>" * n + "<p>x" * n,
    "*a **b " * n + "c** d* " * n,
    "<table><b title=" + "L" * n + ">" + "<td>x" * n,
    "<svg>" * n,
    "<a><div>" * n,
):
    assert len(render(source).html) < 12 * len(source)
"""


def test_native_work_stays_linear():
    done = subprocess.run([sys.executable, "-c", NATIVE], timeout=90, check=False)
    assert done.returncode == 0
