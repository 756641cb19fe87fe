"""Something happens at any moment of a request, and others ask meanwhile: nothing old is kept."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from frontend import create_app
from frontend.pagestore.freshness import NEVER
from shared.domain.posts import content_of, get_post, publish, save_post, schedule
from shared.runtime import Runtime
from tests.cast import NOON, Clock, work_of
from tests.frontend.pagestore.property.asking import ask

MOST = 60  # moments of one request
MEANWHILE = 0.3  # seconds for the others, who may have to wait for the request


class Moments(Clock):
    """Counts the moments at which a request could be overtaken, and lets it be at one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.act = -1, lambda: None
        self.thread: threading.Thread | None = None
        self.own = threading.get_ident()

    def __call__(self):
        self.pass_by()
        return super().__call__()

    def pass_by(self, *_, **__) -> None:
        if self.left < 0 or threading.get_ident() != self.own:
            return
        self.left -= 1
        if self.left < 0:
            self.thread = threading.Thread(target=self.act)
            self.thread.start()
            self.thread.join(MEANWHILE)

    def finish(self) -> bool:
        """Tell whether there were as many moments."""
        thread, self.thread, self.left = self.thread, None, -1
        if thread is not None:
            thread.join()
        return thread is not None


@pytest.fixture
def clock() -> Moments:
    return Moments()


@pytest.fixture
def settings(settings):
    return replace(settings, pages_disk=50_000_000)


@pytest.fixture
def store(app, runtime, clock, monkeypatch):
    store = app.extensions["pages"]
    event.listen(runtime.database.reader, "before_cursor_execute", clock.pass_by)
    for part, name in ((store.shelf, "find"), (store.shelf, "begin"), (store.copies, "find")):
        plain = getattr(part, name)

        def passing(*given, plain=plain):
            clock.pass_by()
            return plain(*given)

        monkeypatch.setattr(part, name, passing)
    yield store
    store.archivist.finish()


@pytest.fixture
def other(runtime, clock):
    """The same database, as another process has it."""
    other = Runtime(replace(runtime.settings, pages_memory=0, pages_disk=0), clock)
    yield other
    other.database.close()


def rename(page_id: int, title: str, runtime: Runtime) -> None:
    with runtime.database.writing() as session:
        page, work = get_post(session, page_id), work_of(session)
        save_post(page, replace(content_of(page), title=title), version=None, work=work)
        publish(page, version=None, work=work)
        session.commit()


@pytest.mark.parametrize(
    "case",
    [
        "a change",
        "a change, copies",
        "a change, restart",
        "an instant",
        "an instant, copies",
        "an instant, restart",
    ],
)
def test_nothing_old_is_kept(store, clock, write, other, case):
    page = write(kind="page", title="About", slug="about")
    later = write(kind="page", title="Later", slug="later", published=False)
    with other.database.writing() as session:
        at = NOON + timedelta(minutes=30)
        schedule(get_post(session, later.id), at, version=None, work=work_of(session))
        session.commit()
    plain = create_app(other).extensions["pages"].app
    for moment in range(MOST):
        clock.at = NOON
        for where in ("/list/", "/archive/"):
            ask(store, where)
        store.archivist.finish()
        if "copies" not in case:
            store.copies.clear()
        store.shelf.forget(None)

        def act(moment=moment):
            if "change" in case:
                rename(page.id, f"Title {moment}", other)
            else:
                clock.forward(hours=1)
            if "restart" not in case:
                ask(store, "/list/")

        clock.act, clock.left = act, moment
        ask(store, "/archive/")
        if not clock.finish():
            break
        right = ask(plain, "/archive/").told
        if "restart" in case:
            store.archivist.finish()
            store.shelf.forget(None)
            store.freshness.state = NEVER
        for _ in ("memory", "copies"):
            assert (moment, ask(store, "/archive/").told) == (moment, right)
            store.archivist.finish()
            store.shelf.forget(None)
    assert 6 < moment < MOST - 1
