"""The form below a post: what was sent, whether it may be believed, and what was wrong with it."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Request

from shared.domain.comments import Said
from shared.domain.throttle import network_of
from shared.runtime import Runtime

FIELDS: Final = ("name", "email", "body", "parent")
TRAP: Final = "subject"  # no browser fills it in, and nobody sees it
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")
_OWN: Final = frozenset({"same-origin", "none"})
NOBODY: Final = 0


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What stands in a form, and what is wrong with each field."""

    name: str = ""
    email: str = ""
    body: str = ""
    parent: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_form(cls, form: Mapping[str, str]) -> "Draft":
        """Take what was sent."""
        name, email, body, parent = (form.get(field, "") for field in FIELDS)
        return cls(name=name, email=email, body=body, parent=parent)


def said_in(draft: Draft, form: Mapping[str, str], *, origin: str) -> Said:
    """Return what the domain is told."""
    parent = int(draft.parent) if _NUMBER.fullmatch(draft.parent) else NOBODY
    return Said(
        name=draft.name,
        email=draft.email,
        body=draft.body,
        parent_id=parent if draft.parent else None,
        origin=origin,
        is_caught=bool(form.get(TRAP)),
    )


def token_for(runtime: Runtime, post_id: int) -> str:
    """Return what only a page of ours can have put into a form on a post.

    It bears no date: a page is kept for as long as nothing of it changes.
    """
    return _keyed(runtime.key("comments:form"), str(post_id))[:32]


def is_token(runtime: Runtime, post_id: int, given: str) -> bool:
    """Tell whether a form was made for this post."""
    return hmac.compare_digest(token_for(runtime, post_id).encode(), given.encode())


def origin_of(runtime: Runtime, environ: Mapping[str, Any]) -> str:
    """Return a number for the network that a request came from, which cannot be read back."""
    client = str(environ.get("triptych.client") or environ.get("REMOTE_ADDR") or "")
    return _keyed(runtime.key("comments:origin"), network_of(client))


def is_own(request: Request, site_url: str) -> bool:
    """Tell whether a form was on a page of this site, as far as the browser says.

    A browser says something with every form that it sends; what says nothing is a program, and
    carries nobody's authority.
    """
    if fetched := request.headers.get("Sec-Fetch-Site"):
        return fetched in _OWN
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return bool(host) and host in {request.host, urlsplit(site_url).netloc}


def _keyed(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
