"""JSON as RFC 8259 means it: one value per name, real Unicode, numbers that a database holds."""

import json
import math
from collections import Counter
from typing import Any, NoReturn

DEEPEST = 20
LARGEST = 2**63 - 1


class BadJson(ValueError):
    """The text is no JSON that is accepted here; the message says why."""


def parse(raw: bytes) -> Any:
    """Read UTF-8 JSON; raises BadJson for what other readers might read otherwise.

    Refused are: a name twice in one object, NUL, lone surrogates, NaN and Infinity, whole
    numbers beyond 64 bits and nesting deeper than DEEPEST.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise BadJson("The body is not UTF-8.") from error
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except BadJson:
        raise
    except RecursionError as error:
        raise BadJson(f"The body nests deeper than {DEEPEST} levels.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadJson(f"The body is not JSON: {error.msg} at {place}.") from error
    except ValueError as error:  # more digits than Python turns into a number
        raise BadJson("The body holds a number that is too large.") from error
    _check(value, 0)
    return value


def check_text(text: str) -> None:
    """Raise BadJson for characters that no field can hold."""
    if "\0" in text:
        raise BadJson("The character NUL is not allowed.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise BadJson("A lone surrogate is no character.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(
            name for name, times in Counter(name for name, _ in pairs).items() if times > 1
        )
        raise BadJson(f"The name {json.dumps(twice[:100])} stands twice in one object.")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise BadJson(f"{name} is not JSON.")


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise BadJson(f"The body nests deeper than {DEEPEST} levels.")
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict):
        for name, item in value.items():
            check_text(name)
            _check(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
    elif _is_too_large(value):
        raise BadJson("The body holds a number that is too large.")


def _is_too_large(value: Any) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    return isinstance(value, int) and not -LARGEST <= value <= LARGEST
