"""Two units of work at the same moment on PostgreSQL, where no gate makes them queue."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict
from shared.domain.jobs import enqueue, finish, has_due, list_jobs
from shared.domain.jobs import take as take_job
from shared.domain.media import upload
from shared.domain.sessions import find_link, offer_link, use_link
from shared.domain.throttle import Rate, forget, take
from shared.domain.users import disable_user, save_user
from shared.jobs.media import remove
from shared.models import User
from shared.runtime import Runtime
from tests.cast import NOON, Cast, work_of

SOON = 0.3  # seconds in which the second one comes as far as it can


def second_of_two(
    runtime: Runtime, first: Callable[[Session], object], second: Callable[[Session], object]
) -> str:
    """Do `second` while `first` is done but not committed; tell how it ended."""

    def follow() -> str:
        with runtime.database.writing() as session:
            try:
                second(session)
                session.commit()
            except Conflict as error:
                return error.message
        return "done"

    with ThreadPoolExecutor(1) as pool, runtime.database.writing() as session:
        first(session)
        following = pool.submit(follow)
        wait([following], timeout=SOON)
        session.commit()
        return following.result(timeout=10)


def test_link_is_spent_once(postgres_runtime: Runtime) -> None:
    with postgres_runtime.database.writing() as session:
        token = offer_link("setup", work=work_of(session))
        session.commit()

    def spend(session: Session) -> None:
        link = find_link(session, "setup", token, at=NOON)
        assert link is not None
        use_link(link, work=work_of(session))

    assert second_of_two(postgres_runtime, spend, spend) == "This link was used meanwhile."


def test_attempt_is_counted_while_the_key_is_forgiven(postgres_runtime: Runtime) -> None:
    rate = Rate(1, 60)

    def attempt(session: Session) -> None:
        take(session, "key", rate, at=NOON)

    with postgres_runtime.database.writing() as session:
        attempt(session)
        session.commit()
    ended = second_of_two(postgres_runtime, lambda session: forget(session, "key"), attempt)
    assert ended == "done"


def test_of_two_owners_who_leave_one_stays(postgres_runtime: Runtime) -> None:
    with postgres_runtime.database.writing() as session:
        ben = Cast.load(session).ben
        ben.role = "owner"
        save_user(ben, work=work_of(session))
        session.commit()

    def disable(name: str) -> Callable[[Session], None]:
        return lambda session: disable_user(
            getattr(Cast.load(session), name), work=work_of(session)
        )

    ended = second_of_two(postgres_runtime, disable("ann"), disable("ben"))
    with postgres_runtime.database.reading() as session:
        owners = select(User.name).where(User.role == "owner", User.disabled_at.is_(None))
        assert (ended[:26], session.scalars(owners).all()) == (
            "This is the last owner. Ma",
            ["Ben"],
        )


def test_job_that_is_owed_anew_while_it_ends_is_done_again(postgres_runtime: Runtime) -> None:
    def owe(session: Session) -> None:
        enqueue(work_of(session), "forms", key="forms:1")

    with postgres_runtime.database.writing() as session:
        owe(session)
        taken = take_job(session, "one", NOON)
        session.commit()
    assert taken is not None

    ended = second_of_two(postgres_runtime, lambda session: finish(session, taken, NOON), owe)

    with postgres_runtime.database.reading() as session:
        assert (ended, has_due(session, NOON)) == ("done", True)


def test_job_is_owed_once_by_two_at_a_time(postgres_runtime: Runtime) -> None:
    def owe(session: Session) -> None:
        enqueue(work_of(session), "links.check", key="links.check")

    assert second_of_two(postgres_runtime, owe, owe) == "done"
    with postgres_runtime.database.reading() as session:
        assert len(list_jobs(session)) == 1


def test_bytes_that_somebody_brings_in_are_not_removed(postgres_runtime: Runtime) -> None:
    instance = postgres_runtime.settings.instance

    def bring(session: Session) -> str:
        return upload(b"plain", "a.txt", instance=instance, work=work_of(session)).media.file

    with postgres_runtime.database.writing() as session:
        file = bring(session)  # written, and the row taken back
    removed = second_of_two(
        postgres_runtime, bring, lambda _: remove(postgres_runtime, {"file": file})
    )
    assert (removed, (instance / file[1:]).is_file()) == ("done", True)
