"""Preview links in the console: shown once, listed, taken back, for who may edit."""

import re

from shared.domain.posts import get_post
from shared.domain.posts.preview_links import find_preview, list_previews
from shared.runtime import Runtime
from tests.admin.content import write
from tests.admin.signing_in import Browser, Enter


def test_link_is_shown_once_and_can_be_taken_back(runtime: Runtime, ben: Browser) -> None:
    path = f"/page/edit/{write(runtime, published=False)}/previews/"
    answer = ben.send(path, {"csrf_token": ben.token(), "days": "7"})
    [token] = re.findall(r'value="http://localhost/preview/([\w-]{43})/"', answer.page.html)
    assert answer.response.headers["Cache-Control"] == "no-store"
    with runtime.database.reading() as session:
        link = find_preview(session, token, at=runtime.clock())
        assert link is not None
        number = link.id
    listed = ben.get(path).page
    assert (token in listed.html, "Made by Ben" in listed.text) == (False, True)
    gone = ben.send(f"{path}{number}/revoke/", {"csrf_token": ben.token()})
    assert (gone.status, gone.location) == (303, path)
    with runtime.database.reading() as session:
        assert list_previews(session, get_post(session, 1), at=runtime.clock()) == []


def test_without_the_right_there_is_no_link(runtime: Runtime, as_: Enter) -> None:
    post_id = write(runtime)
    path = f"/page/edit/{post_id}/previews/"
    for name in ("Cy", "Con", "Dee"):
        browser = as_(name)
        sent = {"csrf_token": browser.token(), "days": "1"}
        assert (browser.get(path).status, browser.send(path, sent).status) == (403, 403)
    ben = as_("Ben")
    assert ben.send(path, {"csrf_token": ben.token(), "days": "9"}).status == 422
    assert "/previews/" in ben.get(f"/page/edit/{post_id}/").page.html
