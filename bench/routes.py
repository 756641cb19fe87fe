"""What is measured: the address, what must be true of the answer, and how fast it should be."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from bench import checks
from bench.checks import WrongAnswerError
from bench.content import ALL_TAGS, CATEGORIES, Entry, Plan
from bench.lexicon import RARE_CHINESE, RARE_ENGLISH
from bench.targets import Target
from bench.visitor import Answer, Visitor
from shared.content.slugs import slugify
from shared.urls import MOUNTS, path_to

# Processor time of a request that is answered anew, and its statements.
PAGE: Final = Target(2.5, "ms")
API_LIST: Final = Target(1.5, "ms")
CONSOLE: Final = Target(4.0, "ms")
SEARCH: Final = Target(30.0, "ms")
PALETTE: Final = Target(30.0, "ms")
QUERIES: Final = Target(8, "queries", ".0f")
GROWTH: Final = Target(1.3, "times")  # from 10,000 posts on


@dataclass(frozen=True)
class Route:
    """One address; `budget` is its target of processor time, if it has one."""

    name: str
    target: str
    check: Callable[[Answer], None]
    budget: Target | None
    is_console: bool = False
    grows: Target | None = GROWTH

    @property
    def is_page(self) -> bool:
        """Whether it is one of the site's, which the page store keeps."""
        return not self.target.startswith((MOUNTS["admin"], MOUNTS["api"]))

    def ask(self, visitor: Visitor) -> Answer:
        """Return the right answer; raises WrongAnswerError naming the address."""
        answer = visitor.get(self.target)
        try:
            self.check(answer)
        except WrongAnswerError as error:
            raise WrongAnswerError(f"{self.name} ({self.target}): {error}") from error
        return answer


def make_routes(plan: Plan) -> list[Route]:
    """Return everything that is measured, in the order of the table."""
    return _site(plan) + _searches(plan) + _api(plan) + _console(plan)


def typical(plan: Plan) -> Entry:
    """Return the post whose text is of middling length among the newest hundred."""
    newest = sorted(plan.public[:100], key=lambda entry: len(entry.body.source))
    return newest[len(newest) // 2]


def post_route(entry: Entry) -> Route:
    """Return the page of a post."""
    path = path_to("frontend", "posts.show", slug=slugify(entry.title))
    return Route("a post", path, partial(checks.check_post, entry=entry), PAGE)


def _site(plan: Plan) -> list[Route]:
    tag, author, year = ALL_TAGS[0], 0, plan.public[0].at.year - 1
    at, branch = partial(path_to, "frontend"), CATEGORIES[0][0]
    below = [number for number, other in enumerate(CATEGORIES) if other[0] == branch]
    category = at("categories.show", path=slugify(branch))

    def listed(name: str, path: str, shows: Callable[[Entry], bool]) -> Route:
        expected = [entry for entry in plan.public if shows(entry)]
        return Route(name, path, partial(checks.check_list, expected=expected), PAGE)

    of_year = [entry for entry in plan.public if entry.at.year == year]
    archive = partial(checks.check_archive, expected=of_year)
    feed = partial(checks.check_feed, expected=plan.public)
    return [
        listed("front page", at("posts.index"), lambda _: True),
        post_route(typical(plan)),
        listed("tag on half of all", at("tags.show", slug=slugify(tag)), lambda e: tag in e.tags),
        listed("category", category, lambda e: e.category in below),
        listed("author", at("authors.show", slug="author-1"), lambda e: e.author == author),
        Route("archive of a year", at("archive.year", year=year), archive, PAGE),
        Route("feed", at("feeds.atom"), feed, PAGE),
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
    return Route(name, target, partial(checks.check_search, expected=holding), SEARCH, grows=None)


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
