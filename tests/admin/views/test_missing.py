"""Addresses that were asked for in vain, and broken links, in the console."""

from sqlalchemy import select

from shared.domain.missing import Missed, add_missing
from shared.jobs import Worker
from shared.jobs.handlers import RECURRING
from shared.models import MissingPath, Redirect
from tests.admin.content import write
from tests.cast import NOON


def note(runtime, *paths):
    with runtime.database.writing() as session:
        add_missing(session, {path: Missed(3, NOON, "https://example.org/a") for path in paths})
        session.commit()


def redirects(runtime):
    with runtime.database.reading() as session:
        rows = session.execute(select(Redirect.path, Redirect.post_id, Redirect.status))
        return sorted(map(tuple, rows))


def forms(page):
    return [form for form in page.forms if form.action == "/redirects/missing/send-on/"]


def test_empty_list_says_what_will_stand_there(ben):
    assert "Nobody asked for anything in vain lately." in ben.get("/redirects/missing/").page.text


def test_wanted_post_is_offered_and_taken_by_one_press(ben, runtime):
    number = write(runtime, title="学习")
    note(runtime, "/2019/学习.html")
    page = ben.get("/redirects/missing/").page
    (form,) = forms(page)
    assert form.fields["target"] == "/page/学习/"
    assert "asked 3 times" in page.text

    answer = ben.send(form.action, form.filled())

    assert (answer.status, answer.location) == (303, "/redirects/missing/")
    assert redirects(runtime) == [("/2019/学习.html", number, 301)]
    assert "/2019/学习.html leads to /page/学习/." in ben.get("/redirects/missing/").page.text


def test_address_can_be_said_to_be_gone_or_hidden(ben, runtime):
    note(runtime, "/a", "/b")
    first, second = forms(ben.get("/redirects/missing/").page)
    ben.send(first.action, first.filled(how="gone"))
    answer = ben.send("/redirects/missing/ignore/", second.filled())

    assert answer.status == 303
    assert redirects(runtime) == [("/a", None, 410)]
    assert "1 address is hidden." in ben.get("/redirects/missing/").page.text
    with runtime.database.reading() as session:
        assert session.get(MissingPath, "/b").ignored_at == NOON


def test_target_that_is_no_address_is_refused_with_the_reason(ben, runtime):
    note(runtime, "/a")
    (form,) = forms(ben.get("/redirects/missing/").page)
    ben.send(form.action, form.filled(target="javascript:alert(1)"))

    assert redirects(runtime) == []
    text = ben.get("/redirects/missing/").page.text
    assert "/a: Give a path such as /page/new/ or an address with http:// or https://." in text


def test_check_finds_broken_links_beside_the_server_and_shows_them(ben, runtime):
    write(runtime, title="Source", body="[x](/nowhere/)")
    page = ben.get("/redirects/broken/").page
    assert "The links were not checked yet." in page.text
    form = next(form for form in page.forms if form.action.endswith("/check/"))
    ben.send(form.action, form.filled())
    assert "The links are being checked." in ben.get("/redirects/broken/").page.text

    Worker(runtime).do_all()

    page = ben.get("/redirects/broken/").page
    assert "/nowhere/ leads nowhere in Source" in page.text
    hide = next(form for form in page.forms if "/hide/" in form.action)
    ben.send(hide.action, hide.filled())
    assert "Every link leads where it should." in ben.get("/redirects/broken/").page.text


def test_links_are_checked_every_day_by_themselves(ben, runtime, clock):
    worker = Worker(runtime)
    worker.sweep()
    daily = worker.do_all()
    worker.sweep()
    assert (daily, worker.do_all()) == (len(RECURRING), 0)
    clock.forward(days=1, seconds=1)
    worker.sweep()
    assert worker.do_all() == daily
