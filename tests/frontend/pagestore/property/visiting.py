"""Rules: visitors who ask in every way there is."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.frontend.pagestore.property.addresses import ADDRESSES
from tests.frontend.pagestore.property.asking import ask
from tests.frontend.pagestore.property.world import World, expected

ODD = st.sampled_from(
    [
        *("utm=1", "page=1", "page=2&page=3", "page=0", "page=x", "page=", "page=%32", "Page=2"),
        *("q=", "q=quiet", "q=%E5%AE%9E%E4%B9%A0", "q=%FF", "q=++quiet++word", "x=1&page=2"),
    ]
)
PATHS = st.sampled_from(sorted({address.partition("?")[0] for address in ADDRESSES}))
CODINGS = st.sampled_from(["", "gzip", "br", "gzip, br;q=0", "*"])


class Visiting:
    """Requests that must not leave a trace on others."""

    world: World

    @rule(path=PATHS, query=ODD, coding=CODINGS, method=st.sampled_from(["GET", "HEAD"]))
    def ask_oddly(self, path: str, query: str, coding: str, method: str) -> None:
        where = f"{path}?{query}"
        right: Any = ask(self.world.plain, where).told
        headers = {"Accept-Encoding": coding, "Cookie": "a=1", "Accept-Language": "de"}
        for store in self.world.stores:
            for _ in range(2):
                answer = ask(store, where, method, **headers)
                if method == "HEAD":
                    assert answer.sent == b""
                    whole = replace(answer, sent=ask(store, where, **headers).sent)
                    assert expected(whole, where) == right
                else:
                    assert expected(answer, where) == right

    @rule(where=st.sampled_from(ADDRESSES), coding=CODINGS, host=st.booleans())
    def ask_again(self, where: str, coding: str, *, host: bool) -> None:
        """Ask with the ETag of the answer before; it still names the same bytes."""
        headers = {"Accept-Encoding": coding, "Host": "127.0.0.1" if host else "localhost"}
        right: Any = ask(self.world.plain, where, Host=headers["Host"]).told
        for store in self.world.stores:
            first = ask(store, where, **headers)
            assert expected(first, where) == right
            if etag := first.header("etag"):
                again = ask(store, where, **headers, **{"If-None-Match": etag})
                assert (again.status, again.sent) == ("304 Not Modified", b"")
