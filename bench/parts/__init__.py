"""The parts of the benchmark by name, in their order; the last ones change the content."""

from collections.abc import Callable, Mapping
from typing import Final

from bench.context import Bench
from bench.parts import bulkheads, console, fresh, process, publish, rendered, stored, zipf
from bench.report import Section

PARTS: Final[Mapping[str, Callable[[Bench], Section]]] = {
    "process": process.measure,
    "rendered": rendered.measure,
    "console": console.measure,
    "stored": stored.measure,
    "fresh": fresh.measure,
    "bulkheads": bulkheads.measure,
    "publish": publish.measure,
    "zipf": zipf.measure,
}
