"""What is measured: the address, what must be true of the answer, and how fast it should be."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from bench import checks
from bench.content import ALL_TAGS, Entry, Plan
from bench.lexicon import RARE_CHINESE, RARE_ENGLISH
from bench.visitor import Answer
from shared.content.slugs import slugify
from shared.urls import path_to

# Milliseconds of processor time a request, without the page store.
PAGE: Final = 2.5
API_LIST: Final = 1.5
CONSOLE: Final = 4.0
SEARCH: Final = 30.0
QUERIES: Final = 8


@dataclass(frozen=True)
class Route:
    """One address; `budget` is its target in milliseconds of processor time, if it has one."""

    name: str
    target: str
    check: Callable[[Answer], None]
    budget: float | None
    is_console: bool = False


def make_routes(plan: Plan) -> list[Route]:
    """Return everything that is measured, in the order of the table."""
    return _site(plan) + _searches(plan) + _api(plan) + _console(plan)


def typical(plan: Plan) -> Entry:
    """Return the post whose text is of middling length among the newest hundred."""
    newest = sorted(plan.public[:100], key=lambda entry: len(entry.body.source))
    return newest[len(newest) // 2]


def _site(plan: Plan) -> list[Route]:
    entry, tag = typical(plan), ALL_TAGS[0]
    tagged = [one for one in plan.public if tag in one.tags]
    post = path_to("frontend", "posts.show", slug=slugify(entry.title))
    listed = path_to("frontend", "tags.show", slug=slugify(tag))
    home = path_to("frontend", "posts.index")
    return [
        Route("front page", home, partial(checks.check_list, expected=plan.public), PAGE),
        Route("a post", post, partial(checks.check_post, entry=entry), PAGE),
        Route("tag on half of all", listed, partial(checks.check_list, expected=tagged), PAGE),
    ]


def _searches(plan: Plan) -> list[Route]:
    words = {
        "search, English": RARE_ENGLISH[len(RARE_ENGLISH) // 2],
        "search, Chinese": RARE_CHINESE[len(RARE_CHINESE) // 2],
        "search, word of half": ALL_TAGS[0],
    }
    return [_search(plan, name, word) for name, word in words.items()]


def _search(plan: Plan, name: str, word: str) -> Route:
    holding = [entry for entry in plan.public if entry.holds(word)]
    target = path_to("frontend", "search.index", query={"q": word})
    return Route(name, target, partial(checks.check_search, expected=holding), SEARCH)


def _api(plan: Plan) -> list[Route]:
    entry = typical(plan)
    listed = path_to("api", "posts.index", query={"limit": checks.API_PAGE})
    shown = path_to("api", "posts.show", id=entry.number)
    return [
        Route(
            "API list of ten",
            listed,
            partial(checks.check_api_list, expected=plan.public),
            API_LIST,
        ),
        Route("API item", shown, partial(checks.check_api_item, entry=entry), None),
    ]


def _console(plan: Plan) -> list[Route]:
    entry = typical(plan)
    listed, edit = path_to("admin", "page.index"), path_to("admin", "page.edit", id=entry.number)
    list_check = partial(checks.check_console_list, entries=plan.entries)
    form_check = partial(checks.check_console_form, entry=entry)
    return [
        Route("console list", listed, list_check, CONSOLE, is_console=True),
        Route("console edit form", edit, form_check, CONSOLE, is_console=True),
    ]
