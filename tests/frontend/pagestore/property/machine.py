"""The property: whatever is done, every page of the store is as a fresh rendering has it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase
from hypothesis import settings as how
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import make_url

from shared.runtime import Runtime
from tests.cast import Clock
from tests.frontend.pagestore.property.chance import ANEW
from tests.frontend.pagestore.property.content import furnish
from tests.frontend.pagestore.property.meddling import Meddling
from tests.frontend.pagestore.property.naming import Naming
from tests.frontend.pagestore.property.visiting import Visiting
from tests.frontend.pagestore.property.world import World, replace_file
from tests.frontend.pagestore.property.writing import Writing

STEPS = 4  # every sequence begins with a furnished site, so few changes reach far


class Site(Writing, Naming, Meddling, Visiting, RuleBasedStateMachine):
    """One sequence of changes and visits."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        world.begin()

    @rule()
    def restart(self) -> None:
        self.world.restart()

    @invariant()
    def every_page_is_right(self) -> None:
        assert self.world.differences() == []


def hold(world: World, *, sequences: int) -> None:
    """Run sequences, always the same ones; PAGES_SEQUENCES asks for so many others."""
    asked = int(os.environ.get("PAGES_SEQUENCES", "0"))
    chosen = how(
        max_examples=asked or sequences,
        stateful_step_count=STEPS,
        backend=ANEW,
        derandomize=not asked,
        phases=[Phase.generate],  # they are short as they are
        print_blob=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(lambda: Site(world), settings=chosen)
    finally:
        world.close()


def furnished(runtime: Runtime) -> Runtime:
    """Put the beginning into a runtime's database, and let go of it."""
    with runtime.database.writing() as session:
        furnish(session)
        session.commit()
    runtime.database.close()
    return runtime


def on_sqlite(runtime: Runtime, clock: Clock, folder: Path, *, stores: int) -> World:
    """Return a world whose database file is put back for each sequence."""
    file, kept = furnished(runtime).database.file, folder / "kept.sqlite3"
    assert file is not None
    shutil.copy(file, kept)
    return World(runtime, clock, lambda: replace_file(file, kept), stores=stores)


def on_postgres(runtime: Runtime, clock: Clock, run: Callable[[str], None]) -> World:
    """Return a world whose database is made anew for each sequence; `run` asks the server."""
    name = make_url(furnished(runtime).settings.database).database
    run(f"ALTER DATABASE {name} RENAME TO {name}_kept")

    def put_back() -> None:
        run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        run(f"CREATE DATABASE {name} TEMPLATE {name}_kept")

    return World(runtime, clock, put_back, stores=2)
