from datetime import timedelta

from shared.domain.posts import save_post
from tests.admin.content import change, read, write
from tests.cast import make_content


def test_prune_lists_and_then_lets_go(runtime, clock, run):
    post = write(runtime, published=False)
    for _ in range(2):
        change(runtime, post, save_post, content=make_content(), version=None)
    clock.at += timedelta(days=91)

    would = run("revisions", "prune", "--dry-run")
    assert would.output == "     1 of      3  A quiet morning\n1 version would go.\n"
    assert read(runtime, post).revisions == 3
    assert run("revisions", "prune").output.endswith("1 version gone.\n")
    assert read(runtime, post).revisions == 2
