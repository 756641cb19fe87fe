"""Lists: narrowed, arranged, kept as a view, gone through by keys, changed many at once, undone."""

import pytest
from playwright.sync_api import expect

from tests.e2e.visiting import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def posts(ann: Visitor) -> Visitor:
    """The list of posts, with more of them than stand on a page."""
    ann.open("/admin/page/new/")
    read = "Object.fromEntries(new FormData(document.querySelector('form[data-editor]')))"
    fields = ann.page.evaluate(read)
    fields.pop("draft_key", None)  # else all are taken for one draft that is sent again
    for number in range(22):
        more = {"title": f"Elephant {number:02}", "body": "Grey.", "action": "publish"}
        made = ann.page.request.post(
            f"{ann.site.address}/admin/page/new/", form=fields | more, max_redirects=0
        )
        assert made.status == 303
    ann.open("/admin/page/?sort=title")
    return ann


def test_a_list_is_narrowed_arranged_and_kept_as_a_view(posts: Visitor) -> None:
    page = posts.page
    page.get_by_role("link", name="Filter", exact=True).click()
    dialog = page.get_by_role("dialog", name="Filter")
    dialog.get_by_label("Has tags").select_option("no")
    posts.look("lists-filter")
    dialog.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Has tags: No")).to_be_visible()
    page.get_by_role("link", name="Columns").click()
    dialog = page.get_by_role("dialog", name="Columns")
    dialog.get_by_label("Tags", exact=True).check()
    dialog.get_by_role("button", name="Move Tags up").click()
    posts.look("lists-columns")
    dialog.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("columnheader", name="Tags")).to_be_visible()
    page.get_by_role("link", name="Save as view").click()
    dialog = page.get_by_role("dialog", name="Save as a view")
    dialog.get_by_label("Name").fill("Without tags")
    dialog.get_by_label("Everyone sees it").check()
    dialog.get_by_role("button", name="Save").click()
    said = page.locator(".flash-success")
    expect(said).to_have_text("The view Without tags is kept.")
    expect(page.get_by_role("link", name="Without tags")).to_have_attribute("aria-current", "page")
    posts.look("lists-view")
    page.get_by_role("link", name="Has tags: No").click()
    expect(page.get_by_role("link", name="Has tags: No")).to_have_count(0)


def test_rows_are_gone_through_chosen_and_changed_by_keys(posts: Visitor) -> None:
    page, keys = posts.page, posts.page.keyboard
    posts.open("/admin/page/?q=elephant&sort=title")
    keys.press("?")
    expect(page.get_by_role("dialog", name="Keys of this list")).to_be_visible()
    keys.press("Escape")
    keys.press("j")
    expect(page.locator("tbody tr").first).to_be_focused()
    keys.press("e")
    field = page.get_by_role("textbox", name="Title")
    expect(field).to_be_focused()
    with posts.watch.paused():  # the answer is 422
        field.fill("")
        keys.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("Give a title.")
    keys.press("Escape")
    expect(field).to_have_count(0)
    keys.press("j")
    expect(page.locator("tbody tr").nth(0)).not_to_be_focused()
    keys.press("x")
    keys.press("j")
    keys.press("j")
    keys.press("Shift+X")
    expect(page.locator("[data-selection-count]")).to_have_text("3 selected:")
    keys.press("/")
    expect(page.get_by_label("Search: Posts")).to_be_focused()


def test_all_that_match_are_changed_after_a_look_and_taken_back(posts: Visitor) -> None:
    page = posts.page
    posts.open("/admin/page/?q=elephant&sort=title")
    page.locator('tbody input[name="ids"]').first.check()
    page.get_by_role("link", name="Next").click()
    count = page.locator("[data-selection-count]")
    expect(count).to_have_text("1 selected, 1 of them on other pages:")
    page.locator('input[name="all"]').check()
    posts.look("lists-chosen")
    page.get_by_label("Change", exact=True).select_option("add_tags")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Tags").fill("Trunks")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator(".cell-changes").first).to_contain_text("Trunks")
    posts.look("lists-preview")
    total = int(page.locator('input[name="counted"]').input_value())
    page.get_by_role("button", name="Add tags (").click()
    done = page.locator(".flash-success span")  # after some rounds, each a page of its own
    expect(done).to_have_text(f"Tags added: {total:,}.", timeout=60_000)
    page.get_by_role("button", name="Undo").first.click()
    expect(done).to_have_text("Undone.", timeout=60_000)  # in parts, too
    posts.open("/admin/page/?q=trunks")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()


def test_a_title_is_changed_in_its_place_and_the_list_taken_along(posts: Visitor) -> None:
    page, keys = posts.page, posts.page.keyboard
    posts.open("/admin/page/?q=elephant&status=published&sort=title")
    expect(page.get_by_role("link", name="Status: Published")).to_be_visible()
    keys.press("j")
    keys.press("e")
    page.get_by_role("textbox", name="Title").fill("An elephant of another name")
    keys.press("Enter")
    expect(page.get_by_role("link", name="An elephant of another name")).to_be_visible()
    page.get_by_role("link", name="Download").click()
    dialog = page.get_by_role("dialog", name="Download this list")
    dialog.get_by_label("CSV, for any spreadsheet").check()
    with page.expect_download() as begun:
        dialog.get_by_role("button", name="Download").click()
    rows = begun.value.path().read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("Title,Status,Author,Published,Changed")
    assert rows[1].startswith("An elephant of another name,Published,Ann Liu,")
    assert len(rows) > 22


def test_the_palette_leads_anywhere(posts: Visitor) -> None:
    page, keys = posts.page, posts.page.keyboard
    posts.open("/admin/")
    keys.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    keys.type("elephant 07")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Elephant 07")
    expect(first).to_have_attribute("aria-selected", "true")
    posts.look("palette")
    keys.press("Enter")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Elephant 07")
    expect(page.locator(".cm-content")).to_be_visible()  # then it is remembered, too
    posts.open("/admin/tags/")
    page.locator("[data-palette]").click()
    expect(page.get_by_role("option", name="Elephant 07").first).to_be_visible()
    keys.type("redir")
    keys.press("Enter")
    page.wait_for_url("**/admin/redirects/")
