"""Menus are settings: checked, stored, put back, and for editors too."""

from dataclasses import replace

import pytest

from shared.domain.errors import Forbidden, Invalid
from shared.domain.link_checks import check_links
from shared.domain.menu_options import MenuItem
from shared.domain.site import Site, list_changes, load_site, put_back, save_site
from shared.domain.undo import offer_undo, remember, take_back
from shared.saying import say
from tests.cast import NOON, make_post, work_of

MENU = (
    MenuItem(target="home"),
    MenuItem(target="/about/", label="Us", children=(MenuItem(target="post:12"),)),
)


def test_menu_comes_back_as_it_was_saved(work, cast):
    save_site(Site(menu_header=MENU), work=work_of(work.session, cast.ben))

    assert load_site(work.session) == Site(menu_header=MENU)


def test_menus_are_for_editors_and_other_settings_for_owners(work, cast):
    editor, author = work_of(work.session, cast.ben), work_of(work.session, cast.cy)
    with pytest.raises(Forbidden, match="menus:edit"):
        save_site(Site(menu_header=MENU), work=author)
    with pytest.raises(Forbidden, match="settings:edit"):
        save_site(Site(menu_header=MENU, title="Mine"), work=editor)


@pytest.mark.parametrize(
    ("menu", "said"),
    [
        ((MenuItem(target="javascript:alert(1)"),), "“javascript:alert(1)” is no path or address."),
        ((MenuItem(target="//evil.example"),), "“//evil.example” is no path or address."),
        ((MenuItem(target="home", label="x" * 101),), "Give labels of at most 100 characters."),
        ((MenuItem(target="home"),) * 61, "Give at most 60 items."),
        (
            (MenuItem(target="home", children=(MenuItem(target="home", children=MENU),)),),
            "Items nest one level deep.",
        ),
    ],
)
def test_menu_that_is_not_allowed_is_refused(work, cast, menu, said):
    with pytest.raises(Invalid) as caught:
        save_site(Site(menu_footer=menu), work=work_of(work.session, cast.ben))
    assert caught.value.errors == {"menu_footer": said}


def test_menu_that_another_changed_is_not_overwritten(work, cast):
    editor = work_of(work.session, cast.ben)
    save_site(Site(menu_header=MENU), work=editor)
    with pytest.raises(Invalid) as caught:
        save_site(Site(menu_header=MENU[:1]), seen=Site(), work=editor)
    told = "Someone changed this menu in the meantime. Save again to replace it."
    assert caught.value.errors == {"menu_header": told}


def test_menu_is_put_back_by_undo_and_from_the_history(work, cast):
    editor = work_of(work.session, cast.ben)
    before = remember(load_site(work.session), work=editor)
    save_site(Site(menu_header=MENU), work=editor)
    offer = offer_undo(editor, say("Changed a menu"), [before])

    take_back(offer.id, work=editor)
    assert load_site(work.session).menu_header == ()

    change = list_changes(work.session)[0]
    assert (change.name, len(change.before)) == ("menu_header", 2)
    put_back(change.event.id, "menu_header", work=work_of(work.session, cast.ann))
    assert load_site(work.session).menu_header == MENU


def test_path_in_a_menu_that_leads_nowhere_is_reported(work, cast):
    make_post(work, kind="page", title="Us", slug="us")
    menu = (MenuItem(target="/us/"), MenuItem(target="/gone/", label="Gone"))
    site = replace(load_site(work.session), menu_footer=menu)
    save_site(site, work=work_of(work.session, cast.ben))

    report = check_links(
        work.session, NOON, has_file=lambda _: True, own_hosts=frozenset({"localhost"})
    )

    assert [(row.source_kind, row.source_label, row.problem) for row in report.broken] == [
        ("menu", "Gone", "missing")
    ]
