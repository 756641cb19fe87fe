from datetime import timedelta

from shared.domain.posts import trash
from tests.admin.content import write


def test_purge_lists_and_then_deletes_what_lies_long(runtime, clock, run):
    write(runtime, then=lambda post, work: trash(post, work=work))
    at = f"{clock():%Y-%m-%d}"
    clock.at += timedelta(days=31)

    would = run("trash", "purge", "--dry-run")
    assert would.output == f"{at}  post      A quiet morning\n1 thing would go.\n"
    assert run("trash", "purge").output.endswith("1 thing deleted for good.\n")
    assert run("trash", "purge").output == "0 things deleted for good.\n"
