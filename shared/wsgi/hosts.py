"""Which host names are answered: a Host header goes into links, so it is never taken on trust."""

import re
from collections.abc import Callable, Iterable

# DNS names have at most 255 octets (RFC 1035, 2.3.4); a colon and a port may follow.
LONGEST = 255 + 6
_ANY = r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+|\[[0-9a-f:.]+\]"


def allow(names: Iterable[str]) -> Callable[[str], bool]:
    """Return a test for Host headers: `names` are lower case, without port.

    A name with a leading dot admits itself and every name below, `*` any well-formed name.
    """
    pattern = "|".join(_pattern(name) for name in sorted(names))
    match = re.compile(rf"(?:{pattern})\.?(?::[0-9]{{1,5}})?", re.ASCII | re.IGNORECASE).fullmatch

    def is_allowed(host: str) -> bool:
        return len(host) <= LONGEST and match(host) is not None

    return is_allowed


def _pattern(name: str) -> str:
    if name == "*":
        return _ANY
    if name.startswith("."):
        return rf"(?:[a-z0-9_-]+\.)*{re.escape(name[1:])}"
    return re.escape(name)
