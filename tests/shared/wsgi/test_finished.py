import brotli
import pytest

from shared.wsgi.codings import compressed
from shared.wsgi.finished import Finished, joined

TEXT = b"<p>The same words again and again.</p>" * 60
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-cache"),
    ("Content-Length", "7"),
    ("ETag", '"old"'),
]


def make(status: str = "200 OK", body: bytes = TEXT) -> Finished:
    return Finished(status, HEADERS, compressed(body, "text/html"))


def ask(finished: Finished, method: str = "GET", *, is_known: bool = False, more=(), **headers):
    sent = []
    environ = {"REQUEST_METHOD": method} | {f"HTTP_{name}": text for name, text in headers.items()}
    code, body = finished.send(
        environ, lambda *head: sent.append(head), is_known=is_known, more=more
    )
    [(status, items)] = sent
    assert int(status[:3]) == code
    return status, dict(items), b"".join(body)


def test_plain_form_has_length_and_tag_of_its_own():
    status, headers, body = ask(make())
    assert (status, body, headers["Content-Length"]) == ("200 OK", TEXT, str(len(TEXT)))
    assert headers["ETag"] != '"old"'
    assert headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in headers


def test_each_form_has_its_own_strong_tag():
    tags = [ask(make(), ACCEPT_ENCODING=name)[1]["ETag"] for name in ("", "gzip", "br")]
    assert len(set(tags)) == 3
    assert all(tag.startswith('"') for tag in tags)


def test_compressed_form_says_so():
    status, headers, body = ask(make(), ACCEPT_ENCODING="br")
    assert (status, headers["Content-Encoding"]) == ("200 OK", "br")
    assert brotli.decompress(body) == TEXT
    assert headers["Content-Length"] == str(len(body))


def test_head_tells_the_length_without_the_body():
    _, headers, body = ask(make(), "HEAD", ACCEPT_ENCODING="gzip")
    _, same, _ = ask(make(), ACCEPT_ENCODING="gzip")
    assert (headers, body) == (same, b"")


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other",W/{} ', "*"])
def test_known_tag_is_answered_with_304(form):
    tag = ask(make())[1]["ETag"]
    status, headers, body = ask(make(), IF_NONE_MATCH=form.format(tag))
    assert (status, body) == ("304 Not Modified", b"")
    assert headers == {"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept-Encoding"}


def test_tag_of_another_form_is_not_known():
    tag = ask(make())[1]["ETag"]
    assert ask(make(), IF_NONE_MATCH=tag, ACCEPT_ENCODING="br")[0] == "200 OK"


def test_other_condition_counts_only_without_tags():
    assert ask(make(), is_known=True)[0] == "304 Not Modified"
    assert ask(make(), is_known=True, IF_NONE_MATCH='"other"')[0] == "200 OK"


def test_trouble_has_no_tag_and_is_never_304():
    status, headers, body = ask(make("404 Not Found"), is_known=True, IF_NONE_MATCH="*")
    assert (status, body) == ("404 Not Found", TEXT)
    assert "ETag" not in headers


def test_added_header_is_in_the_304_where_it_belongs():
    page = make()
    page.add("Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT")
    page.add("X-Note", "whole answers only")
    assert "X-Note" in ask(page)[1]
    assert list(ask(page, is_known=True)[1]) == ["Cache-Control", "Vary", "ETag", "Last-Modified"]


def test_further_headers_are_of_one_answer():
    page = make()
    more = [("Age", "7")]
    assert ask(page, more=more)[1]["Age"] == "7"
    assert ask(page, is_known=True, more=more)[1]["Age"] == "7"
    assert "Age" not in ask(page)[1]


def test_size_counts_all_forms():
    forms = compressed(TEXT, "text/html")
    assert make().size > sum(map(len, forms.values())) > len(TEXT)


def test_joining_closes_the_body():
    class Body(list):
        closed = False

        def close(self):
            self.closed = True

    body = Body([b"a", b"b"])
    assert (joined(body), body.closed) == (b"ab", True)
