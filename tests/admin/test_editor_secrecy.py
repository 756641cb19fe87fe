"""A post that someone may not read: no form, error or old revision of it tells what it says."""

import pytest

from shared.runtime import Runtime
from tests.admin.content import read, write
from tests.admin.signing_in import Enter

EDIT = "/page/edit/{}/"
QUINCE = {"title": "Quince plan", "body": "quincebody", "tags": ("quincetag",), "slug": "quince-b"}


@pytest.mark.parametrize("who", ["Cy", "Con"])
@pytest.mark.parametrize("kind", ["post", "page"])
@pytest.mark.parametrize(
    "sent",
    [
        {"note": "fields that are missing must not be filled in"},
        {"title": "x" * 300},
        {"publish_at": "never", "title": "Mine"},
        {"action": "discard"},
    ],
)
def test_posted_form_tells_nothing_of_a_closed_post(
    runtime: Runtime, as_: Enter, who: str, kind: str, sent: dict[str, str]
) -> None:
    post_id = write(runtime, published=False, kind=kind, meta={"key": "quincemeta"}, **QUINCE)
    browser = as_(who)
    answer = browser.send(EDIT.format(post_id), {"csrf_token": browser.token(), **sent})
    html = answer.page.html.lower()
    assert (answer.status, "quince" in html) == (403, False)


def test_text_for_a_closed_post_is_shown_to_be_copied(runtime: Runtime, as_: Enter) -> None:
    post_id = write(runtime, published=False, **QUINCE)
    browser = as_("Cy")
    sent = {"csrf_token": browser.token(), "title": "Mine", "body": "my words"}
    answer = browser.send(EDIT.format(post_id), sent)
    assert (answer.status, "my words" in answer.page.text) == (403, True)
    assert read(runtime, post_id).revisions == 1


def test_restoring_an_unknown_revision_tells_no_title(runtime: Runtime, as_: Enter) -> None:
    post_id = write(runtime, published=False, **QUINCE)
    browser = as_("Cy")
    path = f"{EDIT.format(post_id)}revisions/9/restore/"
    answer = browser.send(path, {"csrf_token": browser.token()})
    assert (answer.status, "Quince" in answer.page.text) == (403, False)
