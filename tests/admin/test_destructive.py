"""Every act that destroys something, or changes many at once, is undone in the console, or not.

A new act fails here until `destructive` says of which sort it is, and how it is taken back.
"""

import io

import pytest
from sqlalchemy import select

from shared.domain.media import trash_media
from shared.domain.missing import Missed, add_missing
from shared.domain.posts import get_post, save_post, trash
from shared.domain.posts.preview_links import offer_preview
from shared.domain.redirects import save_redirect
from shared.domain.undo.kinds import KINDS
from shared.domain.users import disable_user
from shared.models import AuditEvent, Media, Redirect, Undo, User
from tests.admin.content import add_category, change, write
from tests.admin.destructive import ADDS_OR_TELLS, FOR_GOOD, TURNED_ROUND, UNDONE
from tests.admin.media_files import put
from tests.admin.test_sentences import recorded
from tests.cast import NOON, make_content, work_of
from tests.pictures import make_picture

SORTS = (set(UNDONE), set(FOR_GOOD), set(TURNED_ROUND), set(ADDS_OR_TELLS))
# Without a page in the console yet, or by the domain alone: their kinds have tests of their own.
ELSEWHERE = {action for action in UNDONE if action.startswith("comment.")}


def test_every_act_is_of_one_sort():
    known = [action for sort in SORTS for action in sort]
    assert sorted(known) == sorted(set(known))
    assert recorded() - set(known) == set()


def test_every_kind_of_undo_is_used():
    assert set(UNDONE.values()) == set(KINDS)


def test_what_is_turned_round_is_turned_by_an_act_there_is():
    assert set(TURNED_ROUND.values()) <= {action for sort in SORTS for action in sort}


def bulk(browser, screen, action, number, **more):
    sent = {"csrf_token": browser.token(), "action": action, "ids": str(number), "confirmed": "1"}
    return browser.send(f"/{screen}/bulk/", sent | more)


def send(browser, place, **fields):
    return browser.send(place, {"csrf_token": browser.token()} | fields)


def commit(runtime, verb):
    with runtime.database.writing() as session:
        made = verb(work_of(session))
        session.commit()
        return made


def delete_category(ann, runtime):
    bulk(ann, "categories", "delete", add_category(runtime, "News"))


def merge_categories(ann, runtime):
    old, new = add_category(runtime, "Old"), add_category(runtime, "New")
    send(ann, "/categories/merge/", sources=str(old), into=str(new), confirmed="1")


def delete_tag(ann, runtime):
    write(runtime, tags=("one",))
    bulk(ann, "tags", "delete", 1)


def merge_tags(ann, runtime):
    write(runtime, tags=("one", "two"))
    send(ann, "/tags/merge/", sources="one", into="two", confirmed="1")


def trash_file(ann, runtime):
    send(ann, "/media/bulk/", ids=str(put(runtime).id), action="trash")


def restore_file(ann, runtime):
    number = put(runtime).id
    commit(runtime, lambda work: trash_media(work.session.get(Media, number), work=work))
    send(ann, f"/media/{number}/restore/")


def replace_file(ann, runtime):
    number = put(runtime).id
    sent = {"csrf_token": ann.token(), "version": "1"}
    sent["file"] = (io.BytesIO(make_picture("png", (10, 20))), "other.png")
    ann.send(f"/media/{number}/replace/", sent, content_type="multipart/form-data")


def hide_missing(ann, runtime):
    with runtime.database.writing() as session:
        add_missing(session, {"/a": Missed(3, NOON, ""), "/b": Missed(1, NOON, "")})
        session.commit()
    send(ann, "/redirects/missing/ignore/", path="/a")


def discard(ann, runtime):
    number = write(runtime)
    change(runtime, number, save_post, content=make_content(title="Newer"), version=None)
    ann.press(f"/page/edit/{number}/", "discard")


def give(ann, runtime):
    bulk(ann, "page", "author", write(runtime), given="3")


def publish(ann, runtime):
    bulk(ann, "page", "publish", write(runtime, published=False))


def restore_post(ann, runtime):
    bulk(ann, "page", "restore", write(runtime, then=lambda post, work: trash(post, work=work)))


def schedule(ann, runtime):
    path = f"/page/edit/{write(runtime, published=False)}/"
    ann.press(path, "schedule", publish_at="2027-01-01T12:00")


def trash_post(ann, runtime):
    bulk(ann, "page", "trash", write(runtime))


def take_offline(ann, runtime):
    bulk(ann, "page", "unpublish", write(runtime))


def revoke_preview(ann, runtime):
    number = write(runtime)
    commit(runtime, lambda work: offer_preview(get_post(work.session, number), 7, work=work))
    send(ann, f"/page/edit/{number}/previews/1/revoke/")


def delete_redirect(ann, runtime):
    row = Redirect(path="/old/", target="/page/new/", status=301, origin="console")
    commit(runtime, lambda work: save_redirect(row, work=work))
    bulk(ann, "redirects", "delete", 1)


def save_settings(ann, runtime):
    form = ann.get("/settings/").page.forms[-1]
    ann.send("/settings/", form.filled(title="Other"))


def disable(ann, runtime):
    bulk(ann, "users", "disable", 3)


def enable(ann, runtime):
    commit(runtime, lambda work: disable_user(work.session.get(User, 3), work=work))
    bulk(ann, "users", "enable", 3)


def delete_view(ann, runtime):
    form = ann.get("/page/views/new/?status=draft").page.forms[-1]
    ann.send("/page/views/new/?status=draft", form.filled(name="My drafts"))
    form = ann.get("/page/views/1/").page.forms[-1]
    ann.send("/page/views/1/", form.filled(delete="1"))


ACTS = {
    "category.deleted": delete_category,
    "category.merged": merge_categories,
    "media.replaced": replace_file,
    "media.restored": restore_file,
    "media.trashed": trash_file,
    "missing.hidden": hide_missing,
    "post.discarded": discard,
    "post.given": give,
    "post.published": publish,
    "post.restored": restore_post,
    "post.scheduled": schedule,
    "post.trashed": trash_post,
    "post.unpublished": take_offline,
    "preview.revoked": revoke_preview,
    "redirect.deleted": delete_redirect,
    "settings.saved": save_settings,
    "tag.deleted": delete_tag,
    "tag.merged": merge_tags,
    "user.disabled": disable,
    "user.enabled": enable,
    "view.deleted": delete_view,
}


def test_every_act_that_is_undone_is_tried_here():
    assert set(ACTS) | ELSEWHERE == set(UNDONE)


def offers(runtime):
    with runtime.database.reading() as session:
        return session.scalars(select(Undo).order_by(Undo.id)).all()


def events(runtime):
    with runtime.database.reading() as session:
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


@pytest.mark.parametrize("action", ACTS)
def test_act_is_offered_to_be_undone_and_then_to_be_done_again(as_, runtime, action):
    ann = as_("Ann")
    ACTS[action](ann, runtime)
    assert action in events(runtime)
    (offer,) = offers(runtime)
    assert {step["kind"] for step in offer.steps} == {UNDONE[action]}

    for number in (1, 2, 3):  # undone, done again, undone again
        answer = send(ann, f"/undo/{number}/")
        assert (number, answer.status) == (number, 303)
    assert [offer.undone_by for offer in offers(runtime)] == ["Ann", "Ann", "Ann", ""]
