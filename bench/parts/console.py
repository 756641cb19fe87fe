"""Lists of the console in every way of narrowing, the edit form and the palette, in two sizes."""

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import select

from bench import checks
from bench.checks import WrongAnswerError
from bench.content import ALL_TAGS, Plan, make_plan
from bench.context import Bench, owner
from bench.instance import copy_of, prepare
from bench.lexicon import RARE_CHINESE, RARE_ENGLISH
from bench.measuring import Question
from bench.parts.rendered import COLUMNS, CONNECTIONS, row
from bench.queries import count_queries
from bench.report import Section
from bench.routes import CONSOLE, GROWTH, PALETTE, Route, typical
from bench.server import NO_PAGES, Server
from bench.visitor import Answer
from shared.content.slugs import slugify
from shared.models import SavedView, User
from shared.runtime import Runtime
from shared.settings import Settings
from shared.urls import path_to

SMALL: Final = 1_000
HEADS: Final = tuple(
    replace(column, name=f"at {SMALL:,}") if column.name == "at 10,000" else column
    for column in COLUMNS
)
PERSON: Final[dict[str, object]] = {"actor": "user:2"}
VIEW: Final = {
    "query": {"status": "published", "sort": "title"},
    "columns": ["title", "status", "tags", "categories", "published_at"],
}


def measure(bench: Bench) -> Section:
    """Measure every address beside the bare callable and the same on a small site."""
    small_plan = make_plan(SMALL)
    with ExitStack() as stack:
        folder = stack.enter_context(copy_of(prepare(small_plan)))
        small = replace(bench, plan=small_plan, folder=folder)
        sides = []
        for site in (bench, small):
            _keep_view(site.folder)
            server = stack.enter_context(site.serving(**NO_PAGES))
            sides.append((site, server, *_ask(site, server)))
        (_, server, asked, counts), (_, base, before, _few) = sides
        answers = [(question, answer) for _route, question, answer in asked]
        bare = stack.enter_context(bench.bare(answers))
        rows = []
        for (route, question, _), (_same, then, _), queries in zip(
            asked, before, counts, strict=True
        ):
            print(f"measuring {route.name}", file=sys.stderr)
            turns = bench.turns(CONNECTIONS)
            found = turns.measure((server, question), (bare, question), (base, then))
            rows.append(row(route, found, queries))
    return Section("console", "lists, form and palette of the console", HEADS, rows)


Asked = tuple[Route, Question, Answer]


def _ask(site: Bench, server: Server) -> tuple[list[Asked], list[int]]:
    """Check every address as the owner, and count its statements."""
    visitor = owner(server)
    headers = {"Cookie": visitor.cookie}
    asked = [
        (route, Question(route.target, headers), route.ask(visitor))
        for route in make_console(site.plan)
    ]
    wanted = [(route.target, visitor.cookie) for route, _, _ in asked]
    return asked, count_queries(site.folder, wanted)


def make_console(plan: Plan) -> list[Route]:
    """Return what is measured: a list in every way of narrowing, the form, and the palette."""
    entry = typical(plan)
    year = plan.public[0].at.year - 1
    rare = {"English": RARE_ENGLISH[len(RARE_ENGLISH) // 2], "Chinese": RARE_CHINESE[0]}
    lists: dict[str, dict[str, object]] = {
        "list": {},
        "list by title": {"sort": "title"},
        "list, two filters": {"status": "published", "author": 2},
        "list, drafts": {"status": "draft"},
        "list, a language": {"language": "zh-Hans"},
        "list, a category": {"category": 5},
        "list, category and two more": {"category": 5, "status": "published", "author": 2},
        "list, a year": {"published": f"{year}-01-01..{year}-12-31"},
        "list, has no tags": {"has_tags": "no"},
        "list, has a summary": {"has_summary": "yes"},
        "list, tag on half of all": {"tag": slugify(ALL_TAGS[0])},
        **{f"list, searched, {name}": {"q": word} for name, word in rare.items()},
        "list, word of half": {"q": ALL_TAGS[0]},
        "list, saved view": {"view": 1},
    }
    known = {entry.title for entry in plan.entries}
    check = partial(check_rows, known=known)
    form = path_to("admin", "page.edit", id=entry.number)
    form_check = partial(checks.check_console_form, entry=entry)
    others = {"tags": {}, "categories": {}, "users": {}, "audit": {}, "audit, a person": PERSON}
    return [
        *(_route(f"console {name}", "page.index", query, check) for name, query in lists.items()),
        *(
            _route(f"console {name}", f"{name.partition(',')[0]}.index", query, check_some)
            for name, query in others.items()
        ),
        Route("console edit form", form, form_check, CONSOLE, is_console=True, grows=GROWTH),
        replace(
            _route("palette", "palette.index", {"q": entry.title[:4]}, check_palette),
            budget=PALETTE,
            grows=None,
        ),
    ]


def _route(
    name: str, endpoint: str, query: dict[str, object], check: Callable[[Answer], None]
) -> Route:
    target = path_to("admin", endpoint, query=query)
    return Route(name, target, check, CONSOLE, is_console=True)


def check_rows(answer: Answer, known: set[str]) -> None:
    """A list shows posts that there are."""
    titles = checks.console_titles(answer)
    if answer.status != 200 or not titles or not set(titles) <= known:
        raise WrongAnswerError(f"{answer.status}, rows {titles[:3]!r}")


def check_some(answer: Answer) -> None:
    """A list of another screen shows rows."""
    if answer.status != 200 or "data-row=" not in answer.text:
        raise WrongAnswerError(f"{answer.status}, no rows")


def check_palette(answer: Answer) -> None:
    """The palette has an answer in groups."""
    if answer.status != 200 or not json.loads(answer.body)["groups"]:
        raise WrongAnswerError(f"{answer.status}, {answer.body[:200]!r}")


def _keep_view(folder: Path) -> None:
    """Keep a view that everyone sees."""
    runtime = Runtime(Settings(instance=folder))
    with runtime.database.writing() as session:
        person = session.scalars(select(User).order_by(User.id)).first()
        now = runtime.clock()
        view = SavedView(screen="page", name="Measured", state=VIEW, is_shared=True, version=1)
        view.user_id, view.created_at, view.updated_at = person.id if person else 0, now, now
        session.add(view)
        session.commit()
    runtime.database.close()
