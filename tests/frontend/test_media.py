from functools import partial

import pytest

from frontend.media_types import SANDBOX, is_hashed, type_of

PICTURE = bytes(range(256)) * 4


@pytest.fixture
def folder(settings, runtime):
    media = settings.instance / "media"
    (media / "2026").mkdir(parents=True)
    (media / "2026" / "门.png").write_bytes(PICTURE)
    (media / "photo.0123456789ab.jpg").write_bytes(PICTURE)
    (media / "evil.html").write_text("<script>alert(1)</script>")
    (media / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (media / ".hidden.png").write_bytes(b"no")
    (settings.instance / "secret.txt").write_text("no")
    return media


@pytest.fixture
def client(client, monkeypatch):
    """A client that reads each answer to its end, so that no file stays open."""
    monkeypatch.setattr(client, "open", partial(client.open, buffered=True))
    return client


def test_show_sends_a_picture_in_a_sandbox(client, folder):
    answer = client.get("/media/2026/门.png")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", PICTURE)
    assert answer.headers["Content-Security-Policy"] == SANDBOX
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline;")


def test_show_sends_the_part_that_was_asked_for(client, folder):
    answer = client.get("/media/2026/门.png", headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.data) == (206, PICTURE[10:20])
    assert answer.headers["Content-Range"] == f"bytes 10-19/{len(PICTURE)}"
    beyond = client.get("/media/2026/门.png", headers={"Range": "bytes=99999-"})
    assert beyond.status_code == 416


def test_show_answers_head_and_conditions(client, folder):
    head = client.head("/media/2026/门.png")
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(PICTURE)))
    again = client.get("/media/2026/门.png", headers={"If-None-Match": head.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_only_names_with_a_hash_are_kept_for_good(client, folder):
    hashed, plain = client.get("/media/photo.0123456789ab.jpg"), client.get("/media/2026/门.png")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain.headers["Cache-Control"] == "no-cache"


def test_what_could_do_harm_is_only_bytes_to_keep(client, folder):
    answer = client.get("/media/evil.html")
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="evil.html"'
    drawing = client.get("/media/drawing.svg")
    assert (drawing.mimetype, drawing.headers["Content-Security-Policy"]) == (
        "image/svg+xml",
        SANDBOX,
    )


@pytest.mark.parametrize(
    "path",
    [
        "/media/none.png",
        "/media/.hidden.png",
        "/media/2026/",
        "/media/../secret.txt",
        "/media/%2e%2e/secret.txt",
        "/media/2026/../../secret.txt",
        "/media/..%2fsecret.txt",
        "/media/..\\secret.txt",
        "/media/2026",
    ],
)
def test_nothing_else_is_sent(client, folder, path):
    answer = client.get(path)
    assert (answer.status_code, answer.data == b"no") == (404, False)
    assert answer.mimetype == "text/html"


def test_a_link_out_of_the_folder_leads_nowhere(client, folder, settings):
    (folder / "link.txt").symlink_to(settings.instance / "secret.txt")
    assert client.get("/media/link.txt").status_code == 404


def test_types_are_told_by_an_allow_list():
    names = ("a.PNG", "a.tar.gz", "a.xhtml", "a", "a.pdf", "a.js")
    assert [type_of(name) for name in names] == [
        "image/png",
        "application/octet-stream",
        "application/octet-stream",
        "application/octet-stream",
        "application/pdf",
        "application/octet-stream",
    ]


def test_a_date_is_no_hash():
    names = ("a.0123456789ab.png", "a.20190108090746.png", "a.0123456789AB.png", "a.0a1b.png")
    assert [is_hashed(name) for name in names] == [True, False, False, False]
