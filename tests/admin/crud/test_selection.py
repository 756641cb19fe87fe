"""Statements are kept for what they select, and for nobody else."""

from admin.crud.selection import select_for
from admin.crud.state import State
from admin.screens.posts import own_posts
from admin.screens.tags import TagScreen
from tests.admin.content import write
from tests.admin.lists import read_list


def test_statements_are_kept_while_only_the_screen_narrows(runtime):
    screen = TagScreen()
    with runtime.database.reading() as session:
        first, again = (select_for(session, screen, State("name")) for _ in range(2))
        searched, other = (select_for(session, screen, State("name", search=w)) for w in "ab")

    plain = {"few": True, "empty": None, "sort": "name", "limit": 21}
    assert first is again
    assert first.rows(**plain) is again.rows(**plain)
    assert first.rows(**plain) is not first.rows(**plain | {"sort": "-name"})
    assert len({first, searched, other}) == 3


def test_list_of_one_person_is_never_shown_to_another(as_, runtime):
    for name in ("Cy", "Con", "Ben"):
        write(runtime, name, title=f"By {name}")
    people = {name: as_(name) for name in ("Cy", "Ann", "Con")}
    seen = [
        (name, sorted(read_list(people[name], "/page/").column("Title")))
        for name in ("Cy", "Con", "Ann", "Cy", "Ann", "Con")
    ]

    cy, con, ben = "By Cy by-cy", "By Con by-con", "By Ben by-ben"
    own = {"Cy": [cy], "Con": [con], "Ann": [ben, con, cy]}
    assert seen == [(name, own[name]) for name, _ in seen]
    assert own_posts(1) is own_posts(1) is not own_posts(2)
