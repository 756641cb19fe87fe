"""An editor at the console of a running platform, by its own forms."""

from urllib.parse import urlencode

from tests.admin.pages import Page
from tests.cast import PASSWORD
from tests.live.pages.wire import Answer, Wire

FORM = "Content-Type: application/x-www-form-urlencoded"
CONSOLE = "/admin"


class Console:
    """Ben, signed in; each of his forms is one of the pages that he opened before."""

    def __init__(self, port: int) -> None:
        self.wire = Wire(port)
        self._cookie = ""
        login = self.open("/login/").forms[0]
        form = login.filled(email="ben@example.org", password=PASSWORD)
        assert self.send("/login/", dict(form)).status == 303

    def open(self, path: str) -> Page:
        """Read a page."""
        answer = self.wire.get(CONSOLE + path, f"Cookie: {self._cookie}")
        assert answer.status == 200, answer
        self._take(answer)
        return Page(answer.text)

    def send(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        body = urlencode(fields).encode()
        answer = self.wire.ask("POST", CONSOLE + path, FORM, f"Cookie: {self._cookie}", body=body)
        self._take(answer)
        return answer

    def edit(self, post_id: int, **changed: str) -> tuple[str, dict[str, str]]:
        """Open a post and return where its form goes and what it sends when it is published."""
        form = self.open(f"/page/edit/{post_id}/").form
        return f"/page/edit/{post_id}/", dict(form.filled(action="publish", **changed))

    def _take(self, answer: Answer) -> None:
        if given := answer.headers.get("set-cookie"):
            self._cookie = given.partition(";")[0]
