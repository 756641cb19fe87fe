"""What a running platform writes into its log: a line a request, and never a secret."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.e2e.account import EMAIL, PASSWORD
from tests.serving import Site, serving
from tests.whole.browser import Answer, Browser

pytestmark = pytest.mark.live

LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z - triptych\.access - INFO - "
    r"\[(?P<app>\S+) \S+\] (?P<what>[A-Z]+ \S+ \d{3}) \d+ [\d.]+ (?P<who>\S+)(?: [a-z]+)?"
)
SECRET = "c4n4ry-of-a-client-5f0e7a"
WRONG = "c4n4ry-typed-by-mistake"
SEARCHED = "c4n4ryinaquery"


@dataclass
class Story:
    """What was done on a site, and every secret that took part in it."""

    site: Site
    printed: str
    logged: str
    client: str
    secrets: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A site that is set up, signed in to, and written to by a client, with its log after it."""
    folder = tmp_path_factory.mktemp("logs")
    secrets = {"password": PASSWORD, "wrong password": WRONG, "client's secret": SECRET}
    with serving(folder, WORKERS="1", LOG_LEVEL="DEBUG") as site:
        secrets["set-up token"] = site.setup.rstrip("/").rpartition("/")[2]
        use_console(site, secrets)
        client = use_api(site, secrets)
        for path in ("/", f"/search/?q={SEARCHED}", "/nowhere/", "/healthz", "/a//b"):
            Browser(site.address).ask(path, X_Request_ID="trace-site")
    printed = (folder / "printed").read_text() + (folder / "console").read_text()
    return Story(site, printed, read_logs(site.instance), client, secrets)


def use_console(site: Site, secrets: dict[str, str]) -> None:
    owner = Browser(site.address)
    owner.become_owner(site.setup)
    note_cookies(owner, "set-up", secrets)
    owner.ask(site.setup)
    other = Browser(site.address)
    assert other.sign_in(WRONG).status == 422
    assert other.sign_in().status == 303
    note_cookies(other, "sign-in", secrets)
    other.ask("/admin/page/", X_Request_ID="trace-console")
    secrets["form token"] = re.search(r'csrf_token" value="([^"]+)', other.ask("/admin/").text)[1]


def note_cookies(browser: Browser, name: str, secrets: dict[str, str]) -> None:
    (cookie,) = browser.jar
    assert cookie.value is not None
    secrets[f"cookie of {name}"] = cookie.value


def use_api(site: Site, secrets: dict[str, str]) -> str:
    """Register a client, approve it and let it write; return its id."""
    program = Browser(site.address)
    wished = {"name": "Program", "type": "service", "secret": SECRET}
    made = json.loads(post(program, "/api/v1/client/register", wished).body)
    known = {
        "grant_type": "client_credentials",
        "client_id": made["client_id"],
        "client_secret": SECRET,
    }
    assert post(program, "/api/v1/client/token", known).status == 401
    owner = Browser(site.address)
    owner.sign_in()
    assert owner.send("/admin/clients/edit/1/", scopes="posts:write").status == 303
    token = json.loads(post(program, "/api/v1/client/token", known).body)["access_token"]
    secrets["bearer token"] = token
    bearer = {"Authorization": f"Bearer {token}", "X_Request_ID": "trace-program"}
    assert post(program, "/api/v1/posts", {"title": "Logged"}, **bearer).status == 201
    assert post(program, "/api/v1/posts", {"token": SECRET}, **bearer).status == 422
    program.ask("/api/v1/users/me", Authorization="Bearer c4n4ry-unknown")
    return str(made["client_id"])


def post(browser: Browser, path: str, body: dict[str, str], **headers: str) -> Answer:
    data = json.dumps(body).encode()
    return browser.ask(path, body=data, Content_Type="application/json", **headers)


def read_logs(instance: Path) -> str:
    return "".join(path.read_text() for path in sorted((instance / "logs").iterdir()))


def requests_of(story: Story, request_id: str) -> list[str]:
    found = [LINE.fullmatch(line) for line in story.logged.splitlines() if request_id in line]
    return [f"{line['app']} {line['what']} {line['who']}" for line in found if line]


def test_a_request_to_each_app_is_one_line_with_its_app_and_id(story: Story) -> None:
    assert requests_of(story, "trace-site") == [
        "frontend GET / 200 -",
        "frontend GET /search/ 200 -",
        "frontend GET /nowhere/ 404 -",
        "server GET /healthz 200 127.0.0.1",
        "server GET /a//b 400 127.0.0.1",
    ]
    assert requests_of(story, "trace-console") == ["admin GET /admin/page/ 200 user:1"]
    assert requests_of(story, "trace-program") == [
        f"api POST /api/v1/posts 201 client:{story.client}",
        f"api POST /api/v1/posts 422 client:{story.client}",
    ]


def test_no_secret_is_in_any_line(story: Story) -> None:
    assert len(story.secrets) == 8
    shown = {name for name, secret in story.secrets.items() if secret in story.logged}
    assert shown == set()
    assert ("c4n4ry" in story.logged, SEARCHED in story.logged) == (False, False)
    assert EMAIL not in story.logged


def test_console_shows_the_set_up_link_once_and_no_other_secret(story: Story) -> None:
    assert story.printed.count(story.secrets["set-up token"]) == 1
    others = {name: secret for name, secret in story.secrets.items() if name != "set-up token"}
    assert {name for name, secret in others.items() if secret in story.printed} == set()


def test_every_line_is_in_the_one_format(story: Story) -> None:
    head = re.compile(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z - \S+ - (DEBUG|INFO|WARNING|ERROR) - \[\S+ \S+\] ."
    )
    odd = [line for line in story.logged.splitlines() if not head.match(line)]
    assert [line for line in odd if not line.startswith("    | ")] == []
    assert " - ERROR - " not in story.logged
