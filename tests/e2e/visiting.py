"""A person at a browser, whose every page is watched."""

from dataclasses import dataclass

from playwright.sync_api import Page, Response, expect

from tests.e2e.looking import Album, look_at
from tests.e2e.watching import Watch
from tests.serving import Site

expect.set_options(timeout=10_000)

# Swagger UI puts a link into the button that opens an operation.
NOT_OURS = {"api": {"nested-interactive"}}


@dataclass(frozen=True)
class Visitor:
    """One browser context with one page open."""

    site: Site
    page: Page
    watch: Watch
    album: Album

    def open(self, path: str) -> Response:
        """Open a path of the site, or an address in full."""
        address = path if path.startswith("http") else self.site.address + path
        response = self.page.goto(address)
        assert response is not None
        return response

    def look(self, name: str) -> None:
        """Look at the open page closely; a grave finding fails the test."""
        with self.watch.paused():  # axe-core writes inline styles, which the policy refuses
            wrong = look_at(self.page, name, self.album, known=NOT_OURS.get(name, set()))
        assert not wrong, "\n".join(wrong)

    @property
    def path(self) -> str:
        """The path of the open page, with its query."""
        return self.page.url.removeprefix(self.site.address)
