"""The page store: answers the site's pages from finished bytes, in front of Flask."""

from collections.abc import Iterable
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sqlalchemy.exc import SQLAlchemyError

from frontend.pagestore.addresses import Addresses, canonical_query
from frontend.pagestore.archivist import Archivist
from frontend.pagestore.copies import Copies
from frontend.pagestore.counting import Counting
from frontend.pagestore.freshness import NEVER, Freshness, State
from frontend.pagestore.page import Page
from frontend.pagestore.rendering import KEPT, OUTAGE, bare_request, render
from frontend.pagestore.shelf import Rendering, Shelf
from frontend.pagestore.watch import Unreachable
from frontend.visits import Visits
from shared.models.stamps import keys_passed, stamps_of
from shared.runtime import Runtime
from shared.web.context import PAST
from shared.wsgi.first_segment import first_segment
from shared.wsgi.request_line import log_answer

NOT_PAGES: Final = frozenset({"/media", "/preview", "/static"})
TRIES: Final = 3  # times that a visitor waits for someone else's rendering
MOST_POSTS: Final = 500
# Of addresses that anyone can make up (404s, missing slashes, searches) there are no copies: a scan
# would take the disk from the others.
COPIED: Final = frozenset({200, 301, 302, 410})
# A page and how it came about, by the names of `shared.page_counts.WAYS`.
Found = tuple[Page, str]


class PageStore:
    """WSGI middleware that asks `app` for a page once, and again when something of it changed."""

    def __init__(self, app: WSGIApplication, runtime: Runtime, copies: Copies | None) -> None:
        self.app = app
        self._clock = runtime.clock
        self._database = runtime.database
        self._addresses = Addresses(runtime.settings)
        self.shelf = Shelf(0 if runtime.settings.debug else runtime.settings.pages_memory)
        self.freshness = Freshness(runtime.database, runtime.clock, self.shelf)
        self.copies = copies
        self.archivist = Archivist(copies, runtime.database) if copies else None
        if self.archivist:
            self.freshness.listeners.append(self.archivist.forget)
        folder = runtime.settings.instance / "pages"
        self.counts = Counting(folder, self.shelf, copies, runtime.clock)
        self.visits = Visits(runtime)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        is_read = environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        if not is_read or PAST in environ or first_segment(path) in NOT_PAGES:
            return self.app(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        query = canonical_query(path, query) if query else ""
        front = self._addresses.front(environ)
        if front is None:
            page, way = self._render(environ, query), "past"
        else:
            page, way = self._find(f"{front}{path}?{query}", environ, query)
        send = page.answer_stale if way == "stale" else page.answer
        status, body = send(environ, start_response, self._clock)
        log_answer(environ, status, len(body[0]) if body else 0, way=way)
        self.counts.add(way)
        self.visits.add(environ, path, status)
        return body

    def _find(self, key: str, environ: WSGIEnvironment, query: str) -> Found:
        try:
            state = self.freshness.check()
            page = self.shelf.find(key)
            if page is not None and page.is_for(self._clock()):
                return page, "hit"
            return self._make(key, environ, query, state)
        except Unreachable:
            return self._outlast(key, environ, query)

    def _make(self, key: str, environ: WSGIEnvironment, query: str, state: State) -> Found:
        """Render a page, or wait for the thread that does; it is never older than the asking."""
        for _ in range(TRIES):
            rendering, is_mine, seen = self.shelf.begin(key)
            if is_mine:
                return self._lead(key, rendering, environ, query)
            if not rendering.wait():
                self.shelf.give_up(key, rendering)
                break
            if (page := rendering.result(seen)) is not None:
                return page, "shared"
        return self._render(environ, query, state), "made"

    def _lead(self, key: str, rendering: Rendering, environ: WSGIEnvironment, query: str) -> Found:
        page = None
        is_open = "q=" in query
        try:
            # Of what changes from now on the shelf tells this rendering. What changed before, since
            # the visitor's own check, nobody would tell it.
            state = self.freshness.check()
            page = self._read_copy(key, state)
            way = "made" if page is None else "copy"
            page = page or self._render(environ, query, state)
        finally:
            is_kept = self.shelf.finish(key, rendering, page, is_open=is_open)
        if page.is_outage:
            return self._outlast(key, environ, query, instead=page)
        # Where something came due meanwhile, `state.kept` may be older than the page says it is.
        is_timely = state.holds(state.number, page.made_at)
        is_lasting = not is_open and int(page.status[:3]) in COPIED
        if is_kept and is_timely and is_lasting and way == "made" and self.archivist:
            self.archivist.keep(key, page)
        return page, way

    def _render(
        self,
        environ: WSGIEnvironment,
        query: str,
        state: State = NEVER,
        *,
        is_outage: bool = False,
    ) -> Page:
        request = bare_request(environ, query, self._addresses.own(environ))
        if is_outage:  # the application need not find out, at five seconds a thread
            request[OUTAGE] = True
        if state is not NEVER:
            request[KEPT] = state.kept
        return render(self.app, request, number=state.number, at=self._clock())

    def _read_copy(self, key: str, state: State) -> Page | None:
        """Return the copy of a page if all that it was made of is as it was."""
        copy = self.copies.find(key) if self.copies else None
        if copy is None or not copy.page.is_for(state.at):
            return None
        earlier, later = sorted((copy.page.made_at, state.at))
        try:
            with self._database.reading() as session:
                stamps = stamps_of(session, copy.stamps)
                due = keys_passed(session, earlier, later, limit=MOST_POSTS)
        except SQLAlchemyError:
            return None
        is_same = all(stamps.get(name, 0) == number for name, number in copy.stamps.items())
        return copy.page if is_same and due is not None and due.isdisjoint(copy.stamps) else None

    def _outlast(
        self, key: str, environ: WSGIEnvironment, query: str, *, instead: Page | None = None
    ) -> Found:
        """Return a page as it was when the database last answered, else what the site then says."""
        page = self.shelf.find(key)
        if page is None and self.copies:
            copy = self.copies.find(key)
            page = copy.page if copy else None
        if page is not None:
            return page, "stale"
        return instead or self._render(environ, query, is_outage=True), "made"
