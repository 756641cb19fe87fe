"""The media library: found, described, replaced, cropped, thrown away."""

import io
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from shared.models import Media
from tests.admin.media_files import look, put
from tests.cast import make_post, work_of
from tests.pictures import make_picture


def listed(browser, query=""):
    text = browser.get(f"/media/{query}").response.get_data(as_text=True)
    found = [part.split("<")[0] for part in text.split('class="media-name">')[1:]]
    return [name.strip() for name in found]


def test_library_is_narrowed_and_sorted_by_the_address(ben, runtime):
    gate = put(runtime, "gate.jpg", folder="2026/travel")
    put(runtime, "Door.png", make_picture("png", (900, 900)), folder="2026")
    put(runtime, "notes.txt", b"plain")
    with runtime.database.writing() as session:
        make_post(work_of(session), body=f"![]({gate.path})")
        media = session.get(Media, gate.id)
        media.alt = "An old gate"
        session.commit()

    assert listed(ben) == ["notes.txt", "Door.png", "gate.jpg"]
    assert listed(ben, "?sort=old") == ["gate.jpg", "Door.png", "notes.txt"]
    assert listed(ben, "?sort=name") == ["Door.png", "gate.jpg", "notes.txt"]
    assert listed(ben, "?sort=large")[0] == "Door.png"
    assert listed(ben, "?kind=text") == ["notes.txt"]
    assert listed(ben, "?folder=2026") == ["Door.png", "gate.jpg"]
    assert listed(ben, "?folder=2026/travel") == ["gate.jpg"]
    assert listed(ben, "?use=unused") == ["notes.txt", "Door.png"]
    assert listed(ben, "?use=used") == ["gate.jpg"]
    assert listed(ben, "?alt=missing") == ["Door.png"]
    assert listed(ben, "?q=OLD+gate") == ["gate.jpg"]
    assert listed(ben, "?q=100%25&kind=nonsense") == []


@pytest.mark.parametrize("sort", ["new", "old", "name", "large"])
def test_pages_follow_each_other_without_gap(ben, runtime, sort, monkeypatch):
    monkeypatch.setattr("admin.media.listing.PAGE", 2)
    monkeypatch.setattr("admin.media.listing.list_media.__kwdefaults__", {"limit": 2})
    for number in range(5):
        put(runtime, f"{number}.txt", b"x" * (number + 1))
    seen, query = [], f"?sort={sort}"
    for _ in range(3):
        page = ben.get(f"/media/{query}")
        text = page.response.get_data(as_text=True)
        seen += [part.split("<")[0].strip() for part in text.split('class="media-name">')[1:]]
        query = text.split('rel="next" href="')[-1].split('"')[0].replace("&amp;", "&")
    order = sorted(seen, reverse=sort in {"new", "large"})
    assert (seen, len(set(seen))) == (order, 5)


def test_plain_form_uploads_many_and_says_what_was_refused(ben, runtime):
    picture = make_picture("jpeg", telling=True)
    sent = {
        "csrf_token": ben.token(),
        "folder": "2026",
        "files": [
            (io.BytesIO(picture), "gate.jpg"),
            (io.BytesIO(picture), "again.jpg"),
            (io.BytesIO(b"\x7fELF\0"), "virus.jpg"),
        ],
    }

    answer = ben.send("/media/upload/", sent, content_type="multipart/form-data")

    assert (answer.status, answer.location) == (303, "/media/?folder=2026")
    text = ben.get(answer.location).response.get_data(as_text=True)
    assert "gate.jpg is uploaded." in text
    assert "gate.jpg is there already." in text
    assert "virus.jpg is not taken: it is of a type that is not taken." in text
    assert listed(ben) == ["gate.jpg"]


def test_file_is_described_and_shows_where_it_is_used(ben, runtime):
    media = put(runtime)
    with runtime.database.writing() as session:
        post = make_post(work_of(session), title="At the gate", body=f"![]({media.path})")
        session.commit()
    page = ben.get(f"/media/{media.id}/")
    text = page.response.get_data(as_text=True)
    assert f'<a href="/page/edit/{post.id}/">At the gate</a>' in text
    form = next(form for form in page.page.forms if "alt" in form.fields)

    answer = ben.send(f"/media/{media.id}/", form.filled(alt="A gate", focus_x="20"))

    assert (answer.status, answer.location) == (303, f"/media/{media.id}/")
    found = look(runtime, media.id)
    assert (found.alt, found.focus_x, found.version) == ("A gate", 20, 2)
    stale = ben.send(f"/media/{media.id}/", form.filled(alt="Mine"))
    assert stale.status == 409


def test_wrong_field_keeps_what_was_typed(ben, runtime):
    media = put(runtime)
    page = ben.get(f"/media/{media.id}/")
    form = next(form for form in page.page.forms if "alt" in form.fields)

    answer = ben.send(f"/media/{media.id}/", form.filled(alt="A gate", focus_x="900"))

    assert answer.status == 422
    assert "A gate" in answer.response.get_data(as_text=True)


def test_file_is_replaced_at_its_address(ben, runtime):
    media = put(runtime)
    sent = {
        "csrf_token": ben.token(),
        "version": "1",
        "file": (io.BytesIO(make_picture("png", (10, 20))), "other.png"),
    }

    answer = ben.send(f"/media/{media.id}/replace/", sent, content_type="multipart/form-data")

    found = look(runtime, media.id)
    assert (answer.status, found.path, found.width) == (303, media.path, 10)


def test_part_becomes_a_file(ben, runtime):
    media = put(runtime, "gate.png", make_picture("png", (60, 40)))
    sent = {"csrf_token": ben.token(), "left": 1, "top": 2, "width": 30, "height": 20}

    answer = ben.send(f"/media/{media.id}/crop/", sent)

    made = look(runtime, int(answer.location.strip("/").split("/")[-1]))
    assert (made.name, made.width, made.height) == ("gate-30x20.png", 30, 20)
    outside = ben.send(f"/media/{media.id}/crop/", sent | {"left": 50})
    assert outside.status == 422


def test_files_go_to_the_trash_and_back_together(ben, runtime):
    one, two = put(runtime), put(runtime, "b.txt", b"b")
    sent = {"csrf_token": ben.token(), "ids": [one.id, two.id], "action": "trash"}

    assert ben.send("/media/bulk/?kind=text", sent).location == "/media/?kind=text"
    assert listed(ben) == []
    assert listed(ben, "?trash=1") == ["b.txt", "gate.jpg"]
    ben.send("/media/bulk/?trash=1", sent | {"action": "restore"})
    assert listed(ben) == ["b.txt", "gate.jpg"]


def test_author_is_shown_others_files_and_may_not_change_them(as_, runtime):
    media, cy = put(runtime), as_("Cy")
    page = cy.get(f"/media/{media.id}/")
    assert page.status == 200
    assert "Only whoever uploaded this file" in page.response.get_data(as_text=True)
    sent = {"csrf_token": cy.token()}
    assert cy.send(f"/media/{media.id}/trash/", sent).status == 403
    assert cy.send("/media/bulk/", sent | {"ids": [media.id], "action": "trash"}).status == 303
    assert look(runtime, media.id).trashed_at is None


def undo_form(browser, path):
    forms = browser.get(path).page.forms
    return next(form for form in forms if "/undo/" in form.action)


def test_trashed_files_are_undone_by_the_button_of_the_message(ben, runtime):
    one, two = put(runtime), put(runtime, "b.txt", b"b")
    sent = {"csrf_token": ben.token(), "ids": [one.id, two.id], "action": "trash"}
    place = ben.send("/media/bulk/", sent).location
    form = undo_form(ben, place)
    assert listed(ben) == []

    assert ben.send(form.action, form.fields).status == 303
    assert listed(ben) == ["b.txt", "gate.jpg"]
    assert "Undone: Moved to the trash: gate.jpg, b.txt" in ben.get("/undo/").page.text


def test_replacement_is_undone(ben, runtime):
    media = put(runtime)
    sent = {
        "csrf_token": ben.token(),
        "version": "1",
        "file": (io.BytesIO(make_picture("png", (10, 20))), "other.png"),
    }
    place = ben.send(
        f"/media/{media.id}/replace/", sent, content_type="multipart/form-data"
    ).location
    form = undo_form(ben, place)
    ben.send(form.action, form.fields)

    assert look(runtime, media.id).file == media.file


def test_trashed_file_is_found_in_the_shared_trash_and_restored_there(ben, runtime):
    media = put(runtime)
    ben.send(f"/media/{media.id}/trash/", {"csrf_token": ben.token()})
    page = ben.get("/trash/?kind=media").page
    assert f"gate.jpg File {media.path} · Ben" in page.text
    form = next(form for form in page.forms if form.action.endswith("/restore/"))

    assert ben.send(form.action, form.fields).location == f"/media/{media.id}/"
    assert look(runtime, media.id).trashed_at is None


def test_deleting_for_good_asks_and_leads_back_to_the_trash(ben, runtime):
    media = put(runtime)
    ben.send(f"/media/{media.id}/trash/", {"csrf_token": ben.token()})
    page = ben.get(f"/media/{media.id}/").page
    assert 'href="/trash/1/purge/"' in page.html
    form = ben.get("/trash/1/purge/").page.forms[-1]

    assert ben.send(form.action, form.fields).location == "/trash/"
    assert look(runtime, media.id) is None


def test_card_and_picker_tell_a_script_what_it_needs(ben, runtime):
    media = put(runtime)
    card = ben.get(f"/media/{media.id}/card/").response.get_json()
    assert (card["path"], card["markdown"]) == (media.path, f"![]({media.path})")
    picker = ben.get("/media/pick/?q=gate").response.get_data(as_text=True)
    assert "data-pick=" in picker
    assert "Nothing matches." in ben.get("/media/pick/?q=zzz").response.get_data(as_text=True)


def test_limits_of_the_settings_hold(as_, runtime):
    ann = as_("Ann")
    form = ann.get("/settings/media/").page.form
    kept = form.filled(media_max_megabytes="1", media_max_megapixels="1")
    kept.setlist("media_kinds", ["image"])
    assert ann.send("/settings/media/", kept).status == 303
    sent = {
        "csrf_token": ann.token(),
        "folder": "",
        "files": [
            (io.BytesIO(b"plain"), "a.txt"),
            (io.BytesIO(make_picture("png", (1100, 1000))), "c.png"),
        ],
    }

    answer = ann.send("/media/upload/", sent, content_type="multipart/form-data")

    text = ann.get(answer.location).response.get_data(as_text=True)
    assert "a.txt is of a kind that is not allowed." in text
    assert "c.png is not taken: it has 1100 × 1000 pixels; at most 1 million are taken." in text


@contextmanager
def busy(runtime):
    """Let somebody else write meanwhile: whoever wants to write waits."""
    with runtime.database.writing() as session:
        session.execute(select(Media.id))
        yield


def test_pictures_are_looked_at_while_others_write(ben, runtime):
    media, other = put(runtime), {"csrf_token": ben.token()}
    damaged = make_picture("png")[:-30]

    with busy(runtime):
        uploaded = ben.send("/media/upload/", other | {"files": (io.BytesIO(damaged), "b.png")})
        told = ben.get("/media/").page.text
        replaced = ben.send(
            f"/media/{media.id}/replace/", other | {"file": (io.BytesIO(damaged), "b.png")}
        )
        outside = {"left": "60", "top": "0", "width": "40", "height": "30"}
        cropped = ben.send(f"/media/{media.id}/crop/", other | outside)

    assert (uploaded.status, replaced.status, cropped.status) == (303, 422, 422)
    assert "b.png is not taken: it is damaged" in told
