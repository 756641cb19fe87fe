"""What a reverse proxy may say about the request that it passes on, and whom to believe.

Only the network peer can be known; what an untrusted one says of the address, scheme, host or
prefix is removed before any application can see it.
"""

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from wsgiref.types import WSGIEnvironment

from shared.settings import Network
from shared.wsgi.answers import Trouble

# Headers by which a peer could claim another origin; HTTP_PROXY is httpoxy (CVE-2016-5385).
CLAIMS = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_FORWARDED_SCHEME",
    "HTTP_X_FORWARDED_PROTOCOL",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP",
    "HTTP_X_SCHEME",
    "HTTP_X_SCRIPT_NAME",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_REWRITE_URL",
    "HTTP_FORWARDED",
    "HTTP_PROXY",
)
UNIX = "unix"  # stands for the peer of a unix socket, which has no address
BAD_PREFIX = Trouble(400, "X-Forwarded-Prefix is not a plain path.")
BAD_SCHEME = Trouble(400, "X-Forwarded-Proto is neither http nor https.")
_is_prefix = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+").fullmatch

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forwarding:
    """Applies the claims of trusted proxies and drops everyone else's."""

    def __init__(self, trusted: Iterable[Network], *, trust_unix_peer: bool = False) -> None:
        self._networks = tuple(trusted)
        self._trust_unix_peer = trust_unix_peer
        self._believes = lru_cache(maxsize=1024)(self._is_trusted)

    def apply(self, environ: WSGIEnvironment) -> Trouble | None:
        """Set client, scheme, host and root of the request, or say why it is refused."""
        peer = environ.get("REMOTE_ADDR") or UNIX
        claims: dict[str, str] = {}
        if not environ.keys().isdisjoint(CLAIMS):
            claims = {name: environ.pop(name) for name in CLAIMS if name in environ}
        trouble = self._follow(environ, peer, claims) if self._believes(peer) else None
        environ.setdefault("triptych.client", peer.removeprefix("::ffff:"))
        environ["triptych.root"] = environ.setdefault("SCRIPT_NAME", "")
        return trouble

    def _follow(
        self, environ: WSGIEnvironment, peer: str, claims: dict[str, str]
    ) -> Trouble | None:
        client = self._find_client(peer, claims.get("HTTP_X_FORWARDED_FOR", ""))
        environ["triptych.client"] = environ["REMOTE_ADDR"] = client
        if scheme := _last(claims.get("HTTP_X_FORWARDED_PROTO", "")).lower():
            if scheme not in {"http", "https"}:
                return BAD_SCHEME
            environ["wsgi.url_scheme"] = scheme
        if host := _last(claims.get("HTTP_X_FORWARDED_HOST", "")):
            environ["HTTP_HOST"] = host
        if prefix := claims.get("HTTP_X_FORWARDED_PREFIX", "").rstrip("/"):
            if not _is_prefix(prefix):
                return BAD_PREFIX
            environ["SCRIPT_NAME"] = prefix + environ.get("SCRIPT_NAME", "")
        return None

    def _find_client(self, peer: str, chain: str) -> str:
        """Walk the chain from our side to the first address that is no trusted proxy."""
        client = peer
        for hop in reversed(chain.split(",")):
            address = _read(hop)
            if address is None:  # whatever stands beyond was not said by a trusted proxy
                break
            client = str(address)
            if not self._believes(client):
                break
        return client

    def _is_trusted(self, peer: str) -> bool:
        if peer == UNIX:
            return self._trust_unix_peer
        address = _read(peer)
        return address is not None and any(address in network for network in self._networks)


def _read(hop: str) -> Address | None:
    """Read an address, with or without a port; IPv4 in the clothes of IPv6 is undressed."""
    hop = hop.strip()
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    try:
        address = ipaddress.ip_address(hop)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _last(values: str) -> str:
    """Return what the nearest proxy said, when several have added a value."""
    return values.rpartition(",")[2].strip()
