"""What a writer does in the editor, as a person does it: by labels and buttons."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


def sentence(page: Page) -> Locator:
    """What the console says was done, without the button that takes it back."""
    return page.locator("p.flash-success, .flash-success > span")


@dataclass(frozen=True)
class Editor:
    """The editor that is open in a page."""

    page: Page

    @property
    def text(self) -> Locator:
        """The field of the text that CodeMirror puts in the place of the form's own."""
        return self.page.locator("[role=textbox].cm-content")

    def type_title(self, title: str) -> None:
        """Write the title, and wait for the address that is made from it."""
        self.page.get_by_label("Title", exact=True).fill(title)

    def type_text(self, text: str) -> None:
        """Replace the text by typing."""
        self.text.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        for number, line in enumerate(text.split("\n")):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(line)

    def add_tag(self, name: str) -> None:
        """Type a tag and press Enter, which makes a chip of it."""
        field = self.page.get_by_label("Tags", exact=True)
        field.fill(name)
        field.press("Enter")
        expect(self.page.get_by_role("button", name=f"Remove {name}", exact=True)).to_be_visible()

    def press(self, label: str, said: str) -> None:
        """Press one of the bar's buttons and read what the console says then."""
        self.page.get_by_role("button", name=label, exact=True).click()
        expect(sentence(self.page)).to_have_text(said)

    def publish(self, label: str) -> None:
        """Open the dialog, read what will change, and press its button."""
        self.page.get_by_role("button", name="Publish…").click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog.get_by_role("heading", name="What will change for visitors")).to_be_visible()
        dialog.get_by_role("button", name=label, exact=True).click()
        expect(sentence(self.page)).to_have_text("Published.")

    def press_more(self, label: str, said: str) -> None:
        """Press one of the buttons below "More"."""
        self.page.locator("details.more > summary").click()
        self.press(label, said)


def write_post(page: Page, address: str, title: str, text: str) -> Editor:
    """Open the editor and write a post; nothing is saved yet."""
    page.goto(f"{address}/admin/page/new/")
    editor = Editor(page)
    expect(editor.text).to_be_visible()
    editor.type_title(title)
    editor.type_text(text)
    return editor
