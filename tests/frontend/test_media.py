from functools import partial

import pytest

from frontend.media_files import disposition
from frontend.media_types import SANDBOX, is_hashed, type_of
from shared.web.headers import security_headers

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


PATH = "/media/2026/门.png"
TOTAL = len(PICTURE)


def ask(client, method="GET", path=PATH, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(path, method=method, headers=named)


def test_a_download_goes_on_where_it_broke_off(client, folder):
    first = ask(client, Range="bytes=0-99")
    assert (first.status_code, first.headers["Content-Range"]) == (206, f"bytes 0-99/{TOTAL}")
    for state in (first.headers["ETag"], first.headers["Last-Modified"]):
        rest = ask(client, Range="bytes=100-", If_Range=state)
        assert (rest.status_code, first.data + rest.data) == (206, PICTURE)
        assert rest.headers["Content-Length"] == str(TOTAL - 100)
    (folder / "2026" / "门.png").write_bytes(PICTURE[::-1])
    anew = ask(client, Range="bytes=100-", If_Range=first.headers["ETag"])
    assert (anew.status_code, anew.data) == (200, PICTURE[::-1])
    assert "Content-Range" not in anew.headers


def test_several_ranges_are_answered_with_the_whole(client, folder):
    answer = ask(client, Range="bytes=0-1,5-6")
    assert (answer.status_code, answer.data) == (200, PICTURE)


def test_a_range_out_of_reach_is_told_the_length_and_kept_by_nobody(client, folder):
    answer = ask(client, path="/media/photo.0123456789ab.jpg", Range="bytes=99999-")
    assert (answer.status_code, answer.data) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{TOTAL}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == SANDBOX


def test_conditions_are_judged_before_ranges(client, folder):
    answer = ask(client)
    tag, date = answer.headers["ETag"], answer.headers["Last-Modified"]
    known = ask(client, If_None_Match=f'W/"x", {tag}', Range="bytes=0-1")
    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", tag)
    assert ask(client, If_Modified_Since=date).status_code == 304
    assert ask(client, If_Modified_Since=date, If_None_Match='"x"').status_code == 200
    assert ask(client, If_Match='"x"', Range="bytes=0-1").status_code == 412
    assert ask(client, If_Unmodified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status_code == 412


def test_an_empty_file_is_sent_whole(client, folder):
    (folder / "empty.txt").touch()
    answer = ask(client, path="/media/empty.txt", Range="bytes=0-")
    assert (answer.status_code, answer.headers["Content-Length"], answer.data) == (200, "0", b"")


def test_a_picture_carries_the_sites_headers_and_may_be_shown_elsewhere(client, folder):
    answer = ask(client)
    usual = dict(security_headers()) | {"Content-Security-Policy": SANDBOX}
    assert {name: answer.headers.getlist(name) for name in usual} == {
        name: [value] for name, value in usual.items()
    }
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_other_methods_are_answered_by_the_site(client, folder):
    options, post = ask(client, "OPTIONS"), ask(client, "POST")
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert (post.status_code, post.mimetype) == (405, "text/html")
    assert set(post.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_file_is_sent_without_the_sites_routing_and_one_that_is_missing_has_its_page(
    app, client, folder, monkeypatch
):
    missing = ask(client, path="/media/none.png")
    assert "<title>" in missing.text
    monkeypatch.setattr(app, "request_context", lambda _: pytest.fail("a request context"))
    assert ask(client).data == PICTURE


def test_each_answer_is_one_line(client, folder, caplog):
    with caplog.at_level("INFO", "triptych.access"):
        ask(client)
        ask(client, "HEAD")
        ask(client, Range="bytes=0-9")
        ask(client, path="/media/none.png")
    assert [tuple(message.split()[2:4]) for message in caplog.messages[:3]] == [
        ("200", str(TOTAL)),
        ("200", "0"),
        ("206", "10"),
    ]
    assert [message.split()[2] for message in caplog.messages[3:]] == ["404"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a b.pdf", 'filename="a b.pdf"'),
        ("门.png", "filename=\"file.png\"; filename*=UTF-8''%E9%97%A8.png"),
        ("café 1.zip", "filename=\"cafe 1.zip\"; filename*=UTF-8''caf%C3%A9%201.zip"),
        ('a"b.zip', "filename=\"a'b.zip\"; filename*=UTF-8''a%22b.zip"),
        ("a\\b.zip", "filename=\"a_b.zip\"; filename*=UTF-8''a%5Cb.zip"),
        (
            "a\r\nX-Evil: 1.zip",
            "filename=\"aX-Evil: 1.zip\"; filename*=UTF-8''a%0D%0AX-Evil%3A%201.zip",
        ),
        ("x;filename=evil.exe", 'filename="x;filename=evil.exe"'),
    ],
)
def test_a_name_is_told_so_that_every_browser_reads_it(name, told):
    assert disposition(name, kept=True) == f"attachment; {told}"
    assert disposition(name, kept=False) == f"inline; {told}"


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
