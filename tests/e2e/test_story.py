"""The story of a site: set up, written, read, found, changed, and had back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.account import NAME, TITLE, set_up
from tests.e2e.visiting import Visitor
from tests.e2e.writing import Editor, sentence, write_post
from tests.serving import Site, serving

pytestmark = pytest.mark.browser

POST = "Lanterns on the river 河灯"
SLUG = "lanterns-on-the-river-河灯"
TEXT = """Every spring **seven lanterns** drift past the old bridge.

## 元宵之夜

河灯顺水而下，岸上的人慢慢走。"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A platform of the story's own, started for the first time."""
    with serving(tmp_path_factory.mktemp("story")) as started:
        yield started


def test_a_site_is_set_up_written_read_found_and_had_back(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    writer, reader = visit(), visit()
    become_owner(writer)
    editor = write(writer)
    preview(writer, editor)
    publish(writer, editor)
    read(reader)
    find(reader)
    follow(reader)
    change(writer, editor)
    compare(writer)
    restore(writer)
    editor.publish("Publish changes")
    assert shown(reader) == "Every spring seven lanterns drift past the old bridge."


def become_owner(writer: Visitor) -> None:
    writer.open(writer.site.setup)
    writer.look("setup")
    set_up(writer.page, writer.site)
    expect(sentence(writer.page)).to_have_text("Welcome. The site is yours now.")
    expect(writer.page.locator(".menu-me")).to_contain_text(NAME)
    writer.look("dashboard")


def write(writer: Visitor) -> Editor:
    writer.open("/admin/page/new/")
    writer.look("editor-new")
    editor = write_post(writer.page, writer.site.address, POST, TEXT)
    editor.add_tag("River festivals")
    writer.page.get_by_label("Writing", exact=True).check()
    expect(writer.page.get_by_label("Address", exact=True)).to_have_attribute("placeholder", SLUG)
    return editor


def preview(writer: Visitor, editor: Editor) -> None:
    writer.page.get_by_role("button", name="Preview", exact=True).click()
    shown = writer.page.get_by_role("region", name="Preview")
    expect(shown.locator("strong")).to_have_text("seven lanterns")
    expect(shown.get_by_role("heading", level=2)).to_have_text("元宵之夜")
    editor.text.press("Control+End")
    writer.page.keyboard.type(" 夜很长。")
    expect(shown.locator("p").last).to_have_text("河灯顺水而下，岸上的人慢慢走。 夜很长。")
    writer.look("editor-preview")


def publish(writer: Visitor, editor: Editor) -> None:
    editor.press("Save draft", "Saved.")
    with writer.watch.expecting(404):
        assert writer.page.request.get(f"{writer.site.address}/page/{SLUG}/").status == 404
    writer.look("editor-draft")
    editor.publish("Publish now")
    expect(writer.page.locator(".badge-good")).to_have_text("Published")
    writer.open("/admin/page/")
    expect(writer.page.get_by_role("row", name=POST)).to_contain_text("Published")
    writer.look("posts")


def read(reader: Visitor) -> None:
    reader.open("/")
    assert reader.page.title() == TITLE
    reader.look("home")
    reader.page.get_by_role("link", name=POST).click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(POST)
    expect(reader.page.locator(".prose strong")).to_have_text("seven lanterns")
    expect(reader.page.locator(".prose h2")).to_contain_text("元宵之夜")
    expect(reader.page.get_by_role("link", name="Writing")).to_be_visible()
    reader.look("post")
    reader.page.get_by_role("link", name="River festivals").click()
    expect(reader.page.get_by_role("link", name=POST)).to_be_visible()
    reader.look("tag")


def find(reader: Visitor) -> None:
    for words in ("drifts lantern", "元宵"):
        reader.open("/search/")
        reader.page.get_by_label("Search").fill(words)
        reader.page.keyboard.press("Enter")
        expect(reader.page.locator("article")).to_have_count(1)
        expect(reader.page.get_by_role("link", name=POST)).to_be_visible()
        reader.page.wait_for_load_state()
        marked = reader.page.locator(".passage mark").all_inner_texts()
        assert {"drift", "lanterns"} & {*marked} or "元宵" in marked
    reader.look("search")


def follow(reader: Visitor) -> None:
    feed = reader.page.request.get(f"{reader.site.address}/feed.xml").text()
    assert f"<title>{POST}</title>" in feed
    assert "seven lanterns" in feed
    answer = reader.page.request.get(f"{reader.site.address}/api/v1/posts?tag=river-festivals")
    assert [(post["title"], post["slug"]) for post in answer.json()["items"]] == [(POST, SLUG)]
    reader.open("/api/")
    expect(reader.page.locator("#operations-posts-posts_index")).to_be_visible()
    reader.look("api")


def change(writer: Visitor, editor: Editor) -> None:
    writer.page.get_by_role("link", name=POST).click()
    editor.type_text("Every spring **nine lanterns** drift past the new bridge.")
    writer.page.get_by_label("Note on this version").fill("Counted again")
    editor.press("Save", "Saved.")
    assert shown(writer) == "Every spring seven lanterns drift past the old bridge."
    writer.page.go_back()
    editor.publish("Publish changes")
    assert shown(writer) == "Every spring nine lanterns drift past the new bridge."
    writer.page.go_back()


def compare(writer: Visitor) -> None:
    writer.page.locator("details.more > summary").click()
    writer.page.get_by_role("link", name="History").click()
    writer.look("history")
    writer.page.get_by_role("link", name="Revision 2").click()
    expect(writer.page.get_by_text("Counted again")).to_be_visible()
    writer.page.get_by_label("Compare with").select_option("Revision 1")
    writer.page.get_by_role("button", name="Compare").click()
    writer.page.wait_for_url("**against=1*")
    differences = writer.page.get_by_role("region", name="Changes since revision 1")
    assert {"seven", "old"} <= {*differences.locator("del").all_inner_texts()}
    assert {"nine", "new"} <= {*differences.locator("ins").all_inner_texts()}
    writer.look("revision")


def restore(writer: Visitor) -> None:
    writer.page.get_by_role("link", name="History").click()
    writer.page.get_by_role("link", name="Revision 1").click()
    writer.page.get_by_role("button", name="Restore this revision").click()
    said = sentence(writer.page)
    expect(said).to_have_text("Revision 1 is the working copy again.")
    expect(Editor(writer.page).text).to_contain_text("seven lanterns")
    writer.look("editor-restored")


def shown(visitor: Visitor) -> str:
    """Open the post on the site and return its first paragraph."""
    visitor.open(f"/page/{SLUG}/")
    return visitor.page.locator(".prose p").first.inner_text()
