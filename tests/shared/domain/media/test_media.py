"""Files are uploaded once, described, replaced at their address, and thrown away in two steps."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.content.images import Box
from shared.domain.errors import Conflict, Forbidden, Invalid, Stale
from shared.domain.media import (
    About,
    Limits,
    adopt,
    bring_back,
    cut,
    delete_media,
    find_by_paths,
    list_uses,
    replace_media,
    restore_media,
    save_media,
    trash_media,
    upload,
)
from shared.domain.posts import content_of, discard_changes, publish, save_post, unpublish
from shared.media import address
from shared.models import AuditEvent, Job, Media
from tests.cast import make_content, make_post, work_of
from tests.pictures import make_bomb, make_picture, read_picture

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def actions(work):
    return list(work.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_upload_keeps_the_file_without_what_it_tells(put, work, cast, instance):
    media = put(data=make_picture("jpeg", telling=True))

    assert (media.path, media.name) == (f"/media/{media.id}-门-photo.jpg", "门 photo.JPG")
    assert (media.kind, media.width, media.height) == ("image", 64, 48)
    assert (media.uploader_id, media.version) == (cast.ben.id, 1)
    kept = (instance / media.file[1:]).read_bytes()
    assert (len(kept), dict(read_picture(kept).getexif())) == (media.bytes, {})
    job = work.session.scalars(select(Job)).one()
    assert (job.kind, job.data) == ("media.forms", {"media": media.id})
    assert actions(work)[-1] == "media.uploaded"


def test_same_bytes_again_are_the_file_that_is_there(put, work, instance):
    telling = make_picture("jpeg", telling=True)
    first = put(data=telling)

    again = upload(telling, "other.jpg", instance=instance, work=work)
    kept = (instance / first.file[1:]).read_bytes()
    cleaned = upload(kept, "third.jpg", instance=instance, work=work)

    assert (again.media, again.known, cleaned.media, cleaned.known) == (first, True, first, True)


def test_same_bytes_take_a_file_out_of_the_trash(put, work):
    media = put()
    trash_media(media, work=work)

    assert (put(), media.trashed_at) == (media, None)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.png", "a.png is not taken: it is empty."),
        (b"\x7fELF\0", "a.png", "a.png is not taken: it is of a type that is not taken."),
        (SCRIPT, "a.svg", "a.svg is not taken: it is an SVG picture with <script>."),
        (b"<!doctype html><p>", "a.jpg", "a.jpg is not taken: it is markup that is not a "),
        (b"\xff\xd8\xff\xe0<html>", "a.jpg", "a.jpg is not taken: it is damaged, or not the"),
        (b"GIF89a/*<script>*/=1", "a.gif", "a.gif is not taken: it is damaged, or not the"),
        (make_bomb(40_000), "a.png", "a.png is not taken: it has 40000 × 40000 pixels; at most"),
        (b"%PDF-1.7", "../../x\n.pdf", "x .pdf is of a kind that is not allowed."),
        (bytes(3_000), "a.png", "a.png is too large: at most 0.002 MB are taken."),
    ],
)
def test_what_is_not_taken_is_refused_with_the_reason(put, work, data, name, told):
    with pytest.raises(Invalid) as caught:
        put(name, data, limits=Limits(2_000, 60_000_000, ("image", "drawing")))
    assert caught.value.errors["file"].startswith(told)
    assert work.session.scalars(select(Media)).all() == []


def test_name_that_lies_gets_the_ending_of_its_bytes(put):
    media = put("invoice.pdf.exe", make_picture("png"))
    assert (media.ending, media.path) == (".png", f"/media/{media.id}-invoice-pdf.png")


def test_drawing_has_the_size_of_its_view_box(put):
    media = put("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12.4"/>')
    assert (media.kind, media.width, media.height) == ("drawing", 24, 12)


def test_save_keeps_what_is_said(put, work):
    media = put()
    about = About(name="Gate", alt=" A  gate ", folder="/2026//travel/ ", focus_x=20, credit="Ann")

    save_media(media, about, version=1, work=work)

    assert (media.name, media.alt, media.folder, media.focus_x, media.version) == (
        "Gate",
        "A gate",
        "2026/travel",
        20,
        2,
    )
    with pytest.raises(Stale):
        save_media(media, about, version=1, work=work)


def test_save_names_each_field_that_is_wrong(put, work):
    with pytest.raises(Invalid) as caught:
        save_media(put(), About(name=" ", alt="x" * 501, focus_y=101), version=1, work=work)
    assert sorted(caught.value.errors) == ["alt", "focus_y", "name"]


def test_decorative_picture_has_no_words(put, work):
    media = put()
    save_media(media, About(name="x", alt="A gate", decorative=True), version=1, work=work)
    assert (media.alt, media.lacks_alt) == ("", False)


def test_replaced_file_keeps_its_address(put, work, instance):
    media = put()
    path, before = media.path, media.file
    other = make_picture("png", (10, 20))

    replace_media(media, other, "other.png", version=1, instance=instance, work=work)

    assert (media.path, media.width, media.height) == (path, 10, 20)
    assert (instance / media.file[1:]).read_bytes() == other
    owed = work.session.scalars(select(Job).where(Job.kind == "media.remove")).one()
    assert (owed.data, owed.due_at) == ({"file": before}, work.at + timedelta(days=7))


def test_file_of_another_kind_takes_no_address(put, work, instance):
    with pytest.raises(Invalid, match="same kind"):
        replace_media(put(), b"%PDF-1.7", "a.pdf", version=1, instance=instance, work=work)


def test_author_changes_their_own_files_alone(put, work, cast, instance):
    cy = work_of(work.session, cast.cy)
    own, other = put(by=cy, size=(9, 9)), put()

    save_media(own, About(name="Mine"), version=1, work=cy)

    for verb in (
        lambda: save_media(other, About(name="Mine"), version=1, work=cy),
        lambda: replace_media(other, b"x", "a.png", version=1, instance=instance, work=cy),
        lambda: trash_media(other, work=cy),
        lambda: cut(other, Box(0, 0, 5, 5), instance=instance, work=cy),
        lambda: upload(b"x", "a.txt", instance=instance, work=work_of(work.session, cast.dee)),
    ):
        with pytest.raises(Forbidden):
            verb()


def test_trash_and_back_and_the_end(put, work):
    media = put()
    with pytest.raises(Conflict, match="trash first"):
        delete_media(media, work=work)
    trash_media(media, version=1, work=work)
    with pytest.raises(Conflict, match="already"):
        trash_media(media, work=work)
    restore_media(media, version=2, work=work)
    with pytest.raises(Conflict, match="not in the trash"):
        restore_media(media, work=work)
    trash_media(media, work=work)
    file = media.file
    delete_media(media, version=4, work=work)
    assert work.session.scalars(select(Media)).all() == []
    owed = work.session.scalars(select(Job).where(Job.kind == "media.remove")).one()
    assert (owed.data, owed.due_at) == ({"file": file}, work.at)


def test_part_of_a_picture_is_another_file(put, work, instance):
    media = put("gate.png", make_picture("png", (60, 40)))

    part = cut(media, Box(10, 5, 20, 30), instance=instance, work=work)

    assert (part.name, part.width, part.height) == ("gate-20x30.png", 20, 30)
    assert (media.width, media.version) == (60, 1)


def test_file_of_an_import_keeps_the_address_of_its_first_bytes(work, instance):
    telling = make_picture("jpeg", telling=True)

    media = adopt(telling, "gate.jpg", instance=instance, work=work)

    assert media.path == address(telling, "gate.jpg") != media.file
    assert dict(read_picture((instance / media.file[1:]).read_bytes()).getexif()) == {}
    assert adopt(telling, "gate.jpg", instance=instance, work=work) is media
    assert find_by_paths(work.session, [media.path]) == [media]


def test_uses_follow_the_live_and_the_working_text(put, work):
    gate, door = put(), put(size=(20, 20))
    post = make_post(work, body=f"![A gate]({gate.path})")
    assert list_uses(work.session, gate) == [(post, ["live"])]

    save_post(post, make_content(body=f"![Door]({door.path} 'x')"), version=2, work=work)
    assert list_uses(work.session, gate) == [(post, ["live"])]
    assert list_uses(work.session, door) == [(post, ["working"])]

    discard_changes(post, version=3, work=work)
    assert list_uses(work.session, door) == []

    save_post(post, make_content(body=f"<img src='{door.path}'>"), version=4, work=work)
    publish(post, version=5, work=work)
    assert list_uses(work.session, gate) == []
    assert list_uses(work.session, door) == [(post, ["live"])]
    unpublish(post, version=6, work=work)
    assert list_uses(work.session, door) == [(post, ["working"])]
    assert content_of(post).body == f"<img src='{door.path}'>"


def test_address_that_an_archive_brought_is_left_to_its_file(put, work, instance):
    first = put("a.txt", b"first")
    brought = f"/media/{first.id + 2}-b.txt"
    bring_back(b"brought", brought, "b.txt", instance=instance, work=work)

    second = put("b.txt", b"second")

    assert (second.id, second.path) == (first.id + 2, f"/media/{first.id + 2}-b-2.txt")
