"""Files go out at the addresses that texts name, and come in again with what is said of them."""

from sqlalchemy import select

from shared.domain.media import list_uses
from shared.models import Media
from tests.admin.content import write
from tests.admin.media_files import put as upload_file
from tests.admin.transfer.export.archives import take_out
from tests.admin.transfer.imports import bring_in, told


def test_files_come_back_at_their_lasting_addresses_with_their_words(any_runtime, other, tmp_path):
    media = upload_file(any_runtime, "gate.jpg", folder="2026")
    with any_runtime.database.writing() as session:
        found = session.get(Media, media.id)
        found.alt, found.focus_x, found.credit = "A gate", 20, "Ann"
        session.commit()
    write(any_runtime, title="Gate", body=f"![A gate]({media.path})")

    archive = take_out(any_runtime)
    assert [name for name in archive.names if name.startswith("media/")] == [media.path[1:]]
    assert archive.report.missing == []
    report = bring_in(other, archive.unpack(tmp_path / "archive"))

    assert told(report, "unresolved") == []
    with other.database.reading() as session:
        back = session.scalars(select(Media)).one()
        assert (back.path, back.alt, back.focus_x, back.focus_y) == (media.path, "A gate", 20, 50)
        assert (back.credit, back.folder, back.sha256) == ("Ann", "2026", media.sha256)
        assert [post.title for post, _ in list_uses(session, back)] == ["Gate"]
    again = bring_in(other, tmp_path / "archive")
    assert told(again, "unresolved") == []


def test_address_of_another_file_is_not_taken(runtime, other, tmp_path):
    upload_file(runtime, "gate.jpg")
    write(runtime, title="Gate")
    upload_file(other, "gate.jpg", size=(20, 20))

    report = bring_in(other, take_out(runtime).unpack(tmp_path / "archive"))

    assert told(report, "unresolved") == [
        "media/1-gate.jpg not stored: file: Its address is that of another file here."
    ]
