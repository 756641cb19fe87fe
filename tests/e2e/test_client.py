"""A program: it registers, is approved in the console, takes a token and writes."""

from typing import Any

import pytest
from playwright.sync_api import APIResponse, expect

from tests.e2e.visiting import Visitor

pytestmark = pytest.mark.browser

TITLE = "Weather report 天气"


def call(ann: Visitor, path: str, body: dict[str, Any], token: str = "") -> APIResponse:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return ann.page.request.post(f"{ann.site.address}/api{path}", data=body, headers=headers)


def take_token(ann: Visitor, made: dict[str, str]) -> APIResponse:
    given = {name: made[name] for name in ("client_id", "client_secret")}
    return call(ann, "/v1/client/token", {"grant_type": "client_credentials"} | given)


def test_a_registered_client_writes_once_it_is_approved(ann: Visitor) -> None:
    wished = {"name": "Weather station", "type": "service", "scopes": ["posts:read", "posts:write"]}
    made = call(ann, "/v1/client/register", wished).json()
    assert (made["error_code"], made["state"]) == (0, "pending")
    refused = take_token(ann, made)
    assert (refused.status, refused.json()["error_code"]) == (401, 1005)
    approve(ann, "posts:publish")
    granted = take_token(ann, made).json()
    assert granted["scope"] == "posts:publish posts:read posts:write"
    post = create(ann, granted["access_token"])
    read(ann, post)
    revoke(ann)
    late = call(ann, "/v1/posts", {"title": "Too late"}, granted["access_token"])
    assert (late.status, late.json()["error_code"]) == (401, 1005)


def approve(ann: Visitor, *more: str) -> None:
    ann.open("/admin/clients/")
    ann.look("clients")
    ann.page.get_by_role("link", name="Weather station").click()
    expect(ann.page.get_by_label("posts:write")).to_be_checked()
    for scope in more:
        ann.page.get_by_label(scope).check()
    ann.look("client")
    ann.page.get_by_role("button", name="Approve").click()
    expect(ann.page.get_by_role("row", name="Weather station")).to_contain_text("Approved")


def create(ann: Visitor, token: str) -> dict[str, Any]:
    body = {"title": TITLE, "markdown": "Wind from the *north*.", "tags": ["Weather"]}
    answer = call(ann, "/v1/posts", body, token)
    post: dict[str, Any] = answer.json()
    assert (answer.status, post["status"]) == (201, "draft")
    published = call(ann, f"/v1/posts/{post['id']}/publish", {}, token)
    assert published.status == 200, published.text()
    return post


def read(ann: Visitor, post: dict[str, Any]) -> None:
    ann.open("/admin/page/")
    ann.page.get_by_role("link", name=TITLE).click()
    expect(ann.page.locator(".cm-content")).to_have_text("Wind from the *north*.")
    ann.open(f"/page/{post['slug']}/")
    expect(ann.page.locator(".prose em")).to_have_text("north")
    ann.open("/admin/audit/")
    expect(ann.page.get_by_role("cell", name="Weather station").first).to_be_visible()
    ann.look("audit")


def revoke(ann: Visitor) -> None:
    ann.open("/admin/clients/")
    ann.page.get_by_role("link", name="Weather station").click()
    ann.page.get_by_role("button", name="Revoke").click()
    dialog = ann.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Shut this client out?")
    dialog.get_by_role("button", name="Revoke").click()
    expect(ann.page.get_by_text("Revoked").first).to_be_visible()
