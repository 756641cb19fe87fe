"""Pictures from the library's page to a visitor's: dropped, described, pasted, picked, replaced."""

import re
from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from shared.jobs import Worker
from shared.runtime import Runtime
from shared.settings import Settings
from tests.e2e.visiting import Visitor
from tests.e2e.writing import Editor, sentence
from tests.pictures import make_picture

pytestmark = pytest.mark.browser

GIVE = """async ([kind, names, target]) => {
  const transfer = new DataTransfer();
  for (const [name, bytes] of names) {
    const data = Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0));
    transfer.items.add(new File([data], name, { type: "image/jpeg" }));
  }
  const place = document.querySelector(target);
  const options = { bubbles: true, cancelable: true };
  if (kind === "paste") {
    place.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: transfer }));
  } else {
    for (const step of ["dragenter", "dragover", "drop"])
      place.dispatchEvent(new DragEvent(step, { ...options, dataTransfer: transfer }));
  }
}"""


def give(page: Page, kind: str, target: str, **files: bytes) -> None:
    """Drop or paste files onto an element."""
    named = [[name.replace("_", "."), b64encode(data).decode()] for name, data in files.items()]
    page.evaluate(GIVE, [kind, named, target])


def work(visitor: Visitor) -> None:
    """Do what the console owes."""
    runtime = Runtime(Settings.from_env({"INSTANCE": str(visitor.site.instance)}))
    Worker(runtime).do_all()
    runtime.database.close()


def test_dropped_files_are_in_the_library(ann: Visitor) -> None:
    ann.open("/admin/media/")
    give(ann.page, "drop", "main", gate_jpg=make_picture("jpeg", (900, 600), telling=True))
    line = ann.page.locator(".uploads li")
    expect(line).to_have_attribute("data-state", "done")
    with ann.watch.expecting(422):
        give(ann.page, "drop", "main", bad_jpg=b"\x7fELF\0")
        refused = ann.page.locator(".uploads li", has_text="bad.jpg")
        expect(refused).to_have_attribute("data-state", "failed")
    expect(refused).to_contain_text("it is of a type that is not taken")
    ann.look("media-uploads")
    ann.page.get_by_role("link", name="Show the new files").click()
    expect(ann.page.locator(".media-name").first).to_have_text("gate.jpg")
    work(ann)
    ann.open("/admin/media/")
    ann.look("media-grid")
    ann.open("/admin/media/?q=nothing+of+the+kind")
    ann.look("media-empty")
    ann.open("/admin/media/?view=list")
    ann.look("media-list")


def test_picture_is_picked_pasted_published_and_replaced(ann: Visitor, tmp_path: Path) -> None:
    page = ann.page
    ann.open("/admin/media/")
    give(page, "drop", "main", door_jpg=make_picture("jpeg", (800, 400)))
    expect(page.locator(".uploads li")).to_have_attribute("data-state", "done")
    page.locator(".uploads li a").click()
    stage = page.locator("[data-stage]")
    stage.focus()
    stage.press("Shift+ArrowLeft")
    stage.press("ArrowUp")
    expect(page.get_by_label("From the left, in per cent")).to_have_value("40")
    expect(page.get_by_label("From above, in per cent")).to_have_value("49")
    page.get_by_label("Alternative text").fill("A red door")
    page.get_by_role("button", name="Save").click()
    expect(sentence(page)).to_have_text("Saved.")
    ann.look("media-detail")
    detail = ann.path

    ann.open("/admin/page/new/")
    editor = Editor(page)
    editor.type_title("Doors")
    editor.type_text("Look: ")
    page.get_by_role("button", name="Image", exact=True).click()
    page.get_by_role("searchbox", name="Search files").fill("door")
    page.locator(".media-picks button").first.click()
    expect(page.get_by_label("Alternative text, here")).to_have_value("A red door")
    page.get_by_label("Alternative text, here").fill("The door, closed")
    page.get_by_role("button", name="Use it").click()
    text = page.locator(".cm-content")
    expect(text).to_contain_text("Look: ![The door, closed](/media/")
    give(page, "paste", ".cm-content", window_jpg=make_picture("jpeg", (640, 480)))
    expect(text).to_contain_text("-window.jpg)")
    expect(text).not_to_contain_text("uploading:")
    ann.look("media-editor")
    editor.press("Save draft", "Saved.")

    ann.open(detail)
    expect(page.locator(".media-uses")).to_contain_text("Doors")
    page.get_by_text("Replace the file").click()
    (tmp_path / "other.jpg").write_bytes(make_picture("jpeg", (300, 300)))
    page.get_by_label("Another file of the same kind").set_input_files(tmp_path / "other.jpg")
    page.get_by_role("button", name="Replace").click()
    expect(page.locator(".media-about")).to_contain_text("300 × 300")


def test_progress_is_shown_and_the_same_file_is_found_again(ann: Visitor) -> None:
    page = ann.page
    ann.open("/admin/media/")
    tool = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1}
    tool.send("Network.enable")
    tool.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": 150_000})
    give(page, "drop", "main", notes_txt=b"A line of many.\n" * 30_000)
    line = page.locator(".uploads li")
    expect(line.locator("small")).to_have_text(re.compile(r" [1-9]\d? %$"))
    expect(line.get_by_role("progressbar", name="notes.txt")).to_be_visible()
    ann.look("media-progress")
    tool.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    expect(line).to_have_attribute("data-state", "done", timeout=20_000)
    found = line.get_by_role("link").get_attribute("href")
    give(page, "drop", "main", other_txt=b"A line of many.\n" * 30_000)
    again = page.locator(".uploads li", has_text="other.txt")
    expect(again).to_have_attribute("data-state", "known")
    assert again.get_by_role("link").get_attribute("href") == found


def test_replacement_keeps_the_address_is_undone_and_the_trash_gives_it_back(
    ann: Visitor, tmp_path: Path
) -> None:
    page = ann.page
    ann.open("/admin/media/")
    give(page, "drop", "main", wall_jpg=make_picture("jpeg", (810, 410)))
    page.locator(".uploads li a").click()
    about = page.locator(".media-about")
    address = about.get_by_role("link").first.inner_text()
    (tmp_path / "other.jpg").write_bytes(make_picture("jpeg", (310, 300)))
    page.get_by_text("Replace the file").click()
    page.get_by_label("Another file of the same kind").set_input_files(tmp_path / "other.jpg")
    page.get_by_role("button", name="Replace").click()
    expect(about).to_contain_text("310 × 300")
    expect(about).to_contain_text(address)
    page.get_by_role("button", name="Undo").click()
    expect(about).to_contain_text("810 × 410")

    page.get_by_role("button", name="Move to the trash").click()
    expect(page.locator(".problem")).to_contain_text("This file is in the trash.")
    assert page.request.get(f"{ann.site.address}{address}").status == 404
    ann.open("/admin/trash/?kind=media")
    ann.look("trash-files")
    line = page.get_by_role("listitem").filter(has_text="wall.jpg")
    line.get_by_role("button", name="Restore").click()
    expect(page.locator(".flash-success")).to_contain_text("wall.jpg is back.")
    assert page.request.get(f"{ann.site.address}{address}").status == 200


@pytest.mark.parametrize(
    ("width", "above", "high"), [(1280, 0, 900), (1280, 100, 800), (390, 120, 1000)]
)
def test_part_is_cut_out_by_drawing(ann: Visitor, width: int, above: int, high: int) -> None:
    page = ann.page
    page.set_viewport_size({"width": width, "height": 900})
    ann.open("/admin/media/")
    give(page, "drop", "main", part_jpg=make_picture("jpeg", (1600, high)))
    expect(page.locator(".uploads li")).to_have_attribute("data-state", "done")
    page.locator(".uploads li a").click()
    page.locator("[data-crop] summary").click()
    page.evaluate(f"scrollTo(0, {above})")
    box = page.locator("[data-stage] img").bounding_box()
    assert abs(box["width"] / box["height"] - 1600 / high) < 0.02
    at = [
        (box["x"] + box["width"] * part, box["y"] + box["height"] * part) for part in (0.25, 0.75)
    ]
    page.mouse.move(*at[1])
    page.mouse.down()
    page.mouse.move(*at[0], steps=5)
    page.mouse.up()
    page.mouse.move(box["x"] + 1, box["y"] + 1)  # what was let go is not drawn on
    drawn = {
        name: int(page.locator(f"[data-crop] [name={name}]").input_value())
        for name in ("left", "top", "width", "height")
    }
    wished = {"left": 400, "top": high / 4, "width": 800, "height": high / 2}
    near = 2 * 1600 / box["width"]
    assert {name for name in wished if abs(drawn[name] - wished[name]) > near} == set(), drawn
    shown = page.locator(".media-part").bounding_box()
    assert abs(shown["width"] - box["width"] / 2) < 3
    if (width, above) == (1280, 0):
        ann.look("media-crop")
    page.get_by_role("button", name="Make a file of this part").click()
    expect(sentence(page)).to_have_text("The part is a file of its own. The picture is as it was.")
    size = f"{drawn['width']:,} × {drawn['height']:,}".replace(",", "")
    expect(page.locator(".media-about")).to_contain_text(size)


def test_picture_pasted_offline_is_uploaded_by_the_next_page(ann: Visitor) -> None:
    page = ann.page
    ann.open("/admin/page/new/")
    editor = Editor(page)
    editor.type_title("From the train")
    editor.type_text("Seen: ")
    expect(page.locator("[data-state=saved]")).to_be_visible()
    with ann.watch.paused():
        page.route("**/media/uploads/**", lambda route: route.abort("internetdisconnected"))
        give(page, "paste", ".cm-content", field_jpg=make_picture("jpeg", (620, 410)))
        expect(page.locator(".cm-content")).to_contain_text("(uploading:")
        expect(page.locator("[data-state=saved]")).to_be_visible()
        page.on("dialog", lambda dialog: dialog.accept())
        page.wait_for_timeout(2_500)  # the text with its placeholder is saved by itself
        page.unroute("**/media/uploads/**")
        again = page.context.new_page()
        address = page.url
        page.close()
    again.goto(address)
    expect(again.locator(".cm-content")).to_contain_text("-field.jpg)")
    expect(again.locator(".cm-content")).not_to_contain_text("uploading:")
    names = "async () => (await indexedDB.databases()).map(({ name }) => name)"
    assert "triptych-uploads" in again.evaluate(names)


FAST = "() => { const wait = setTimeout; window.setTimeout = (act) => wait(act, 5); }"


def test_picture_pasted_offline_is_uploaded_when_the_line_is_back(ann: Visitor) -> None:
    page = ann.page
    ann.open("/admin/page/new/")
    editor = Editor(page)
    editor.type_title("From the tunnel")
    editor.type_text("Seen: ")
    expect(page.locator("[data-state=saved]")).to_be_visible()
    text, line = page.locator(".cm-content"), page.locator("[data-editor-uploads] li")
    with ann.watch.paused():
        page.context.set_offline(True)
        page.evaluate(FAST)  # all attempts of a minute, at once
        give(page, "paste", ".cm-content", tunnel_jpg=make_picture("jpeg", (610, 400)))
        expect(line).to_have_attribute("data-state", "failed")
        expect(text).to_contain_text("(uploading:")
        page.context.set_offline(False)
        expect(text).to_contain_text("-tunnel.jpg)")
    expect(line).to_have_attribute("data-state", "done")
    expect(text).not_to_contain_text("uploading:")


def test_upload_goes_on_after_a_dropped_connection(ann: Visitor) -> None:
    ann.open("/admin/media/")
    dropped = []

    def drop(route) -> None:
        dropped.append(route.request.url)
        if len(dropped) < 3:
            route.abort("connectionreset")
        else:
            route.continue_()

    ann.page.route("**/media/uploads/*/", drop)
    with ann.watch.paused():
        give(ann.page, "drop", "main", wall_jpg=make_picture("jpeg", (500, 400)))
        line = ann.page.locator(".uploads li")
        expect(line).to_have_attribute("data-state", "paused")
        expect(line).to_have_attribute("data-state", "done", timeout=20_000)
    assert len(dropped) > 3
