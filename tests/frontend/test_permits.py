"""The editor's permit shows the same page as a link does, and that page alone may be framed."""

from dataclasses import replace

import pytest

from frontend import create_app
from shared.domain.posts.preview_links import offer_preview
from shared.domain.posts.preview_permits import PURPOSE, make_permit
from shared.runtime import Runtime
from tests.cast import Cast, make_post, work_of

FRAMING = ("Content-Security-Policy", "X-Frame-Options", "Cache-Control", "Set-Cookie")


@pytest.fixture
def opened(runtime, clock):
    """The paths of a permit and of a link to one draft."""
    with runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).ben, at=clock())
        post = make_post(work, title="Draft", slug="draft", body="Soon.", published=False)
        permit = make_permit(post, key=runtime.key(PURPOSE), work=work)
        token = offer_preview(post, 1, work=work)
        session.commit()
        return f"/preview/{permit}/", f"/preview/{token}/"


def framed_by(answer) -> tuple[str, str | None]:
    policy = dict(part.split(" ", 1) for part in answer.headers[FRAMING[0]].split("; "))
    return policy["frame-ancestors"], answer.headers.get(FRAMING[1])


def test_only_the_page_of_a_permit_may_be_framed(client, opened, clock) -> None:
    permit, link = opened
    answers = [client.get(path) for path in (permit, link, "/", f"{permit[:-3]}/")]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404]
    nobody = ("'none'", "DENY")
    assert [framed_by(answer) for answer in answers] == [("'self'", None), *[nobody] * 3]
    assert [answers[0].headers.get(name) for name in FRAMING[2:]] == ["no-store", None]
    clock.forward(minutes=5)
    ended = client.get(permit)
    assert (ended.status_code, framed_by(ended)) == (404, nobody)


def test_page_is_that_of_a_link_without_its_scripts(client, opened) -> None:
    permit, link = (client.get(path).get_data(as_text=True) for path in opened)
    assert "<script" not in permit
    assert "Soon." in permit
    lines = [line for line in link.splitlines() if "<script" not in line]
    assert [line for line in permit.splitlines() if line != '<base target="_blank">'] == lines


def test_console_on_a_host_of_its_own_may_frame_it(runtime, clock, opened) -> None:
    settings = replace(runtime.settings, admin_url="https://write.example.org/console")
    app = create_app(Runtime(settings, clock))
    answer = app.test_client().get(opened[0])
    assert framed_by(answer) == ("'self' https://write.example.org", None)
