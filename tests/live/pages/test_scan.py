"""A scan of made-up addresses, queries and headers: it fills nothing, and nobody else sees it."""

import json
import random
import string
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.live.pages.conftest import Site, serving
from tests.live.pages.outage import KEPT, warm
from tests.live.pages.wire import Answer, Wire, wait_until

pytestmark = pytest.mark.live

MEMORY = 2_000_000
SCANNERS = 4
ADDRESSES, QUERIES, FORGERIES = 2_000, 2_000, 500
FORGED = "forged"
LATER = ("/page/b/", "/archive/", "/list/", "/feed.json", "/sitemap.xml", "/page/nothing/")
HEADERS = (
    "Host: {}.example.org",
    "X-Forwarded-Host: {}.example.org",
    "X-Forwarded-Prefix: /{}",
    "X-Forwarded-Proto: {}",
    "X-Forwarded-For: 203.0.113.9, {}",
    "X-Forwarded-Port: 81{}",
    "Forwarded: host={}.example.org;proto=https",
    "X-Original-URL: /{}/",
    "X-Rewrite-URL: /{}/",
    "X-HTTP-Method-Override: {}",
    "X-Request-ID: {}-request",
    "Accept-Language: {}, zh;q=0.5",
    "Cookie: triptych-admin={}; session={}",
    "Authorization: Bearer {}",
    "Referer: https://{}.example.org/",
    "User-Agent: {}",
    "Origin: https://{}.example.org",
    "Range: bytes=0-1, {}",
)


def scan(site: Site, work: Callable[[Wire, int], Answer], count: int) -> list[Answer]:
    """Let several scanners do the work so many times together."""
    answers: list[Answer] = []

    def run(turns: Iterable[int]) -> None:
        with Wire(site.server.port) as wire:
            answers.extend(work(wire, turn) for turn in turns)

    threads = [
        threading.Thread(target=run, args=(range(first, count, SCANNERS),))
        for first in range(SCANNERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == count
    return answers


def word(turn: int) -> str:
    chance = random.Random(turn)  # noqa: S311 - any words will do
    return "".join(chance.choices(string.ascii_lowercase, k=12))


def unknown_address(wire: Wire, turn: int) -> Answer:
    made_up = word(turn)
    shapes = (f"/page/{made_up}/", f"/{made_up}/", f"/list/{made_up}/", f"/{made_up}.php")
    return wire.get(shapes[turn % len(shapes)])


def odd_query(wire: Wire, turn: int) -> Answer:
    made_up = word(turn)
    if turn % 20 == 0:
        return wire.get(f"/search/?q={made_up}&{made_up}=1")
    if turn % 20 == 1:
        return wire.get(f"/archive/?page={turn}")
    return wire.get(f"{KEPT[turn % len(KEPT)]}?{made_up}={turn}&page=1")


def forged_request(wire: Wire, turn: int) -> Answer:
    line = HEADERS[turn % len(HEADERS)].replace("{}", FORGED + word(turn))
    path = (*KEPT, *LATER)[turn // len(HEADERS) % (len(KEPT) + len(LATER))]
    if not line.startswith("Host"):
        return wire.get(path, line)
    with Wire(wire.port, host=line.removeprefix("Host: ")) as other:
        return other.get(path)


def resident(site: Site) -> int:
    """Return the bytes of memory that the worker takes."""
    main = site.server.process.pid
    (worker,) = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    status = Path(f"/proc/{worker}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024


def held(site: Site, count: int) -> dict[str, int]:
    """Return what the worker says that it holds, after so many answers."""
    told: dict[str, dict[str, int]] = {}

    def is_told() -> bool:
        for file in (site.instance / "pages").glob("counts-*.json"):
            told.update(json.loads(file.read_text()))
        return sum(told.get("ways", {}).values()) >= count

    wait_until(is_told, seconds=40)
    return told["memory"]


def test_a_scan_costs_no_memory_and_no_good_page(place):
    with serving(place, WORKERS=1, PAGES_MEMORY=MEMORY, LOG_LEVEL="INFO") as site:
        warm(site)
        before = {path: site.get(path).body for path in KEPT}
        scan(site, unknown_address, ADDRESSES // 4)  # what any use of a worker takes
        memory = resident(site)
        codes = {answer.status for answer in scan(site, unknown_address, ADDRESSES)}
        codes |= {answer.status for answer in scan(site, odd_query, QUERIES)}
        assert codes <= {200, 308, 404}, codes
        assert {path: site.get(path).body for path in KEPT} == before
        for path in KEPT:
            ways = site.ways(path, QUERIES // 5 + 3)
            assert (path, ways.count("made"), set(ways)) == (path, 1, {"made", "hit"})
        holding = held(site, ADDRESSES + QUERIES)
        assert (holding["limit"], holding["bytes"] <= MEMORY) == (MEMORY, True), holding
        assert resident(site) - memory < 16_000_000


def test_nothing_of_a_forged_header_is_in_any_answer(place):
    with serving(place, WORKERS=1, ALLOWED_HOSTS="other.example.org") as site:
        forged = scan(site, forged_request, FORGERIES)
        own = [answer for answer in forged if answer.status in {200, 404}]
        assert len(own) > FORGERIES // 2
        later = [site.ask(path) for path in (*KEPT, *LATER)]
        for answer in (*own, *later):
            told = json.dumps({**answer.headers, "x-request-id": ""}) + answer.text
            assert FORGED not in told
        assert {answer.status for answer in later[:-1]} == {200}
        with Wire(site.server.port, host="other.example.org") as other:
            assert "other.example.org" in other.get("/feed.xml").text
        assert "other.example.org" not in site.get("/feed.xml").text
