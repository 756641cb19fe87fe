"""Role × route × state of a post, as committed."""

import os

from tests.admin import state_matrix


def test_what_roles_may_do_in_each_state_is_the_committed_table(app, runtime):
    found = state_matrix.table(app, runtime)
    if os.environ.get("STATES_ANEW") == "1":
        state_matrix.COMMITTED.write_text(found, encoding="utf-8")

    assert found == state_matrix.COMMITTED.read_text(encoding="utf-8")


def test_table_has_a_line_for_every_route_of_a_post(app):
    told = {
        tuple(line.split()[:2])
        for line in state_matrix.COMMITTED.read_text(encoding="utf-8").splitlines()[1:]
    }
    assert told == {(endpoint, method) for endpoint, method, _ in state_matrix.routes(app)}
