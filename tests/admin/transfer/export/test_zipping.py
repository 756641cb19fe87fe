import io
from datetime import UTC, datetime, timedelta, timezone
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from admin.transfer.export.zipping import CHUNK, GrowingZip
from tests.cast import NOON


def entry_of(archive, pieces):
    return ZipFile(io.BytesIO(b"".join([*pieces, archive.finish()]))).infolist()[0]


def test_texts_are_packed_and_carry_their_time():
    archive = GrowingZip(NOON)
    moment = datetime(2020, 5, 6, 9, 10, 12, tzinfo=timezone(timedelta(hours=8)))
    entry = entry_of(archive, archive.add("图/a.md", "学习" * 100, moment))
    assert (entry.filename, entry.date_time) == ("图/a.md", (2020, 5, 6, 1, 10, 12))
    assert (entry.compress_type, entry.file_size) == (ZIP_DEFLATED, 600)
    assert entry.compress_size < 60
    assert entry.external_attr >> 16 == 0o644


@pytest.mark.parametrize(("year", "kept"), [(1900, 1980), (2999, 2107)])
def test_time_that_no_zip_can_hold_is_the_nearest(year, kept):
    archive = GrowingZip(NOON)
    entry = entry_of(archive, archive.add("a", "", datetime(year, 3, 1, tzinfo=UTC)))
    assert entry.date_time == (kept, 3, 1, 0, 0, 0)


def test_large_file_leaves_in_chunks_and_as_it_is():
    archive = GrowingZip(NOON)
    pieces = [bytes([number]) * CHUNK for number in range(5)]
    chunks = list(archive.add_pieces("a.png", pieces, stored=True))
    assert [len(chunk) // CHUNK for chunk in chunks] == [1, 1, 1, 1, 1]
    entry = entry_of(archive, chunks)
    assert (entry.compress_type, entry.file_size) == (ZIP_STORED, 5 * CHUNK)


def test_file_of_gigabytes_is_a_zip64_entry():
    archive = GrowingZip(NOON)
    chunks = list(archive.add_pieces("a.bin", [b"short after all"], size=5_000_000_000))
    data = b"".join([*chunks, archive.finish()])
    version_needed = int.from_bytes(data[4:6], "little")
    assert version_needed == 45
    assert ZipFile(io.BytesIO(data)).read("a.bin") == b"short after all"


def test_more_entries_than_the_old_format_counts():
    archive = GrowingZip(NOON)
    chunks = [b"".join(archive.add(f"{number}", "")) for number in range(65_600)]
    whole = ZipFile(io.BytesIO(b"".join([*chunks, archive.finish()])))
    assert len(whole.infolist()) == 65_600
