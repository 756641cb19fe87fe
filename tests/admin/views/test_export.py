import io
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from shared.models import AuditEvent
from tests.admin.content import write
from tests.admin.counting import explained
from tests.admin.lists import fill
from tests.admin.transfer.export.archives import opened, store
from tests.cast import ROLES

PATH = "/export/download/"


def asked_for(runtime):
    """Return who exported what, as the audit log has it."""
    with runtime.database.reading() as session:
        query = select(AuditEvent).where(AuditEvent.action == "content.exported")
        return [(row.actor_name, row.object_label, row.data) for row in session.scalars(query)]


def download(browser, **fields):
    return browser.client.post(PATH, data={"csrf_token": browser.token()} | fields)


def test_page_tells_what_the_archive_will_hold(ben, runtime):
    write(runtime, title="One")
    write(runtime, title="Two", published=False)
    write(runtime, title="About", kind="page")
    store(runtime, b"%PDF-" + bytes(2_000_000), "large.pdf")
    page = ben.get("/export/").page
    assert (
        "Posts 1 Pages 1 Drafts and scheduled 1 Unpublished changes 0 "
        "Categories 0 Tags 0 Redirects 0 Files 1 2.0 MB"
    ) in page.text
    assert page.form.action == PATH
    assert page.form.fields["media"] == page.form.fields["drafts"] == "y"


def test_looking_at_the_page_records_nothing(ben, runtime):
    ben.get("/export/")
    assert asked_for(runtime) == []


def test_download_is_the_whole_archive(ben, runtime):
    write(runtime, title="学习", body="Text.")
    write(runtime, title="Two", published=False)
    answer = download(ben, media="y", drafts="y")
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == "attachment; filename=triptych-2026-03-01.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    archive = opened([answer.data])
    assert archive.names == ["_posts/2026-03-01-学习.md", "_drafts/two.md"]
    assert archive.body("_posts/2026-03-01-学习.md") == "Text."


def test_unticked_boxes_leave_drafts_and_media_out(ben, runtime):
    write(runtime, title="One", body=store(runtime))
    write(runtime, title="Two", published=False)
    names = ZipFile(io.BytesIO(download(ben).data)).namelist()
    assert [name for name in names if "/" in name] == ["_posts/2026-03-01-one.md"]


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"media": "y", "drafts": "y"}, "everything"),
        ({"drafts": "y"}, "everything but media"),
        ({}, "everything but media and drafts"),
    ],
)
def test_download_is_on_record(ben, runtime, fields, label):
    download(ben, **fields)
    scope = {"media": "media" in fields, "drafts": "drafts" in fields}
    assert asked_for(runtime) == [("Ben", label, scope)]


def test_download_is_sent_while_it_is_read(ben, runtime):
    fill(runtime, 1_000)
    data = {"csrf_token": ben.token()}
    with explained(runtime) as statements:
        answer = ben.client.post(PATH, data=data, buffered=False)
        before = len(statements)
        chunks = list(answer.response)
        after = len(statements)
    assert before < 20
    assert after - before > 150
    assert len(chunks) > 2
    assert "Content-Length" not in answer.headers


def test_record_is_committed_before_the_first_byte(ben, runtime):
    fill(runtime, 500)
    data = {"csrf_token": ben.token()}
    answer = ben.client.post(PATH, data=data, buffered=False)
    assert asked_for(runtime) == [
        ("Ben", "everything but media and drafts", {"media": False, "drafts": False})
    ]
    chunks = iter(answer.response)
    assert next(chunks).startswith(b"PK")
    write(runtime, title="Somebody saves meanwhile")
    assert b"".join(chunks)[-22:-18] == b"PK\x05\x06"


def test_download_without_a_token_is_refused(ben, runtime):
    answer = ben.send(PATH, {"media": "y"})
    assert (answer.status, asked_for(runtime)) == (400, [])
    assert ben.get(PATH).status == 405


@pytest.mark.parametrize("name", [name for name in ROLES if name not in {"Ann", "Ben"}])
def test_others_may_neither_look_nor_download(as_, runtime, name):
    browser = as_(name)
    assert browser.get("/export/").status == 403
    assert download(browser).status_code == 403
    assert asked_for(runtime) == []
