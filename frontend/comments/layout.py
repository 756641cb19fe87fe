"""The order of comments: threads of a few levels, oldest first, in pages that keep their places."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from frontend.comments.reading import Remark, Tree

DEEPEST: Final = 4  # levels that are shown; what is deeper names whom it answers
FULL: Final = 100  # comments after which no further thread begins on a page
MOST: Final = 200  # comments on a page, even if a thread goes on


@dataclass(frozen=True)
class Layout:
    """The numbers on each page in their order, what each stands below, and what each answers."""

    pages: tuple[tuple[int, ...], ...]
    above: Mapping[int, int | None]
    parents: Mapping[int, int | None]

    def page_of(self, number: int) -> int:
        """Return the page, counted from 1, that a comment is on; 0 when it is on none."""
        found = (place for place, page in enumerate(self.pages, start=1) if number in page)
        return next(found, 0)

    def wanted(self, page: int) -> set[int]:
        """Return the comments of a page and those that they answer."""
        shown = set(self.pages[page - 1])
        return shown | {parent for parent in map(self.parents.get, shown) if parent is not None}


@dataclass
class Node:
    """A comment where it is shown; `answers` names whom it answers where its place does not."""

    remark: Remark
    answers: Remark | None = None
    children: list["Node"] = field(default_factory=list)


def lay_out(tree: Tree) -> Layout:
    """Put comments in order; what answers a comment that is not shown begins a thread."""
    depths: dict[int, int] = {}
    above: dict[int, int | None] = {}
    parents: dict[int, int | None] = {}
    below: defaultdict[int | None, list[int]] = defaultdict(list)
    for number, parent in tree:
        known = parent if parent in depths else None
        depth = 1 if known is None else depths[known] + 1
        over = known if known is None or depth <= DEEPEST else above[known]
        depths[number], above[number], parents[number] = min(depth, DEEPEST), over, known
        below[over].append(number)
    return Layout(tuple(_pages(below)), above, parents)


def _pages(below: Mapping[int | None, Collection[int]]) -> Iterator[tuple[int, ...]]:
    page: list[int] = []
    for root in below.get(None, ()):
        for number in _walk(root, below):
            if len(page) >= (FULL if number == root else MOST):
                yield tuple(page)
                page = []
            page.append(number)
    if page:
        yield tuple(page)


def _walk(number: int, below: Mapping[int | None, Collection[int]]) -> Iterator[int]:
    yield number
    for child in below.get(number, ()):
        yield from _walk(child, below)


def build(layout: Layout, page: int, remarks: Mapping[int, Remark]) -> list[Node]:
    """Return the threads of a page."""
    roots: list[Node] = []
    nodes: dict[int, Node] = {}
    for number in layout.pages[page - 1]:
        if number not in remarks:  # taken down between two reads
            continue
        over = nodes.get(layout.above[number] or 0)
        parent = layout.parents[number]
        is_told = over is not None and over.remark.id == parent
        answers = None if is_told or parent is None else remarks.get(parent)
        nodes[number] = node = Node(remarks[number], answers)
        (over.children if over else roots).append(node)
    return roots
