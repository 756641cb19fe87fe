"""A comment through the whole of the process: gate, proxies, dispatcher, page store."""

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from dispatcher import compose
from shared.domain.comments.receiving import BY_ONE
from shared.domain.site import load_site, save_site
from shared.runtime import Runtime
from tests.cast import work_of
from tests.whole.asking import Visitor

POST = "/page/changed/"
PROXY = "10.0.0.1"


@pytest.fixture
def behind(filled: Runtime) -> Iterator[Visitor]:
    """A visitor whose requests come through a proxy that is believed."""
    with filled.database.writing() as session:
        site = replace(load_site(session), comments_moderation="none")
        save_site(site, work=work_of(session))
        session.commit()
    trusted = (ipaddress.ip_network("10.0.0.0/8"),)
    runtime = Runtime(replace(filled.settings, trusted_proxies=trusted), filled.clock)
    yield Visitor(compose(runtime))
    runtime.database.close()


def send(visitor: Visitor, client: str, body: str, prefix: str = "") -> TestResponse:
    """Fill in the form of the page and send it, from an address of the proxy's telling."""
    told = {"X-Forwarded-For": client, "X-Forwarded-Prefix": prefix}
    via = {"environ_base": {"REMOTE_ADDR": PROXY}, "headers": told}
    page = visitor.get(POST, **via).text
    found = re.search(r'action="(\S*/comments/\d+/)">\s*<input [^>]*value="(\w+)"', page)
    assert found, page
    via["headers"] = told | {"Origin": "http://localhost"}
    form = {"token": found[2], "name": "Wu", "body": body, "subject": ""}
    return visitor.post(found[1].removeprefix(prefix), data=form, **via)


def test_limits_are_those_of_the_visitor_not_of_the_proxy(behind: Visitor) -> None:
    clients = ["203.0.113.7"] * BY_ONE.requests + ["203.0.113.8", "203.0.113.7"]
    statuses = [
        send(behind, client, f"No. {number}").status_code for number, client in enumerate(clients)
    ]
    assert statuses == [303] * (BY_ONE.requests + 1) + [429]


def test_one_network_of_ipv6_is_one_visitor(behind: Visitor) -> None:
    for number in range(BY_ONE.requests):
        assert send(behind, f"2001:db8::{number + 1}", f"No. {number}").status_code == 303
    assert send(behind, "2001:db8::ffff", "One more").status_code == 429
    assert send(behind, "2001:db8:0:1::1", "Of a neighbour").status_code == 303


def test_comment_is_on_the_page_that_everyone_is_given(behind: Visitor) -> None:
    before = behind.get(POST)
    answer = send(behind, "203.0.113.7", "Fresh *words*.", prefix="/blog")
    assert answer.headers["Location"].startswith(f"/blog{POST}#comment-")
    after = behind.get(POST)
    assert "Fresh <em>words</em>." not in before.text
    assert "Fresh <em>words</em>." in after.text
    assert behind.get(POST).headers["ETag"] == after.headers["ETag"]
    assert behind.sent[POST] == ""


def test_too_large_a_form_is_refused_before_it_is_read(behind: Visitor) -> None:
    answer = send(behind, "203.0.113.7", "http://a.org " * 10_000)
    assert answer.status_code == 413
