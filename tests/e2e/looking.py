"""A close look at a page: wide and narrow, light and dark, and what axe-core finds in each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
WIDE, NARROW = 1280, 390
LOOKS = tuple((width, theme) for width in (WIDE, NARROW) for theme in ("light", "dark"))
GRAVE = {"serious", "critical"}
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, nodes }) => ({
    id, impact, where: nodes.slice(0, 3).map((node) => node.target.join(" ")),
    why: nodes[0].failureSummary,
  }));
}"""


@dataclass
class Album:
    """Pictures of the pages that a test visited, written down when they are wanted."""

    pictures: dict[str, bytes] = field(default_factory=dict, repr=False)

    def write(self, folder: Path = ARTEFACTS) -> None:
        """Write every picture as `<name>-<width>-<theme>.png`."""
        folder.mkdir(exist_ok=True)
        for name, picture in self.pictures.items():
            (folder / f"{name}.png").write_bytes(picture)


def look_at(page: Page, name: str, album: Album, *, known: set[str] = frozenset()) -> list[str]:
    """Picture a page in every look and return what is wrong with it.

    `known` names rules of axe-core that markup of somebody else's breaks.
    """
    page.evaluate(f"{AXE.read_text(encoding='utf-8')};0")
    wrong = []
    for width, theme in LOOKS:
        with seen_in(page, width, theme):
            look = f"{name}-{width}-{theme}"
            album.pictures[look] = page.screenshot(full_page=True, animations="disabled")
            wrong += [f"{look}: {words}" for words in _examine(page, known)]
    return wrong


@contextmanager
def seen_in(page: Page, width: int, theme: str) -> Iterator[None]:
    """Show the page in a width and a theme for a while."""
    before = page.viewport_size
    assert before is not None
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    yield
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(before)


def _examine(page: Page, known: set[str]) -> list[str]:
    found: list[dict[str, Any]] = page.evaluate(RUN)
    wrong = [
        f"{item['id']} ({item['impact']}) at {item['where']}: {item['why']}"
        for item in found
        if item["impact"] in GRAVE and item["id"] not in known
    ]
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wrong + ([f"{over} px wider than the screen"] if over > 0 else [])
