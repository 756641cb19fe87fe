"""`flask media`."""

from sqlalchemy import select

from shared import media as store
from shared.domain.media import list_uses
from shared.models import Job, Media
from tests.cast import make_post, work_of
from tests.pictures import make_picture


def test_files_of_the_folder_are_registered_once_with_their_uses(run, runtime):
    path = store.store(runtime.settings.instance, make_picture("jpeg", telling=True), "gate.jpg")
    with runtime.database.writing() as session:
        post = make_post(work_of(session), body=f"![A gate]({path})")
        session.commit()

    assert run("media", "adopt").output == "1 files registered, 0 were known.\n"
    assert run("media", "adopt").output == "0 files registered, 1 were known.\n"

    with runtime.database.reading() as session:
        media = session.scalars(select(Media)).one()
        assert (media.path, media.file, media.width) == (path, path, 64)
        assert [(used.id, where) for used, where in list_uses(session, media)] == [
            (post.id, ["live"])
        ]


def test_forms_are_owed_to_pictures_that_have_none(run, runtime):
    store.store(runtime.settings.instance, make_picture(), "gate.jpg")
    store.store(runtime.settings.instance, b"plain", "notes.txt")
    run("media", "adopt")
    run("jobs", "run", "--once")
    with runtime.database.writing() as session:
        for media in session.scalars(select(Media)):
            media.forms = {}
        session.commit()

    assert run("media", "forms").output == "The forms of 1 pictures are owed.\n"

    with runtime.database.reading() as session:
        assert len(session.scalars(select(Job).where(Job.finished_at.is_(None))).all()) == 1
