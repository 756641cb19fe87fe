"""Following every link of a running platform, and writing down what is wrong."""

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit
from xml.etree.ElementTree import ParseError

import html5lib

from tests.whole.browser import Answer, Browser
from tests.whole.links import forms_in, links_in, scripted_in

VARIANTS = 4  # so many queries of one path are followed: lists can be sorted and cut in many ways
NEEDED = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")


@dataclass
class Crawl:
    """A walk over everything below `public + prefix`, which is asked at `browser.address`."""

    browser: Browser
    public: str
    prefix: str
    seen: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    posted: set[str] = field(default_factory=set)
    scripted: set[str] = field(default_factory=set)

    def walk(self, *paths: str) -> None:
        """Follow every link from some paths on, each address once."""
        queue = deque((f"{self.public}{self.prefix}{path}", "the start") for path in paths)
        variants: Counter[str] = Counter()
        while queue:
            address, source = queue.popleft()
            address = urldefrag(address)[0]
            if address in self.seen or not self._is_ours(address, source):
                continue
            self.seen[address] = source
            path, _, query = address.partition("?")
            variants[path] += bool(query)
            if variants[path] <= VARIANTS:
                queue.extend((link, address) for link in self.read(address, source))

    def read(self, address: str, source: str) -> list[str]:
        """Ask for an address, note what is wrong with the answer, and return its links."""
        raw = self.browser.ask(address.removeprefix(self.public))
        answer = Answer(address, raw.status, raw.headers, raw.body)
        self.answers[address] = answer
        if answer.status >= 400:
            self.broken.append(f"{answer.status} {address} from {source}")
        lacking = [name for name in NEEDED if name not in answer.headers]
        self.broken += [f"{address} lacks {name}" for name in lacking]
        try:
            for asked in scripted_in(answer):
                self.ask_as_a_script(asked, address)
            self.posted |= {form for form in forms_in(answer) if self._is_ours(form, address)}
            return list(links_in(answer))
        except (html5lib.html5parser.ParseError, ParseError, ValueError) as error:
            self.broken.append(f"{address} cannot be parsed: {error}")
            return []

    def ask_as_a_script(self, address: str, source: str) -> None:
        """Ask for what a page's scripts ask for: parts of pages, JSON, or what only takes POST."""
        is_root = address.rstrip("/") == f"{self.public}{self.prefix}"  # to begin addresses with
        if is_root or address in self.scripted or not self._is_ours(address, source):
            return
        self.scripted.add(address)
        answer = self.browser.ask(address.removeprefix(self.public))
        if answer.status == 405 and "POST" in answer.headers.get("Allow", ""):
            self.posted.add(address)
        elif answer.status >= 400:
            self.broken.append(f"{answer.status} {address} of a script of {source}")

    def _is_ours(self, address: str, source: str) -> bool:
        """Tell whether an address is below the prefix; one beside it is written down."""
        if f"{address}/".startswith(f"{self.public}{self.prefix}/"):
            return True
        hosts = {urlsplit(self.public).netloc, urlsplit(self.browser.address).netloc}
        name = urlsplit(address).netloc
        if name in hosts or name.startswith(("127.0.0.1", "localhost")):
            self.outside.append(f"{address} from {source}")
        return False
