"""What each role may do with a post in each of its states, asked of the console itself.

Write the committed table anew: STATES_ANEW=1 python -m pytest tests/admin/test_state_matrix.py
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask

from shared.domain import posts
from shared.models import Post
from shared.runtime import Runtime
from tests.admin.signing_in import Browser, enter
from tests.cast import ROLES, Cast, make_content, make_post, work_of

COMMITTED = Path(__file__).with_name("permission_states.txt")
STATES = ("draft", "scheduled", "published", "changed", "trashed")
BELOW = "/page/edit/<int:id>/"
# What an answer says of the person and the post: done or shown, sent elsewhere, refused.
SAID = {200: "yes", 303: "yes", 403: "-", 404: "none", 409: "state", 422: "unfit"}

Given = tuple[str, dict[str, str]]  # a token, and what the editor sends


class Case(NamedTuple):
    """One route with one method, for a post in a state, of one's own or of somebody else's."""

    endpoint: str
    method: str
    state: str
    whose: str


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Return endpoint, method and rule of everything that is done to one post."""
    return sorted(
        (rule.endpoint, method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(BELOW) and rule.arguments <= {"id", "number"}
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def table(app: Flask, runtime: Runtime) -> str:
    """Return one line a case, with what each role met."""
    cases = [
        (Case(endpoint, method, state, whose), rule)
        for endpoint, method, rule in routes(app)
        for state in STATES
        for whose in ("own", "other's")
    ]
    made = list(_make(runtime, cases))
    lines = []
    browsers = {name: enter(app, name) for name in ROLES}
    tokens = {name: browser.token() for name, browser in browsers.items()}
    blank = browsers["Ann"].get("/page/new/").page.form.fields.to_dict()
    blank |= {"title": "A new title", "body": "New.", "action": "save"}
    for (case, rule), ids in zip(cases, made, strict=True):
        met = [
            _ask(browsers[name], (tokens[name], blank), case, rule, ids[name]).ljust(6)
            for name in ROLES
        ]
        lines.append(
            f"{case.endpoint:<20} {case.method:<5} {case.state:<10} {case.whose:<8}"
            f" {' '.join(met)}".rstrip()
        )
    head = f"{'':<46} {' '.join(role[:6].ljust(6) for role in ROLES.values())}".rstrip()
    return "\n".join([head, *lines]) + "\n"


def _make(runtime: Runtime, cases: list[Any]) -> Iterator[dict[str, tuple[int, int]]]:
    """Make a post for each case and role, so that no answer changes what the next one meets."""
    with runtime.database.writing() as session:
        cast = Cast.load(session)
        work, number = work_of(session, cast.ann, runtime.clock()), 0
        for case, _ in cases:
            ids = {}
            for name in ROLES:
                stranger = cast.ben if name == "Ann" else cast.ann
                owner = getattr(cast, name.lower()) if case.whose == "own" else stranger
                number += 1
                post = _post(f"Post {number}", case.state, owner.id, work)
                session.flush()
                ids[name] = (post.id, post.version)
            yield ids
        session.commit()


def _post(title: str, state: str, author_id: int, work: Any) -> Post:
    post = make_post(work, title=title, published=state in {"published", "changed", "trashed"})
    post.author_id = author_id
    if state == "scheduled":
        posts.schedule(post, work.at + timedelta(days=1), version=None, work=work)
    if state == "changed":
        posts.save_post(post, make_content(title=title, body="Changed."), version=None, work=work)
    if state == "trashed":
        posts.trash(post, work=work)
    return post


def _ask(browser: Browser, given: Given, case: Case, rule: str, post: tuple[int, int]) -> str:
    post_id, version = post
    path = rule.replace("<int:id>", str(post_id)).replace("<int:number>", "1")
    if case.method == "GET":
        answer = browser.get(path)
        return "view" if answer.location.endswith("/view/") else SAID[answer.status]
    token, blank = given
    filled = {
        "page.edit": {**blank, "version": str(version)},
        "discussion.comment": {"text": "Why?"},
    }
    sent = {**filled.get(case.endpoint, {}), "csrf_token": token}
    return SAID[browser.send(path, sent).status]
