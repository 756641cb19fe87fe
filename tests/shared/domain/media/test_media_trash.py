"""Files lie in the one trash, come back with address and uses, and acts on them are undone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.domain.errors import NotFound
from shared.domain.media import About, list_uses, replace_media, save_media, trash_media
from shared.domain.posts import publish, save_post
from shared.domain.trash import get_trashed, list_trash, purge_trashed, restore_trashed
from shared.domain.undo import ChangedSince, take_back
from shared.models import Job, Media
from tests.cast import NOON, make_content, make_post, work_of
from tests.pictures import make_picture
from tests.shared.domain.undo.acts import act, later

SOON = NOON + timedelta(minutes=5)


def lying(work):
    return [(item.kind, item.label, item.detail) for item in list_trash(work.session, work.actor)]


def state(media):
    names = set(Media.__table__.columns.keys()) - {"version", "updated_at"}
    return {name: getattr(media, name) for name in names}


def removals(work):
    rows = work.session.scalars(select(Job).where(Job.kind == "media.remove")).all()
    return [(job.data["file"], job.due_at) for job in rows]


def trash_all(files, work):
    return act(lambda media: trash_media(media, work=work), files, work=work)


def test_trashed_file_lies_with_everything_else_and_comes_back_with_its_uses(put, work):
    media = put()
    post = make_post(work, body=f"![A gate]({media.path})")
    before, uses = state(media), list_uses(work.session, media)
    trash_media(media, work=work)
    assert lying(work) == [("media", "门 photo.JPG", media.path)]
    save_post(post, make_content(body=f"New ![]({media.path})"), version=None, work=work)
    publish(post, version=None, work=work)

    restore_trashed(list_trash(work.session, work.actor)[0], work=work)

    assert (state(media), lying(work)) == (before, [])
    assert [used.id for used, _ in list_uses(work.session, media)] == [uses[0][0].id]


def test_uploading_the_same_bytes_takes_it_out_of_the_trash(put, work):
    trash_media(put(), work=work)
    put()
    assert lying(work) == []


def test_author_handles_their_own_files_and_readers_none(put, work, cast):
    cy, dee = work_of(work.session, cast.cy), work_of(work.session, cast.dee)
    own, other = put(by=cy, size=(9, 9)), put()
    trash_media(own, work=cy)
    trash_media(other, work=work)

    assert [path for _, _, path in lying(cy)] == [own.path]
    assert (len(lying(work)), lying(dee)) == (2, [])
    with pytest.raises(NotFound):
        get_trashed(work.session, list_trash(work.session, work.actor)[0].id, cy.actor)
    purge_trashed(list_trash(work.session, cy.actor)[0], work=cy)
    assert work.session.scalars(select(Media.id)).all() == [other.id]


def test_purging_owes_the_end_of_the_bytes_and_leaves_them_to_the_commit(put, work, instance):
    media = put()
    file, place = media.file, instance / media.file[1:]
    trash_media(media, work=work)
    purge_trashed(list_trash(work.session, work.actor)[0], work=later(work, SOON))

    assert (lying(work), place.is_file()) == ([], True)
    assert removals(work) == [(file, SOON)]


def test_many_files_are_trashed_and_taken_back_together(put, work):
    files = [put(size=(10 + number, 9)) for number in range(3)]
    before = [state(media) for media in files]
    offer = trash_all(files, work)
    again = take_back(offer.id, work=later(work, SOON))

    assert ([state(media) for media in files], lying(work)) == (before, [])
    take_back(again.id, work=later(work, SOON))
    assert len(lying(work)) == 3


def test_replacement_is_taken_back_to_the_bytes_before(put, work, instance):
    media = put()
    media.forms = {"webp": [[320, 240]]}
    work.flush()
    before = state(media)

    def replace(media):
        other = make_picture("png", (10, 20))
        replace_media(media, other, "other.png", version=None, instance=instance, work=work)

    offer = act(replace, [media], work=work)
    other = media.file
    again = take_back(offer.id, work=later(work, SOON))

    assert state(media) == before
    assert (other, SOON + timedelta(days=7)) in removals(work)
    take_back(again.id, work=later(work, SOON))
    assert (media.file, media.width) == (other, 10)
    assert (instance / other[1:]).is_file()


def test_forms_made_meanwhile_stay(put, work):
    media = put()
    offer = trash_all([media], work)
    media.forms = {"webp": [[320, 240]]}
    work.flush()
    take_back(offer.id, work=later(work, SOON))

    assert media.forms == {"webp": [[320, 240]]}


def test_file_described_anew_since_is_named(put, work, cast):
    media, kept = put(), put(size=(9, 9))
    offer = trash_all([media, kept], work)
    ann = work_of(work.session, cast.ann, SOON)
    save_media(media, About(name="Gate"), version=None, work=ann)
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(work, SOON))

    (change,) = caught.value.changes
    assert (change.kind, change.id, change.by, change.action) == (
        "media",
        media.id,
        "Ann",
        "media.saved",
    )
    take_back(offer.id, rest=True, work=later(work, SOON))
    assert (media.trashed_at, kept.trashed_at) == (NOON, None)


def test_file_deleted_for_good_since_is_named(put, work):
    media = put()
    offer = trash_all([media], work)
    purge_trashed(list_trash(work.session, work.actor)[0], work=work)
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(work, SOON))

    assert [change.label for change in caught.value.changes] == ["门 photo.JPG"]
