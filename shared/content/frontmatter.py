"""Front matter: the YAML between two lines of `---` at the very start of a Markdown file."""

import re
from typing import Any, Final

import yaml

MAX_CHARACTERS: Final = 100_000

# python-frontmatter would strip the body, which destroys code at its start, and would take the text
# between two rules for front matter.
_FENCED: Final = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)


class FrontMatterError(ValueError):
    """Front matter that is no YAML mapping; `line` counts from 1 in the file."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(f"Line {line}: {problem}")
        self.line = line


class _Loader(yaml.SafeLoader):
    """Safe YAML without aliases, by which a few lines could stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML's stubs leave it bare
            raise yaml.MarkedYAMLError(
                problem="aliases are not allowed", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)


class _Dumper(yaml.SafeDumper):
    """YAML without aliases, which `parse` refuses, and with rare line separators escaped."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's interface
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.Node:
    style = '"' if re.search("[\x85\u2028\u2029]", text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def parse(text: str) -> tuple[dict[str, Any], str]:
    """Split a file into its front matter and its body, with Unix line ends."""
    match = _FENCED.match(text)
    if match is None:
        return {}, _plain_ends(text)
    return _load(match["yaml"]), _plain_ends(text[match.end() :]).lstrip("\n")


def dump(meta: dict[str, Any], body: str) -> str:
    """Write a file that `parse` reads back, fields in their order."""
    if not meta and not body.startswith("---"):
        return body
    return f"---\n{write_yaml(meta) if meta else ''}---\n\n{body}"


def write_yaml(value: Any) -> str:
    """Write plain values as YAML, fields in their order."""
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000))


def _plain_ends(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _load(source: str) -> dict[str, Any]:
    if len(source) > MAX_CHARACTERS:
        raise FrontMatterError(f"more than {MAX_CHARACTERS:,} characters of front matter", 1)
    try:
        fields = yaml.load(source, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise FrontMatterError(problem, mark.line + 2 if mark else 1) from None
    except (ValueError, RecursionError) as error:  # such as a date in month 13
        raise FrontMatterError(str(error), 1) from None
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise FrontMatterError("front matter must be fields with values", 2)
    return {str(name): value for name, value in fields.items()}
