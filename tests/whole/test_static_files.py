"""Every static file of the three apps, as a visitor gets it through gate and dispatcher."""

import gzip
import importlib
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from werkzeug.test import Client

from dispatcher import Triptych, compose
from scripts.compress_statics import main
from shared.runtime import Runtime
from shared.urls import MOUNTS
from shared.web import statics
from shared.web.headers import security_headers
from shared.web.statics import Statics

ROOT = Path(__file__).parents[2]
RESTORE = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compressed forms as `make install` makes them."""
    folder = tmp_path_factory.mktemp("forms") / "static"
    assert main(ROOT, folder) == 0
    return folder


@pytest.fixture(params=["installed", "by hand"])
def whole(
    runtime: Runtime, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Triptych:
    """What gunicorn serves, with compressed forms or without."""
    made = request.getfixturevalue("forms") if request.param == "installed" else Path("/nowhere")
    monkeypatch.setattr(statics.Statics.__init__, "__defaults__", ((), made))
    return compose(runtime)


def files_of(app: str) -> dict[str, Path]:
    folder = ROOT / app / "static"
    return {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("app", MOUNTS)
def test_every_file_is_the_same_in_every_coding(whole: Triptych, app: str) -> None:
    client, names = Client(whole), Statics(ROOT / app / "static")
    seen = set()
    for name, path in files_of(app).items():
        for known in (name, names.hashed(name)):
            for accept in RESTORE:
                answer = client.get(
                    f"{MOUNTS[app]}/static/{known}",
                    headers={"Accept-Encoding": accept},
                    buffered=True,
                )
                coding = answer.headers.get("Content-Encoding", "")
                assert (answer.status_code, coding in {"", accept}) == (200, True), known
                assert RESTORE[coding](answer.data) == path.read_bytes(), known
                assert answer.headers["Content-Length"] == str(len(answer.data))
                assert ("immutable" in answer.headers["Cache-Control"]) is (known != name)
                seen.add(coding)
    assert seen == set(RESTORE)


def test_large_files_come_compressed_once_they_are_installed(
    runtime: Runtime, forms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statics.Statics.__init__, "__defaults__", ((), forms))
    answer = Client(compose(runtime)).get(
        "/api/static/vendor/swagger-ui/swagger-ui-bundle.js",
        headers={"Accept-Encoding": "gzip, deflate, br"},
        buffered=True,
    )
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("br", "Accept-Encoding")
    assert len(answer.data) < 400_000


@pytest.mark.parametrize("app", MOUNTS)
def test_files_are_served_without_the_apps_routing(
    runtime: Runtime, app: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = importlib.import_module(app).create_app(runtime)
    monkeypatch.setattr(made, "request_context", lambda _: pytest.fail("a request context"))
    name = min(files_of(app))
    assert Client(made).get(f"/static/{name}", buffered=True).status_code == 200


@pytest.mark.parametrize("app", MOUNTS)
def test_answers_carry_the_security_headers_and_the_requests_id(whole: Triptych, app: str) -> None:
    name = min(name for name in files_of(app) if name.endswith(".css"))
    answer = Client(whole).get(
        f"{MOUNTS[app]}/static/{name}", headers={"X-Request-ID": "trace-static"}
    )
    assert answer.status_code == 200
    assert {header: answer.headers[header] for header, _ in security_headers()} == dict(
        security_headers()
    )
    assert answer.headers.getlist("X-Request-ID") == ["trace-static"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("app", MOUNTS)
def test_each_answer_is_one_line_of_its_app(
    whole: Triptych, app: str, caplog: pytest.LogCaptureFixture
) -> None:
    client, name = Client(whole), min(files_of(app))
    path = f"{MOUNTS[app]}/static/{name}"
    client.get(path, buffered=True)  # the app starts
    caplog.clear()
    with caplog.at_level("INFO", "triptych.access"):
        size = len(client.get(path, buffered=True).data)
        client.head(path)
        client.post(path)
    lines = [message.split()[:3] for message in caplog.messages if path in message]
    assert lines == [["GET", path, "200"], ["HEAD", path, "200"], ["POST", path, "405"]]
    assert caplog.messages[0].split()[3] == str(size)


@pytest.mark.parametrize("app", MOUNTS)
def test_an_app_alone_serves_its_own_files(runtime: Runtime, app: str) -> None:
    alone = Runtime(replace(runtime.settings, apps=(app,)), runtime.clock)
    client = Client(compose(alone))
    statuses = {
        name: client.get(f"{mount}/static/{min(files_of(name))}", buffered=True).status_code
        for name, mount in MOUNTS.items()
    }
    alone.database.close()
    assert statuses == {name: 200 if name == app else 404 for name in MOUNTS}
