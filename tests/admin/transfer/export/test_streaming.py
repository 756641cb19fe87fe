"""An archive is sent while it is read, is of one moment, and needs little memory."""

import tracemalloc
from contextlib import closing

from admin.transfer.export import Report, Scope, write_archive
from shared.domain.posts import publish, save_post
from shared.models import AuditEvent, Post
from tests.admin.content import change, write
from tests.admin.counting import explained
from tests.admin.lists import fill
from tests.admin.transfer.export.archives import opened, store, take_out
from tests.cast import make_content

MANY = 2_000
BODY = 5_000


def texts(statements):
    """Return the queries that read posts' texts."""
    return [words for words, _ in statements if "post.body" in words]


def test_first_bytes_come_before_the_first_post_is_read(runtime):
    fill(runtime, MANY)
    with explained(runtime) as statements, closing(everything(runtime)) as chunks:
        first = next(chunks)
        assert first.startswith(b"PK\x03\x04")
        assert texts(statements) == []
        next(chunks)
        assert 1 <= len(texts(statements)) < 30


def everything(runtime, report=None):
    return write_archive(runtime, Scope(), report or Report())


def test_memory_is_bounded_however_much_there_is(runtime):
    fill(runtime, MANY, body=lambda n: f"{n:05}" * (BODY // 5))
    store(runtime, b"%PDF-" + bytes(8_000_000), "large.pdf")
    for _ in everything(runtime):  # what is imported and compiled only once
        pass
    report, size = Report(), 0
    tracemalloc.start()
    for chunk in everything(runtime, report):
        size += len(chunk)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (report.counts["posts"], report.counts["media"]) == (MANY, 1)
    assert size > 8_000_000
    assert peak < 4_000_000  # texts and the file are 18 MB; the list of names alone is 1


def test_queries_grow_by_batches_not_by_posts(runtime):
    fill(runtime, 400)
    with explained(runtime) as statements:
        assert take_out(runtime).report.counts["posts"] == 400
    assert len(statements) < 110


def test_archive_is_of_the_moment_at_which_it_began(any_runtime):
    number = write(any_runtime, title="First", body="As it was.")
    chunks = everything(any_runtime)
    begun = [next(chunks)]
    change(any_runtime, number, save_post, content=make_content(body="Changed."), version=None)
    change(any_runtime, number, publish, version=None)
    write(any_runtime, title="Second")
    archive = opened([*begun, *chunks])
    assert archive.names == ["_posts/2026-03-01-first.md"]
    assert archive.body("_posts/2026-03-01-first.md") == "As it was."


def test_given_up_download_lets_go_of_the_database(runtime):
    fill(runtime, 100)
    with closing(everything(runtime)) as chunks:
        next(chunks)
        assert runtime.database._reader.pool.checkedout() == 1
    assert runtime.database._reader.pool.checkedout() == 0


def test_media_are_sent_when_the_database_is_free_again(runtime):
    fill(runtime, 3)
    store(runtime, b"%PDF-" + bytes(500_000), "large.pdf")
    chunks = everything(runtime)
    held = [runtime.database._reader.pool.checkedout() for _ in chunks]
    assert held[0] == 1
    assert held[-2:] == [0, 0]


def test_writers_do_not_wait_for_a_download(runtime):
    fill(runtime, 100)
    with closing(everything(runtime)) as chunks:
        next(chunks)
        write(runtime, title="Meanwhile")
    with runtime.database.reading() as session:
        assert session.query(Post).filter_by(slug="meanwhile").count() == 1
        assert session.query(AuditEvent).filter_by(action="post.published").count() == 1
