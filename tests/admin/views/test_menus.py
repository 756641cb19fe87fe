"""Menus are arranged in the console, without a script too."""

from shared.domain.menu_options import MenuItem
from shared.domain.site import load_site
from tests.admin.content import write


def stored(runtime, place="menu_header"):
    with runtime.database.reading() as session:
        return getattr(load_site(session), place)


def menu_form(page):
    return next(form for form in page.forms if "data-menu" in form.attributes)


def press(browser, page, do, path="/menus/", **changed):
    return browser.send(path, menu_form(page).filled(do=do, **changed))


def test_lines_are_added_moved_named_and_saved(ben, runtime):
    number = write(runtime, kind="page", title="About", slug="about")
    page = ben.get("/menus/").page
    assert "Nothing was arranged here." in page.text
    page = press(ben, page, "add", add_target=f"post:{number}").page
    page = press(ben, page, "add", add_address="https://example.org/", add_label="Friends").page
    page = press(ben, page, "up:1").page
    page = press(ben, page, "in:1").page
    assert stored(runtime) == ()
    answer = press(ben, page, "save")

    assert (answer.status, answer.location) == (303, "/menus/")
    below = (MenuItem(target=f"post:{number}"),)
    friends = MenuItem(target="https://example.org/", label="Friends", children=below)
    assert stored(runtime) == (friends,)
    text = ben.get("/menus/").page.text
    assert "The menu is saved." in text
    assert "About" in text


def test_line_that_visitors_do_not_see_is_marked(ben, runtime):
    number = write(runtime, title="Draft", published=False)
    page = press(ben, ben.get("/menus/").page, "add", add_target=f"post:{number}").page
    assert "Draft not public: visitors do not see this line" in page.text
    page = press(ben, page, "add", add_target="tag:99").page
    assert "gone: visitors do not see this line" in page.text


def test_address_that_is_none_is_refused_and_stays_to_be_mended(ben, runtime):
    page = press(ben, ben.get("/menus/").page, "add", add_address="javascript:alert(1)").page
    answer = press(ben, page, "save")

    assert (answer.status, stored(runtime)) == (422, ())
    assert "“javascript:alert(1)” is no path or address." in answer.page.text
    assert menu_form(answer.page).fields["target"] == "javascript:alert(1)"


def test_menu_that_another_saved_meanwhile_is_not_overwritten_in_silence(as_, runtime):
    ann, ben = as_("Ann"), as_("Ben")
    mine = press(ben, ben.get("/menus/").page, "add", add_target="home").page
    theirs = press(ann, ann.get("/menus/").page, "add", add_target="archive").page
    press(ann, theirs, "save")
    answer = press(ben, mine, "save")

    assert (answer.status, stored(runtime)) == (422, (MenuItem(target="archive"),))
    assert "Someone changed this menu in the meantime." in answer.page.text
    assert press(ben, answer.page, "save").status == 303
    assert stored(runtime) == (MenuItem(target="home"),)


def test_each_place_has_a_menu_of_its_own(ben, runtime):
    path = "/menus/menu_footer/"
    page = press(ben, ben.get(path).page, "add", path, add_target="archive").page
    press(ben, page, "save", path)

    assert (stored(runtime), stored(runtime, "menu_footer")) == ((), (MenuItem(target="archive"),))
    assert ben.get("/menus/elsewhere/").status == 404
