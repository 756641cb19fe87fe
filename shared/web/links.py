"""Links from any app to any other, through mounts, prefixes and hosts of their own."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from shared.settings import Settings
from shared.urls import MOUNTS, path_to


@dataclass(frozen=True)
class Links:
    """Builds links: `root` is the prefix that a proxy put before everything, `origin` the host.

    `bases` holds, for an app with an address of its own, that address.
    """

    root: str
    origin: str
    site: str
    bases: dict[str, str]

    @classmethod
    def of_request(cls, environ: dict[str, Any], settings: Settings) -> "Links":
        """Read prefix and host from a request that the gate let through."""
        root = environ.get("triptych.root", "")
        origin = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', 'localhost')}"
        bases = {"admin": settings.admin_url, "api": settings.api_url}
        return cls(root, origin, settings.site_url or origin + root, bases)

    def to(self, app: str, endpoint: str, /, **parts: Any) -> str:
        """Return the link to an endpoint of an app: a path, or an address where it has its own."""
        path = path_to(app, endpoint, **parts)
        base = self.bases.get(app)
        if base:
            return base + path.removeprefix(MOUNTS[app])
        if app == "frontend" and self.away:
            return self.site + path
        return self.root + path

    def absolute(self, app: str, endpoint: str, /, **parts: Any) -> str:
        """Return the whole address of an endpoint, for feeds, canonical links and mails."""
        link = path_to(app, endpoint, **parts)
        base = self.bases.get(app)
        return base + link.removeprefix(MOUNTS[app]) if base else self.site + link

    @property
    def site_source(self) -> str:
        """Return where the site's pages are, as a content policy of this app's pages names it."""
        site = urlsplit(self.site)
        return f"{site.scheme}://{site.netloc}" if self.away else "'self'"

    @property
    def away(self) -> bool:
        """Whether this request reached an app on a host other than the site's."""
        here = urlsplit(self.origin).netloc
        own_hosts = {urlsplit(base).netloc for base in self.bases.values() if base}
        return here in own_hosts and here != urlsplit(self.site).netloc
