"""The last defence of a log line: no secret in it, and nothing that could pose as another line."""

import re
from collections.abc import Callable, Iterable

HIDDEN = "[hidden]"

# Control characters (C0, DEL, C1), line and paragraph separators, bidirectional and zero-width
# marks, and lone surrogates, which no encoding can write.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

# A cheap look first: most lines hold none of these words. A pattern would take five times as long.
_SUSPECTS = (
    *(
        "authoriz",
        "cookie",
        "passw",
        "secret",
        "token",
        "bearer",
        "/setup/",
        "/preview/",
        "/invitation/",
        "argon2",
        "://",
    ),
    *("apikey", "api_key", "api-key", "api key", "api.key"),
)
_QUOTED = r"""b?"(?:[^"\\\n]|\\.)*"?|b?'(?:[^'\\\n]|\\.)*'?"""
_EQUALS = r"""(?:["']?\s{0,8}[=:]|["']\s{0,8},)\s{0,8}"""
_KEY = r"(?:passw(?:or)?d|secret|token|api[_-]?key)[\w.-]{0,40}"
_RULES = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # A header's whole value, to the end of its line or of its quoted string.
        (
            rf"((?:authorization|cookie){_EQUALS})(?:{_QUOTED}|[^\r\n\"'}}\]]+)",
            rf"\1{HIDDEN}",
        ),
        # Any key that speaks of a secret: `key=value`, `"key": "value"`, `('key', 'value')`.
        (
            rf"({_KEY}{_EQUALS})(?:{_QUOTED}|[^\s&;,\"')}}\]]+)",
            rf"\1{HIDDEN}",
        ),
        (r"\b(bearer\s+)[\w.~+/=-]{6,}", rf"\1{HIDDEN}"),
        (
            r"(/(?:setup|password|invitation|preview)/)[^/\s\"'?#]+",
            rf"\1{HIDDEN}",
        ),  # secret links
        (r"(://[^/\s:@]*:)[^/\s@]+(@)", rf"\1{HIDDEN}\2"),
        (r"\$argon2[\w$,=+/.-]+", HIDDEN),
    )
)


def escape(text: str) -> str:
    r"""Replace what a terminal or a reader of lines would obey by `\n`, `\x1b`, `\u2028` …"""
    return _UNSAFE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    return _SHORT.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def escape_json(text: str) -> str:
    """Escape the same characters in finished JSON, so that it stays JSON."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def redactor(known: Iterable[str] = ()) -> Callable[[str], str]:
    """Return a function that hides the `known` secrets and whatever looks like one."""
    literal = [secret for secret in known if len(secret) >= 6]

    def redact(text: str) -> str:
        for secret in literal:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        lowered = text.lower()
        if any(word in lowered for word in _SUSPECTS):
            for pattern, replacement in _RULES:
                text = pattern.sub(replacement, text)
        return text

    return redact
