"""Names with hashes, and which requests are answered in front of an app."""

from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from shared.web.statics import StaticFiles, Statics

CSS, OLD_HASH = b"body{}", "0000000000"
HASH = "7c98040a54"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "static"
    (made / "css" / "v1.2").mkdir(parents=True)
    (made / "css" / "site.css").write_bytes(CSS)
    (made / "css" / "v1.2" / "LICENSE").write_bytes(CSS)
    (made / "门 1.js").write_bytes(b"1")
    (made / ".secret").write_bytes(b"no")
    (tmp_path / "outside.css").write_bytes(b"no")
    return made


def behind(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}".encode()]


def client(folder: Path, *, fresh: bool = False) -> Client:
    statics = Statics(folder, [("X-Frame-Options", "DENY")], folder.parent / "forms")
    return Client(StaticFiles(behind, statics, "/static/", name="api", fresh=fresh))


def told(answer: TestResponse) -> tuple[int, bytes, str | None]:
    return answer.status_code, answer.data, answer.headers.get("Cache-Control")


def test_a_name_with_the_hash_is_kept_for_good_and_any_other_is_asked_again(folder: Path) -> None:
    asking = client(folder)
    kept = asking.get(f"/static/css/site.{HASH}.css")
    assert told(kept) == (200, CSS, "public, max-age=31536000, immutable")
    assert kept.headers["X-Frame-Options"] == "DENY"
    for name in ("css/site.css", f"css/site.{OLD_HASH}.css"):
        assert told(asking.get(f"/static/{name}")) == (200, CSS, "no-cache")


def test_names_without_an_ending_and_in_chinese_have_hashes_too(folder: Path) -> None:
    statics, asking = Statics(folder), client(folder)
    names = ("css/v1.2/LICENSE", "门 1.js")
    hashed = [statics.hashed(name) for name in names]
    assert hashed == [f"css/v1.2/LICENSE.{HASH}", "门 1.6b86b273ff.js"]
    for name, known in zip(names, hashed, strict=True):
        plain, kept = asking.get(f"/static/{name}"), asking.get(f"/static/{known}")
        assert (plain.data, "immutable" in kept.headers["Cache-Control"]) == (kept.data, True)


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/css",
        "/static/css/",
        "/static/none.css",
        "/static/.secret",
        "/static/../outside.css",
        "/static/css/../../outside.css",
        "/static/css/../css/site.css",
        "/static//css/site.css",
        "/static/css\\site.css",
        "/static/css/site.css/",
        "/static/css/site.css\0",
        f"/static/css/site.{HASH[:9]}.css",
        f"/static/css/site.{HASH.upper()}.css",
        f"/static/none.{HASH}.css",
        "/staticcss/site.css",
        "/css/site.css",
        "/",
    ],
)
def test_what_is_not_in_the_list_goes_on_to_the_app(folder: Path, path: str) -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path}
    answer = client(folder).open("/", environ_overrides=environ)
    assert (answer.status_code, answer.data) == (404, f"GET {path}".encode())


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "get"])
def test_other_methods_go_on_to_the_app(folder: Path, method: str) -> None:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": "/static/css/site.css"}
    answer = client(folder).open("/", environ_overrides=environ)
    assert answer.data == f"{method} /static/css/site.css".encode()


def test_bytes_that_are_no_text_go_on_to_the_app(folder: Path) -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/static/\xff.css"}
    assert client(folder).open("/", environ_overrides=environ).status_code == 404


def test_a_large_file_that_is_gone_goes_on_to_the_app(folder: Path) -> None:
    (folder / "large.js").write_bytes(bytes(100_000))
    asking = client(folder)
    assert len(asking.get("/static/large.js", buffered=True).data) == 100_000
    (folder / "large.js").unlink()
    assert asking.get("/static/large.js").status_code == 404


def test_while_serving_a_change_and_a_new_file_are_not_seen(folder: Path) -> None:
    asking = client(folder)
    asking.get("/static/css/site.css")
    (folder / "css" / "site.css").write_bytes(b"changed")
    (folder / "new.css").write_bytes(b"new")
    assert told(asking.get(f"/static/css/site.{HASH}.css"))[1] == CSS
    assert asking.get("/static/new.css").status_code == 404
    assert client(folder).get(f"/static/css/site.{HASH}.css").data == b"changed"


def test_while_developing_every_change_is_seen_and_nothing_is_kept(folder: Path) -> None:
    asking = client(folder, fresh=True)
    assert told(asking.get(f"/static/css/site.{HASH}.css")) == (200, CSS, "no-cache")
    (folder / "css" / "site.css").write_bytes(b"changed")
    (folder / "new.css").write_bytes(b"new")
    assert told(asking.get("/static/css/site.css")) == (200, b"changed", "no-cache")
    assert told(asking.get("/static/new.css")) == (200, b"new", "no-cache")


def test_a_plain_name_that_looks_like_a_hashed_one_is_itself(folder: Path) -> None:
    (folder / "css" / f"site.{HASH}.css").write_bytes(b"mine")
    assert told(client(folder).get(f"/static/css/site.{HASH}.css")) == (200, b"mine", "no-cache")
