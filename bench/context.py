"""What every part of the benchmark is given: the site, its content, and how to load it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bench.bare import write_answers
from bench.checks import WrongAnswerError
from bench.clients import Client
from bench.content import Plan, make_plan
from bench.instance import PASSWORD, copy_of, prepare
from bench.loading import OWNER
from bench.measuring import Question, Turns
from bench.server import Server, serving
from bench.visitor import Answer, Visitor

BASE: Final = 10_000  # posts of the site that growth is measured from
WHOLE: Final = "dispatcher:application"


@dataclass(frozen=True)
class Options:
    """How long to measure; `pages` is a part of the names of addresses, empty for all."""

    rounds: int
    seconds: int
    pages: str = ""


@dataclass(frozen=True)
class Bench:
    """A site of generated content in `folder`, which the parts may change."""

    plan: Plan
    folder: Path
    client: Client
    options: Options

    def serving(self, application: str = WHOLE, **settings: str) -> AbstractContextManager[Server]:
        """Serve the site with gunicorn."""
        return serving(application, self.folder, **settings)

    def turns(self, connections: int, *, extra: int = 0, warm_up: int = 0) -> Turns:
        """Return turns of as many rounds as are wanted, and some extra ones."""
        rounds = self.options.rounds + extra
        return Turns(self.client, connections, rounds, self.options.seconds, warm_up)

    @contextmanager
    def bare(self, answers: list[tuple[Question, Answer]]) -> Iterator[Server]:
        """Serve the same answers without an application, from an instance of its own."""
        kept = self.folder.with_name("answers.json")
        write_answers(answers, kept)
        application, probe = "bench.bare:application", answers[0][0].target
        folder, given = self.folder.with_name("bare"), {"BENCH_ANSWERS": str(kept)}
        with serving(application, folder, probe=probe, **given) as server:
            for question, answer in answers:
                check_same(question, answer, server)
            yield server

    @contextmanager
    def base(self) -> Iterator["Bench | None"]:
        """Give the site that growth is measured from, None when this is no larger."""
        if len(self.plan.entries) <= BASE:
            yield None
            return
        plan = make_plan(BASE)
        with copy_of(prepare(plan)) as folder:
            yield replace(self, plan=plan, folder=folder)


def check_same(question: Question, real: Answer, bare: Server) -> None:
    """Raise WrongAnswerError unless the bare server answers with the same head and bytes."""
    found = Visitor(bare.port).get(question.target, question.headers)
    if seen(found) != seen(real):
        raise WrongAnswerError(f"{question.target}: the bare server answers otherwise")


def seen(answer: Answer) -> tuple[object, ...]:
    """Return what two answers are compared by: everything but the time."""
    return (
        answer.status,
        sorted(header for header in answer.headers if header[0].lower() != "date"),
        answer.body,
    )


def owner(server: Server) -> Visitor:
    """Return the owner, signed in to the console."""
    visitor = Visitor(server.port)
    visitor.sign_in(OWNER, PASSWORD)
    return visitor
