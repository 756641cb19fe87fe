import threading
from datetime import timedelta

import pytest

from tests.cast import NOON
from tests.frontend.pagestore.pages import TEXT, ask, make_page

LATER = NOON + timedelta(seconds=1)
DATE = "Sun, 01 Mar 2026 12:00:00 GMT"


def test_page_has_no_date_in_its_first_second():
    page = make_page(made_at=NOON + timedelta(milliseconds=700))
    first = ask(page, NOON + timedelta(milliseconds=999))[1]
    assert "Last-Modified" not in first
    assert ask(page, LATER)[1]["Last-Modified"] == DATE


def test_date_that_was_given_is_answered_with_304():
    page = make_page()
    status, headers, body = ask(page, LATER, HTTP_IF_MODIFIED_SINCE=DATE)
    assert (status, body, headers["Last-Modified"]) == ("304 Not Modified", b"", DATE)


@pytest.mark.parametrize(
    "date",
    ["Sun, 01 Mar 2026 12:00:01 GMT", "Sun, 01 Mar 2026 11:59:59 GMT", "yesterday", ""],
)
def test_any_other_date_is_answered_with_the_page(date):
    assert ask(make_page(), LATER, HTTP_IF_MODIFIED_SINCE=date)[0] == "200 OK"


def test_date_in_the_first_second_is_not_believed():
    assert ask(make_page(), NOON, HTTP_IF_MODIFIED_SINCE=DATE)[0] == "200 OK"


def test_tag_comes_before_the_date():
    known = {"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": DATE}
    assert ask(make_page(), LATER, **known)[0] == "200 OK"


def test_missing_page_has_no_date():
    assert "Last-Modified" not in ask(make_page(status="404 Not Found"), LATER)[1]


@pytest.mark.parametrize(
    ("location", "query", "sent"),
    [
        ("/new/", "", "/new/"),
        ("/new/", "utm=x", "/new/?utm=x"),
        ("/new/?a=1", "b=2", "/new/?a=1&b=2"),
        ("/new/#part", "b=2", "/new/?b=2#part"),
        ("/new/?a=1#part", "b=2", "/new/?a=1&b=2#part"),
        ("https://example.net/", "q=è".encode().decode("latin-1"), "https://example.net/?q=%C3%A8"),
        ("/new/", 'x=<"> y', "/new/?x=%3C%22%3E%20y"),
    ],
)
def test_redirect_keeps_the_query_of_who_asks(location, query, sent):
    page = make_page(status="308 Permanent Redirect", headers=(("Location", location),), body=b"")
    status, headers, body = ask(page, NOON, QUERY_STRING=query)
    assert (status, headers["Location"], body) == ("308 Permanent Redirect", sent, b"")
    assert headers["Content-Length"] == "0"


def test_stale_page_says_so_and_how_old_it_is():
    status, headers, body = ask(make_page(), NOON + timedelta(minutes=5), stale=True)
    assert (status, headers["Age"], body) == ("200 OK", "300", TEXT)
    assert headers["Warning"] == '110 - "Response is Stale"'


def test_stale_page_is_confirmed_by_its_tag():
    tag = ask(make_page(), NOON)[1]["ETag"]
    status, headers, _ = ask(make_page(), LATER, stale=True, HTTP_IF_NONE_MATCH=tag)
    assert (status, headers["Age"]) == ("304 Not Modified", "1")


def test_stale_redirect_says_so_too():
    page = make_page(status="301 Moved Permanently", headers=(("Location", "/new/"),), body=b"")
    _, headers, _ = ask(page, NOON + timedelta(seconds=9), stale=True)
    assert (headers["Location"], headers["Age"]) == ("/new/", "9")


def test_page_gets_one_date_however_many_ask_at_once():
    page = make_page()
    threads = [threading.Thread(target=ask, args=(page, LATER)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = []
    page.answer({"REQUEST_METHOD": "GET"}, lambda *head: sent.append(head), lambda: LATER)
    assert [name for name, _ in sent[0][1]].count("Last-Modified") == 1


def test_clock_that_was_set_back_makes_no_negative_age():
    assert ask(make_page(), NOON - timedelta(hours=1), stale=True)[1]["Age"] == "0"


def test_size_counts_bytes_and_keys():
    few, many = make_page("a"), make_page(*(f"post:{n}" for n in range(100)))
    assert few.size > len(TEXT)
    assert many.size - few.size > 99 * 150


def test_size_counts_keys_of_any_length():
    """The key of a page that is not there has its address, which anyone can make up."""
    short, long = make_page("at:page/a"), make_page("at:page/" + "الله" * 10_000)
    assert long.size - short.size > 2 * 40_000 + len(("الله" * 10_000).encode())
