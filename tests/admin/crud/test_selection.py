"""Statements are kept for what they select, and for nobody else."""

from admin.crud.selection import Part, select_for
from admin.crud.state import State
from admin.screens.posts import own_posts
from admin.screens.tags import TagScreen
from tests.admin.content import write
from tests.admin.lists import read_list


def test_statements_are_kept_for_lists_that_are_narrowed_alike(runtime):
    screen = TagScreen()
    with runtime.database.reading() as session:
        first, again = (select_for(session, screen, State("name")) for _ in range(2))
        searched, other = (select_for(session, screen, State("name", search=w)) for w in "ab")

    plain = Part(few=True, empty=None, sort="name", descending=False, limit=21)
    rows = first.statements.rows
    assert first.statements is again.statements
    assert rows(plain) is rows(plain)
    assert rows(plain) is not rows(plain._replace(descending=True))
    assert searched.statements is other.statements is not first.statements


def test_values_of_one_list_never_reach_another(as_, runtime):
    for name, title in (("Ann", "One"), ("Ben", "Two"), ("Cy", "Three")):
        write(runtime, name, title=title, tags=(title,))
    ann = as_("Ann")
    seen = [
        read_list(ann, f"/page/?{query}").column("Title")
        for query in ("author=1", "author=2", "tag=one", "tag=three", "author=1", "q=two", "q=one")
    ]

    one, two, three = ["One one"], ["Two two"], ["Three three"]
    assert seen == [one, two, one, three, one, two, one]


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
