"""Many rows at once: all that match, a preview that changes nothing, parts, and one undo."""

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from admin import create_app
from shared.domain.posts import content_of, save_post
from shared.domain.posts import trash as trash_post
from shared.models import AuditEvent, BulkRun, Tag
from tests.admin.content import add_category, change, count, read, write
from tests.admin.signing_in import enter


@pytest.fixture
def ann(any_runtime):
    return enter(create_app(any_runtime), "Ann")


def ask(browser, action, ids=(), **more):
    fields = MultiDict({"csrf_token": browser.token(), "action": action, **more})
    fields.setlist("ids", [str(number) for number in ids])
    return browser.send("/page/bulk/", fields)


def test_preview_tells_each_change_and_makes_none(ann, any_runtime):
    one = write(any_runtime, title="One", tags=("a",))
    two = write(any_runtime, title="Two", then=lambda post, work: trash_post(post, work=work))
    three = write(any_runtime, title="Three", tags=("new",))
    before = count(any_runtime)
    page = ask(ann, "add_tags", [one, two, three], given="new, 新的").page

    assert "One Tags: a → a, new, 新的" in page.text
    assert "Two not done This is in the trash." in page.text
    assert "Three Tags: new → new, 新的" in page.text
    assert count(any_runtime) == before
    assert read(any_runtime, one).saved.tags == ("a",)
    with any_runtime.database.reading() as session:
        assert session.scalar(select(func.count()).where(Tag.name == "新的")) == 0


def test_what_was_previewed_is_done_and_taken_back_together(ann, any_runtime):
    ids = [write(any_runtime, title=f"Post {n}", tags=("a",)) for n in range(3)]
    form = ask(ann, "add_tags", ids, given="b").page.forms[-1]
    done = ann.send(form.action, form.filled(confirmed="1"))

    assert done.status == 303
    assert [read(any_runtime, n).live.tags for n in ids] == [("a", "b")] * 3
    page = ann.get("/page/").page
    assert "Tags added: 3." in page.text
    undo = next(form for form in page.forms if "/undo/" in form.action)
    ann.send(undo.action, undo.fields)
    assert [read(any_runtime, n).live.tags for n in ids] == [("a",)] * 3


@pytest.mark.parametrize(
    ("action", "given", "check"),
    [
        ("remove_tags", "A", lambda post: post.live.tags == ("b",)),
        ("language", "zh-Hans", lambda post: post.live.language == "zh-Hans"),
        ("comments", "off", lambda post: post.live.comments == "off"),
        ("author", "3", lambda post: post.author == "Cy"),
        ("category", "", lambda post: post.live.categories == ()),
    ],
)
def test_each_part_of_the_content_can_be_set(ann, any_runtime, action, given, check):
    category = add_category(any_runtime, "Life")
    number = write(any_runtime, tags=("a", "b"), categories=(category,))
    ask(ann, action, [number], given=given, confirmed="1")
    post = read(any_runtime, number)

    assert check(post)
    assert (post.status, post.has_changes) == ("published", False)


def test_draft_and_what_waits_on_a_public_post_stay_unpublished(ann, any_runtime):
    def wait(post, work):
        save_post(post, content_of(post), version=None, work=work)

    draft = write(any_runtime, published=False)
    waiting = write(any_runtime, title="Waiting")
    change(any_runtime, waiting, wait)
    ask(ann, "add_tags", [draft, waiting], given="b", confirmed="1")

    assert read(any_runtime, draft).status == "draft"
    post = read(any_runtime, waiting)
    assert (post.live.tags, post.saved.tags, post.has_changes) == ((), ("b",), True)


def test_scheduled_post_stays_scheduled(ann, any_runtime):
    from datetime import timedelta

    from shared.domain.posts import schedule
    from tests.cast import NOON

    later = NOON + timedelta(days=3)
    number = write(any_runtime, published=False)
    change(any_runtime, number, lambda post, work: schedule(post, later, version=None, work=work))
    ask(ann, "add_tags", [number], given="b", confirmed="1")
    post = read(any_runtime, number)

    assert (post.status, post.published_at, post.live.tags) == ("scheduled", later, ("b",))


def test_all_that_match_are_meant_but_a_few(ann, any_runtime):
    ids = [write(any_runtime, title=f"Elephant {n}") for n in range(25)]
    other = write(any_runtime, title="Other")
    more = {"all": "1", "query": "?status=published&q=elephant", "but": str(ids[3])}
    form = ask(ann, "unpublish", **more).page.forms[-1]
    assert form.fields["counted"] == "24"
    ann.send(form.action, form.filled(confirmed="1"))

    kept = {read(any_runtime, number).status for number in (ids[3], other)}
    assert kept == {"published"}
    assert read(any_runtime, ids[4]).status == "draft"


def test_preview_is_paged_and_shown_again_when_other_rows_match(ann, any_runtime):
    for number in range(25):
        write(any_runtime, title=f"Post {number:02}")
    form = ask(ann, "trash", all="1", query="?").page.forms[-1]
    second = ann.send(form.action, form.filled(page="1")).page
    assert "Rows 21 to 25 of 25" in second.text

    write(any_runtime, title="One more")
    again = ann.send(form.action, form.filled(confirmed="1"))
    assert again.status == 200
    assert "Meanwhile 26 rows match." in again.page.text


def test_many_rows_are_done_in_parts_with_one_undo(ann, any_runtime):
    ids = [write(any_runtime, title=f"Post {number:03}") for number in range(60)]
    form = ask(ann, "trash", all="1", query="?").page.forms[-1]
    step = ann.send(form.action, form.filled(confirmed="1"))
    assert step.location == "/page/bulk/1/"

    seen = []
    while step.location == "/page/bulk/1/":
        page = ann.get(step.location).page
        seen.append(page.text.partition(" of 60 looked at")[0].rpartition(" ")[2])
        step = ann.send(step.location, page.forms[-1].fields)
    assert seen[0] == "0"
    assert len(seen) > 1
    assert {read(any_runtime, number).status for number in ids} == {"trashed"}
    page = ann.get(step.location).page
    assert "In the trash: 60." in page.text
    undo = next(form for form in page.forms if "/undo/" in form.action)
    step = ann.send(undo.action, undo.fields)
    assert step.location == "/undo/parts/2/"
    assert "Go on undoing" in ann.get("/undo/").page.text
    assert go_on(ann, step) == "/page/"
    assert {read(any_runtime, number).status for number in ids} == {"published"}
    assert "Undone: Moved to the trash: 60" in ann.get("/undo/").page.text


def go_on(browser, step):
    """Press the button until there is none; return where that leads."""
    while "Go on" in (page := browser.get(step.location).page).text:
        form = next(form for form in page.forms if "/undo/parts/" in form.action)
        step = browser.send(form.action, form.fields)
        if "/undo/parts/" not in step.location:
            break
    return step.location


def test_what_another_changed_between_the_parts_is_named_and_left(ann, any_runtime):
    ids = [write(any_runtime, title=f"Post {number:03}") for number in range(60)]
    form = ask(ann, "add_tags", all="1", query="?", given="b").page.forms[-1]
    step = ann.send(form.action, form.filled(confirmed="1"))
    ann.send(step.location, ann.get(step.location).page.forms[-1].fields)
    with any_runtime.database.reading() as session:
        seen = session.scalars(select(BulkRun)).one().waiting
    done = [number for number in ids if number not in seen]
    change(any_runtime, done[0], lambda post, work: trash_post(post, work=work))
    page = ann.get(step.location).page
    while "Go on" in page.text:
        last = ann.send(step.location, page.forms[-1].fields)
        page = ann.get(last.location).page

    assert last.location == step.location
    assert "Undoing would leave 1 of these as it is now: Post 000 changed by Ben" in page.text
    assert f'href="/page/edit/{done[0]}/"' in page.html
    undo = next(form for form in page.forms if "/undo/" in form.action)
    refused = ann.send(undo.action, undo.fields)
    assert refused.status == 409
    assert "Post 000 Ben has changed it since" in refused.page.text
    rest = refused.page.forms[-1]
    go_on(ann, ann.send(rest.action, rest.filled(rest="1")))
    assert {read(any_runtime, number).live.tags for number in done[1:]} == {()}
    assert read(any_runtime, done[0]).status == "trashed"


def test_parts_can_be_stopped_and_are_their_owners_alone(any_runtime):
    app = create_app(any_runtime)
    ann, ben = enter(app, "Ann"), enter(app, "Ben")
    for number in range(55):
        write(any_runtime, title=f"Post {number:03}")
    form = ask(ann, "trash", all="1", query="?").page.forms[-1]
    step = ann.send(form.action, form.filled(confirmed="1"))

    assert ben.get(step.location).status == 404
    page = ann.get(step.location).page
    ended = ann.send(step.location, page.forms[-1].filled(stop="1"))
    assert ended.location == "/page/"
    with any_runtime.database.reading() as session:
        run = session.scalars(select(BulkRun)).one()
        trashed = select(func.count()).where(AuditEvent.action == "post.trashed")
        assert (run.done, run.waiting, session.scalar(trashed)) == (0, [], 0)


def test_author_changes_own_posts_only(any_runtime):
    cy = enter(create_app(any_runtime), "Cy")
    own, other = write(any_runtime, "Cy"), write(any_runtime, "Ben", title="Not mine")
    ask(cy, "add_tags", [own, other], given="b", confirmed="1")

    assert read(any_runtime, own).saved.tags == ("b",)
    assert read(any_runtime, other).saved.tags == ()
    assert "Not mine" not in ask(cy, "add_tags", [own, other], given="c").page.text
