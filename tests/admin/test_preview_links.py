"""Preview links in the console: shown once, listed, taken back, for who may edit."""

import re

from shared.domain.posts import get_post
from shared.domain.posts.preview_links import find_preview, list_previews
from shared.runtime import Runtime
from tests.admin.content import write
from tests.admin.signing_in import Answer, Browser, Enter


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


def policy_of(answer: Answer) -> dict[str, str]:
    """Return the content policy of an answer by its directives."""
    policy = answer.response.headers["Content-Security-Policy"]
    return dict(part.split(" ", 1) for part in policy.split("; "))


def test_editor_gets_the_address_of_the_page_in_its_frame(runtime: Runtime, as_: Enter) -> None:
    post_id = write(runtime, published=False)
    path = f"/page/edit/{post_id}/previews/permit/"
    answer = as_("Ben").get(path)
    given = answer.response.get_json()
    assert re.fullmatch(rf"/preview/{post_id}\.2\.[\w.]+/", given["address"])
    assert (given["seconds"], answer.response.headers["Cache-Control"]) == (300, "no-store")
    assert [as_(name).get(path).status for name in ("Cy", "Dee")] == [403, 403]


def test_only_the_editors_pages_have_frames(runtime: Runtime, ben: Browser) -> None:
    post_id = write(runtime, published=False)
    editing = [ben.get(path) for path in (f"/page/edit/{post_id}/", "/page/new/")]
    assert [policy_of(answer)["frame-src"] for answer in editing] == ["'self'", "'self'"]
    others = [ben.get(path) for path in ("/", f"/page/edit/{post_id}/view/")]
    assert ["frame-src" in policy_of(answer) for answer in others] == [False, False]
    ancestors = {policy_of(answer)["frame-ancestors"] for answer in (*editing, *others)}
    assert ancestors == {"'none'"}
