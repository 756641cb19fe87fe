"""The worker makes the forms of pictures and removes what nothing names."""

import pytest

from shared.domain.media import delete_media, trash_media, upload
from shared.domain.trash import list_trash, purge_trashed
from shared.jobs import Worker
from shared.media_names import form_path
from shared.models import Job, Media
from tests.cast import work_of
from tests.pictures import make_picture


@pytest.fixture
def runtime(any_runtime):
    return any_runtime


def put(runtime, data, name="a.jpg"):
    with runtime.database.writing() as session:
        media = upload(data, name, instance=runtime.settings.instance, work=work_of(session)).media
        session.commit()
        return media.id


def look(runtime, number):
    with runtime.database.reading() as session:
        return session.get(Media, number)


def files(runtime):
    return sorted(path.name for path in runtime.settings.instance.rglob("media/**/*.*"))


def test_forms_of_a_picture_are_made_once(runtime):
    number = put(runtime, make_picture("jpeg", (700, 350)))

    assert Worker(runtime).do_all() == 1

    media = look(runtime, number)
    sizes = [[320, 160], [640, 320], [700, 350]]
    assert media.forms == {"avif": sizes, "webp": sizes}
    assert (runtime.settings.instance / form_path(media.file, 640, "webp")[1:]).is_file()
    assert len(files(runtime)) == 7


def test_picture_that_is_gone_is_given_up(runtime):
    number = put(runtime, make_picture())
    (runtime.settings.instance / look(runtime, number).file[1:]).unlink()

    Worker(runtime).do_all()

    with runtime.database.reading() as session:
        job = session.get(Job, 1)
    assert (job.failed_at is not None, job.error) == (True, f"{look(runtime, number).file} is gone")


def test_deleted_file_goes_with_its_forms(runtime):
    number = put(runtime, make_picture("jpeg", (700, 350)))
    Worker(runtime).do_all()
    with runtime.database.writing() as session:
        media, work = session.get(Media, number), work_of(session)
        trash_media(media, work=work)
        delete_media(media, work=work)
        session.commit()

    Worker(runtime).do_all()

    assert files(runtime) == []


def test_file_that_came_back_meanwhile_is_kept(runtime):
    picture = make_picture("jpeg", (700, 350))
    number = put(runtime, picture)
    with runtime.database.writing() as session:
        media, work = session.get(Media, number), work_of(session)
        trash_media(media, work=work)
        delete_media(media, work=work)
        upload(picture, "a.jpg", instance=runtime.settings.instance, work=work)
        session.commit()

    Worker(runtime).do_all()

    assert len(files(runtime)) == 7


def test_bytes_of_a_purged_file_go_after_the_commit_and_stay_without_one(runtime):
    number = put(runtime, make_picture("jpeg", (700, 350)))
    Worker(runtime).do_all()
    with runtime.database.writing() as session:
        trash_media(session.get(Media, number), work=work_of(session))
        session.commit()
    with runtime.database.writing() as session:
        work = work_of(session)
        purge_trashed(list_trash(session, work.actor)[0], work=work)
        session.rollback()
    Worker(runtime).do_all()
    assert (look(runtime, number).trashed_at is not None, len(files(runtime))) == (True, 7)

    with runtime.database.writing() as session:
        work = work_of(session)
        purge_trashed(list_trash(session, work.actor)[0], work=work)
        session.commit()
    assert len(files(runtime)) == 7
    Worker(runtime).do_all()
    assert (look(runtime, number), files(runtime)) == (None, [])
