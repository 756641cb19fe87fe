"""Eight writers at once, each of a post of its own and of one that all share, and a reader beside.

Half of them write their own post first and half the shared one: whoever held the version row
while it waits for the shared post would deadlock with who holds the post and wants the row.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.models import PageStamp, Post
from shared.models.stamps import read_version, stamps_of
from shared.runtime import Runtime
from tests.cast import make_post, work_of
from tests.shared.models.stamped import version_of

WRITERS = 8
ROUNDS = 40
SHARED = WRITERS + 1


@pytest.fixture
def site(any_runtime: Runtime) -> Runtime:
    with any_runtime.database.writing() as session:
        for number in range(SHARED):
            make_post(work_of(session), title=f"P{number}", byline="0")
        session.commit()
    return any_runtime


def count_up(session: Session, number: int) -> None:
    session.execute(update(Post).where(Post.id == number).values(words=Post.words + 1))


def write(runtime: Runtime, own: int) -> None:
    """Change two posts again and again; each time both are stamped anew when the commit is told."""
    order = (own, SHARED) if own % 2 else (SHARED, own)
    for _ in range(ROUNDS):
        before = version_of(runtime)
        with runtime.database.writing() as session:
            for number in order:
                count_up(session, number)
            session.commit()
        with runtime.database.reading() as session:
            stamps = stamps_of(session, [f"post:{own}", f"post:{SHARED}", "content"])
            assert len(stamps) == 3
            assert min(stamps.values()) > before
            assert read_version(session) >= max(stamps.values())


@dataclass(frozen=True)
class Moment:
    """What one snapshot of the database shows: the version, the stamps, and the posts."""

    version: int
    stamps: dict[str, int]
    words: dict[int, int]

    @classmethod
    def of(cls, runtime: Runtime) -> "Moment":
        with runtime.database.reading() as session:
            return cls(
                read_version(session),
                dict(session.execute(select(PageStamp.key, PageStamp.number)).all()),
                dict(session.execute(select(Post.id, Post.words)).all()),
            )

    def check(self, earlier: "Moment") -> None:
        """Nothing that came since carries a number up to the version seen before."""
        assert max(self.stamps.values()) <= self.version
        fresh = {key for key, number in self.stamps.items() if number != earlier.stamps.get(key)}
        assert all(self.stamps[key] > earlier.version for key in fresh)
        changed = {f"post:{key}" for key in self.words if self.words[key] != earlier.words[key]}
        assert changed <= fresh


def watch(runtime: Runtime, done: Event) -> int:
    """Look again and again until the writers are done; return how many versions were seen."""
    earlier, versions = Moment.of(runtime), set()
    while not done.is_set():
        moment = Moment.of(runtime)
        moment.check(earlier)
        versions.add(moment.version)
        earlier = moment
    return len(versions)


def test_no_deadlock_no_lost_stamp_and_numbers_rise_with_the_commits(site: Runtime) -> None:
    before, done = Moment.of(site), Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        watching = pool.submit(watch, site, done)
        writing = [pool.submit(write, site, own) for own in range(1, SHARED)]
        try:
            for future in writing:
                future.result(timeout=60)
        finally:
            done.set()
        assert watching.result(timeout=10) > ROUNDS / 2
    after = Moment.of(site)
    added = {number: after.words[number] - before.words[number] for number in after.words}
    assert added == {**dict.fromkeys(range(1, SHARED), ROUNDS), SHARED: WRITERS * ROUNDS}
