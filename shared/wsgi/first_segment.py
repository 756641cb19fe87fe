"""Which application a path belongs to: its first segment decides, and nothing else."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.middleware.dispatcher import DispatcherMiddleware

from shared.wsgi.answers import reply

# What may stand in a Location as it is (RFC 3986); the query is passed on as it came.
PATH_SAFE = "/~!$&'()*+,;=:@"
QUERY_SAFE = PATH_SAFE + '?%[]|^`{}"\\'


def first_segment(path: str) -> str:
    """Return the first segment with its leading slash: `/admin/page/` gives `/admin`."""
    cut = path.find("/", 1)
    return path if cut < 0 else path[:cut]


class FirstSegmentDispatcher(DispatcherMiddleware):
    """Hands a request to the mount of its first segment, or to `app`.

    `mounts` see SCRIPT_NAME end in their segment and PATH_INFO begin behind it; `direct` ones
    are asked with the path as it is. A mount without its slash redirects, whether it is up or
    not, to a path and never to a host: the host would be the client's word.
    """

    def __init__(
        self,
        app: WSGIApplication,
        mounts: Mapping[str, WSGIApplication],
        direct: Mapping[str, WSGIApplication],
    ) -> None:
        super().__init__(app, dict(mounts))
        self.direct = dict(direct)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        cut = path.find("/", 1)
        segment = path if cut < 0 else path[:cut]
        app = self.mounts.get(segment)
        if app is None:
            if not path:  # the site itself, asked without its slash
                return _redirect(environ, start_response)
            return self.direct.get(segment, self.app)(environ, start_response)
        if cut < 0:
            return _redirect(environ, start_response)
        environ["SCRIPT_NAME"] += segment
        environ["PATH_INFO"] = path[cut:]
        return app(environ, start_response)


def _redirect(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Redirect to the same path with a slash; 308 keeps the method and body (RFC 9110, 15.4.9)."""
    path = environ["SCRIPT_NAME"] + environ["PATH_INFO"] + "/"
    location = quote(path.encode("latin-1"), safe=PATH_SAFE)
    if query := environ.get("QUERY_STRING", ""):
        location += "?" + quote(query.encode("latin-1"), safe=QUERY_SAFE)
    return reply(environ, start_response, 308, "", b"", (("Location", location),))
