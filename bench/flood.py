"""Clients in a process of their own that ask again and again until they are stopped.

`python -m bench.flood` reads a JSON object from standard input and works until that is closed;
then it prints how many answers and refusals it got, and the first other answer, if any.
"""

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Final

from bench.clients import LoadError
from bench.server import ROOT

PAUSE: Final = 0.1  # seconds after a refusal, a tenth of what it asks for
CHUNK: Final = 65_536
TIMEOUT: Final = 60.0


@dataclass(frozen=True)
class Flood:
    """What is asked, by how many clients at a time."""

    clients: int
    target: str
    method: str = "GET"
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Told:
    """How many were answered and refused."""

    answered: int = 0
    refused: int = 0


@contextmanager
def flooding(port: int, flood: Flood) -> Iterator[Told]:
    """Flood a server; what is given is filled in at the end. Raises LoadError."""
    told = Told()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.flood"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps({"port": port, **asdict(flood)}) + "\n")
    process.stdin.flush()
    try:
        yield told
    finally:
        said = process.communicate()[0]
    counts = json.loads(said)
    told.answered, told.refused = counts.pop("200", 0), counts.pop("503", 0)
    if counts:
        raise LoadError(f"{flood.target}: {counts} beside {told}")


class Flooding:
    """The clients, from inside."""

    def __init__(self, port: int, flood: Flood) -> None:
        self.port, self.flood = port, flood
        self.is_over = threading.Event()
        self.counts: Counter[str] = Counter()

    def ask(self) -> None:
        """Ask until it is over."""
        while not self.is_over.is_set():
            connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
            try:
                flood = self.flood
                connection.request(flood.method, flood.target, flood.body, dict(flood.headers))
                response = connection.getresponse()
                while response.read(CHUNK) and not self.is_over.is_set():
                    pass
                self.counts[str(response.status)] += 1
                if response.status != 200:
                    time.sleep(PAUSE)
            except (OSError, HTTPException) as error:
                self.counts[repr(error)] += 1
            finally:
                connection.close()


def main() -> None:
    """Flood until standard input ends."""
    given = json.loads(sys.stdin.readline())
    flooding = Flooding(given.pop("port"), Flood(**given))
    threads = [threading.Thread(target=flooding.ask) for _ in range(flooding.flood.clients)]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    flooding.is_over.set()
    for thread in threads:
        thread.join()
    print(json.dumps(flooding.counts))


if __name__ == "__main__":
    main()
