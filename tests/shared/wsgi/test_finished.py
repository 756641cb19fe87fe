import random
import threading

import brotli
import pytest

from shared.wsgi.codings import compress, compressed
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


def lazy(status: str = "200 OK", body: bytes = TEXT) -> Finished:
    return Finished(status, HEADERS, {"": body}, is_lazy=True)


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_form_made_on_demand_is_the_one_made_beforehand(coding):
    assert ask(lazy(), ACCEPT_ENCODING=coding) == ask(make(), ACCEPT_ENCODING=coding)


def test_form_is_made_once_and_counted():
    page = lazy()
    before = page.size
    first = ask(page, ACCEPT_ENCODING="br")
    grown = page.size - before
    assert grown == len(first[2]) > 0
    assert ask(page, ACCEPT_ENCODING="br") == first
    assert page.size == before + grown


def test_form_made_on_demand_has_the_headers_that_were_added():
    page = lazy()
    page.add("Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT")
    _, headers, _ = ask(page, ACCEPT_ENCODING="br")
    assert headers["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"


def test_what_compressing_does_not_shorten_is_sent_plain():
    noise = random.Random(0).randbytes(2_000)  # noqa: S311 - bytes that nothing compresses
    page = lazy(body=noise)
    status, headers, body = ask(page, ACCEPT_ENCODING="br")
    assert (status, body, "Content-Encoding" in headers) == ("200 OK", noise, False)
    assert page.body("br") is None
    page.add("X-Note", "once")
    assert list(ask(page, ACCEPT_ENCODING="br")[1]).count("X-Note") == 1


def test_small_body_is_never_compressed():
    page = lazy(body=b"ok")
    assert ask(page, ACCEPT_ENCODING="br")[2] == b"ok"
    assert "Vary" not in ask(page)[1]


def test_one_form_is_made_however_many_ask_at_once(monkeypatch):
    made = []

    def slowly(body, coding):
        made.append(coding)
        return compress(body, coding)

    monkeypatch.setattr("shared.wsgi.finished.compress", slowly)
    page = lazy()
    threads = [
        threading.Thread(target=ask, args=(page,), kwargs={"ACCEPT_ENCODING": "br"})
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["br"]
