"""A menu is arranged by keyboard and by dragging, and visitors see it."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visiting import Visitor
from tests.e2e.writing import sentence

pytestmark = pytest.mark.browser


def add(page: Page, name: str, address: str) -> None:
    page.get_by_label("or to an address").fill(address)
    page.get_by_label("Name in the menu", exact=True).fill(name)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible()


def order(page: Page) -> list[str]:
    lines = page.locator("[data-line]")
    return [
        f"{'  ' * int(line.get_attribute('data-depth'))}{line.get_attribute('data-name')}"
        for line in lines.all()
    ]


def test_a_menu_is_arranged_by_keys_and_by_dragging(ann: Visitor) -> None:
    page = ann.page
    ann.open("/admin/menus/")
    for name in ("One", "Two", "Three"):
        add(page, name, f"https://example.org/{name.lower()}")
    ann.look("menus")

    name = page.get_by_label("Name of https://example.org/three in the menu")
    name.focus()
    name.press("Alt+ArrowUp")
    expect(page.locator("[data-said]")).to_have_text("Three is now line 2 of 3.")
    name.press("Alt+ArrowRight")
    expect(page.locator("[data-said]")).to_have_text("Three stands below the line before.")
    expect(name).to_be_focused()
    assert order(page) == ["One", "  Three", "Two"]

    two = page.locator("[data-line]").filter(has=page.get_by_role("button", name="Remove Two"))
    two.locator(".menu-what span").drag_to(
        page.locator("[data-line]").first.locator("input[name=label]"),
        target_position={"x": 5, "y": 2},
    )
    assert order(page) == ["Two", "One", "  Three"]

    page.get_by_role("button", name="Save the menu").click()
    expect(sentence(page)).to_have_text("The menu is saved.")
    assert order(page) == ["Two", "One", "  Three"]

    ann.open("/")
    menu = page.get_by_role("navigation", name="Main")
    menu.get_by_text("One", exact=True).first.click()
    expect(menu.get_by_role("link", name="Three")).to_be_visible()
    ann.look("site-menu")

    ann.open("/admin/menus/")
    for left in ("Two", "One", "Three"):
        page.get_by_role("button", name=f"Remove {left}").click()
    page.get_by_role("button", name="Save the menu").click()
    expect(page.get_by_text("Nothing was arranged here.")).to_be_visible()
