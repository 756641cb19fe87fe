"""What the editor's script sends by itself, and what it is answered."""

from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from sqlalchemy import select

from admin import create_app
from shared.domain.posts import save_post
from shared.models import Post, Revision
from shared.runtime import Runtime
from tests.admin.content import change, count, read, write
from tests.admin.signing_in import Browser, Enter, enter
from tests.cast import Cast, make_content, make_post, work_of

JSON = {"Accept": "application/json"}
NEW, EDIT, AUTOSAVE = "/page/new/", "/page/edit/{}/", "/page/autosave/"


def person(runtime: Runtime, name: str = "ben") -> int:
    with runtime.database.reading() as session:
        return getattr(Cast.load(session), name).id


def keep(browser: Browser, form: Any, user: int, sequence: int, **over: Any) -> tuple[int, Any]:
    """Send a form by itself as the script does."""
    sent = form.filled(
        draft_key="k" * 32, sequence=str(sequence), **({"user": str(user), "post": ""} | over)
    )
    answer = browser.send(AUTOSAVE, sent, headers=JSON)
    return answer.status, answer.response.json


def test_autosave_tells_what_is_stored(runtime: Runtime, ben: Browser) -> None:
    me = person(runtime)
    form = ben.get(NEW).page.form
    status, answer = keep(ben, form, me, 1, title="Tea", body="one")
    assert (status, answer["post"], answer["url"]) == (200, 1, "/page/edit/1/")
    assert (answer["version"], answer["refused"], answer["others"]) == (1, {}, [])
    assert {"title", "body", "tags"} <= set(answer["stored"])
    assert "note" not in answer["stored"]
    status, answer = keep(ben, form, me, 2, title="Tea", body="one two", slug="a b/")
    assert (status, list(answer["refused"]), "slug" in answer["stored"]) == (200, ["slug"], False)
    assert read(runtime, 1).saved.body == "one two"
    assert ben.get(EDIT.format(1)).page.form.attributes["data-last-writer"] == "k" * 32


def test_button_after_a_save_whose_answer_is_late_is_no_conflict(
    runtime: Runtime, ben: Browser
) -> None:
    me = person(runtime)
    form = ben.get(NEW).page.form
    keep(ben, form, me, 1, title="Tea", body="one")
    sent = form.filled(title="Tea", body="one two", action="publish", draft_key="k" * 32)
    sent["sequence"] = "3"
    assert ben.send(NEW, sent).location == f"/page/edit/1/?saved={'k' * 32}"
    assert keep(ben, form, me, 2, title="Tea", body="on")[0] == 200  # overtaken by the button
    stored = read(runtime, 1)
    assert (stored.saved.body, stored.status) == ("one two", "published")
    with runtime.database.reading() as session:
        assert len(session.scalars(select(Post)).all()) == 1


def test_stale_autosave_is_set_aside_once_and_overwrites_nothing(
    runtime: Runtime, ben: Browser
) -> None:
    post_id = write(runtime, body="old")
    form = ben.get(EDIT.format(post_id)).page.form
    theirs = make_content(slug=read(runtime, post_id).saved.slug, body="theirs")
    change(runtime, post_id, save_post, "Ann", content=theirs, version=None)
    for sequence in (1, 2):
        status, answer = keep(ben, form, person(runtime), sequence, body="mine", post=str(post_id))
        assert (status, answer["reason"], answer["by"]) == (409, "stale", "Ann")
    assert read(runtime, post_id).saved.body == "theirs"
    with runtime.database.reading() as session:
        history = session.scalars(select(Revision).order_by(Revision.number)).all()
        assert [(r.origin, r.content["body"]) for r in history] == [
            ("create", "old"),
            ("save", "theirs"),
            ("aside", "mine"),
        ]


def test_nothing_is_sent_under_another_name(runtime: Runtime, ben: Browser, as_: Enter) -> None:
    form = ben.get(NEW).page.form
    assert keep(ben, form, person(runtime, "ann"), 1, title="Tea") == (409, {"reason": "person"})
    keep(ben, form, person(runtime), 1, title="Tea", body="one")
    ann = as_("Ann")
    status, answer = keep(ann, ann.get(NEW).page.form, person(runtime, "ann"), 2, title="Tea")
    assert (status, answer["reason"]) == (409, "state")


def test_who_is_signed_out_is_told_so_and_can_ask_who_is_in(runtime: Runtime, ben: Browser) -> None:
    form = ben.get(NEW).page.form
    state = ben.get("/login/state/").response.json
    assert state["user"] == {"id": person(runtime), "name": "Ben"}
    ben.client.delete_cookie("session", path="/")
    for cookie in list(ben.client._cookies.values()):
        ben.client.delete_cookie(cookie.key, domain=cookie.domain, path=cookie.path)
    before = count(runtime)
    assert keep(ben, form, person(runtime), 1, title="Tea") == (401, {"reason": "signed-out"})
    assert ben.get("/login/state/").response.json["user"] is None
    assert count(runtime) == before


def test_presence_tells_who_else_is_here(runtime: Runtime, ben: Browser, as_: Enter) -> None:
    post_id, ann = write(runtime), as_("Ann")
    path = f"/page/edit/{post_id}/presence/"
    ben.send(path, {"csrf_token": ben.token(), "draft_key": "b" * 32})
    sent = {"csrf_token": ann.token(), "draft_key": "a" * 32}
    others = ann.send(path, sent).response.json["others"]
    assert others == [{"name": "Ben", "since": "2026-03-01T12:00:00+00:00", "me": False}]
    ben.send(path, {"csrf_token": ben.token(), "draft_key": "b" * 32, "leaving": "1"})
    assert ann.send(path, sent).response.json["others"] == []


def test_editor_learns_which_of_its_saves_are_stored(
    runtime: Runtime, ben: Browser, as_: Enter
) -> None:
    form = ben.get(NEW).page.form
    keep(ben, form, person(runtime), 3, title="Tea", body="one")
    asked = f"/page/autosave/known/?key={'k' * 32}&key=other"

    assert ben.get(asked).response.json == {"sequences": {"k" * 32: 3}}
    assert as_("Cy").get(asked).response.json == {"sequences": {}}


def test_two_that_want_one_address_at_once_may_try_again(postgres_runtime: Runtime) -> None:
    ben = enter(create_app(postgres_runtime), "Ben")
    me, form = person(postgres_runtime), ben.get(NEW).page.form
    written = {"title": "Untitled", "body": "mine"}

    with ThreadPoolExecutor(1) as pool, postgres_runtime.database.writing() as session:
        make_post(work_of(session), title="Untitled", published=False)
        following = pool.submit(keep, ben, form, me, 1, **written)
        wait([following], timeout=0.5)  # it comes as far as it can
        session.commit()
        status, answer = following.result(timeout=10)

    assert (status, answer["reason"]) == (409, "busy")
    status, answer = keep(ben, form, me, 1, **written)
    assert (status, read(postgres_runtime, answer["post"]).saved.body) == (200, "mine")
