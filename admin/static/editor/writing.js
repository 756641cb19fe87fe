// CodeMirror in the place of the textarea, which stays the form's field.
import { shortcuts } from "./commands.js";

/** Put an editor over the textarea; both always hold the same text. */
export async function writeIn(textarea, { source, nonce, keys, findLinks, onSelect }) {
  const { createEditor } = await import(source);
  const label = textarea.labels[0]?.textContent.trim() ?? "";
  const parent = document.createElement("div");
  parent.className = "editor-code";
  textarea.before(parent);
  const editor = createEditor({
    parent,
    nonce,
    label,
    doc: textarea.value,
    placeholder: textarea.placeholder,
    lang: textarea.lang,
    shortcuts: { ...shortcuts, ...keys },
    findLinks,
    onSelect,
    onChange(value) {
      textarea.value = value;
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  if (document.activeElement === textarea) {
    editor.view.dispatch({ selection: { anchor: textarea.selectionEnd } });
    editor.focus();
  }
  // Focusable without it too, but not to tools that look for a `tabindex` in what scrolls.
  editor.view.contentDOM.tabIndex = 0;
  textarea.hidden = true;
  textarea.addEventListener("restored", () => editor.setValue(textarea.value));
  textarea.addEventListener("focus", editor.focus);
  const language = textarea.form.elements.language;
  language?.addEventListener("change", () => {
    const lang = language.value || language.dataset.site || textarea.lang;
    if (lang) editor.view.contentDOM.lang = lang; // for the browser's spelling
  });
  for (const element of textarea.labels) element.addEventListener("click", editor.focus);
  return editor;
}

const PLACE = "triptych-editor-place";
const FRESH = 60_000;

/** Remember the caret over a save, which loads the page anew. */
export function rememberPlace({ view }) {
  const place = {
    at: Date.now(),
    anchor: view.state.selection.main.head,
    scroll: view.scrollDOM.scrollTop,
    page: scrollY,
    focused: view.hasFocus,
  };
  sessionStorage.setItem(PLACE, JSON.stringify(place));
}

/** Go back to where the caret was before the save. */
export function returnToPlace(editor) {
  const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  sessionStorage.removeItem(PLACE);
  if (!place || Date.now() - place.at > FRESH) return;
  const { view } = editor;
  view.dispatch({ selection: { anchor: Math.min(place.anchor, view.state.doc.length) } });
  if (place.focused) editor.focus();
  view.scrollDOM.scrollTop = place.scroll;
  // What the save did is said above the text, and has to be seen.
  if (!document.querySelector(".flashes > *")) scrollTo(0, place.page);
}
