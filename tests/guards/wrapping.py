"""Finds text that no catalogue will ever see: in the console's templates and in its Python."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

GETTEXT = {"_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext", "say"}
READ_ALOUD = {"title", "aria-label", "placeholder", "alt", "label", "data-confirm"}
# Attributes for our scripts: those that begin with a capital letter are words.
FOR_SCRIPTS = re.compile(r"data-")
HOLE = "\ufffc"  # stands for what an expression writes
SENTENCE = re.compile(r"[A-Z][a-z]+(\s*$| [A-Za-z]|[.:?!…])")
# Names, codes and what is the same in every language.
NAMES = re.compile(
    r"\b(Triptych|Markdown|HTML|CSV|XLSX|JSON|RSS|API|URL|IANA|GitHub|WordPress|Ghost|Jekyll|SMTP|TOTP"
    r"|Ctrl|Cmd|Alt|Shift|Enter|Escape|Esc|Tab|[A-Z])\b"
)
# What stands within these is read by programs, or typed as it is.
LITERAL = {"code", "kbd", "samp", "script", "style"}
SPOKEN = {"title", "label", "ask", "done", "description", "none", "message", "help"}
WORDS = re.compile(r"[A-Z][a-z]|[a-z]{2}.* ")


def unwrapped(path: Path, environment: Environment) -> Iterator[str]:
    """Return the texts of a template that stand outside of gettext."""
    tree = environment.parse(path.read_text(encoding="utf-8"))
    yield from _Reader(_flatten(tree)).found
    yield from _spoken(tree)


def bare_strings(path: Path) -> Iterator[str]:
    """Return strings that Python hands to people without gettext: flashes, labels, titles."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name == "flash":
            yield from _told(node.args[:1])
        elif name.endswith(("Field", "Column", "Filter", "Action", "Entry", "Check")):
            yield from _told([word.value for word in node.keywords if word.arg in SPOKEN])
            yield from _told(node.args[:1] if name.endswith("Field") else [])
        elif name in {"DataRequired", "InputRequired", "EqualTo", "ValidationError"}:
            yield from _told(node.args)


def _told(values: list[ast.expr]) -> Iterator[str]:
    for value in values:
        if isinstance(value, ast.JoinedStr) and re.search("[a-z]{2}", _fixed(value)):
            yield ast.unparse(value)
        elif isinstance(value, ast.Constant) and WORDS.search(str(value.value)):
            yield str(value.value)


def _fixed(text: ast.JoinedStr) -> str:
    return "".join(str(part.value) for part in text.values if isinstance(part, ast.Constant))


def _flatten(node: nodes.Node) -> str:
    """Write out everything that a template might write, each expression as one sign."""
    if isinstance(node, nodes.TemplateData):
        return node.data
    if isinstance(node, nodes.Expr):
        return HOLE
    return "".join(_flatten(child) for child in node.iter_child_nodes(exclude=("test", "iter")))


def _spoken(node: nodes.Node) -> Iterator[str]:
    """Return string literals in expressions that look like words for people."""
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in GETTEXT:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        if SENTENCE.match(node.value) and re.search("[a-z]{2}", NAMES.sub("", node.value)):
            yield node.value
        return
    for child in node.iter_child_nodes():
        yield from _spoken(child)


class _Reader(HTMLParser):
    """Collects the text and the attributes that are read, letters and all."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._within: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LITERAL:
            self._within.append(tag)
        for name, value in attrs:
            if name in READ_ALOUD or (FOR_SCRIPTS.match(name) and re.match("[A-Z]", value or "")):
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within:
            self._note(data)

    def _note(self, text: str) -> None:
        for piece in text.split(HOLE):
            words = " ".join(piece.split())
            left = NAMES.sub("", words)
            if re.search(r"[A-Za-z]{2}", left) and not re.fullmatch(r"[\w./:@#%-]*[/@#]\S*", left):
                self.found.append(words)
