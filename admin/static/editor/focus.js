// Writing in full screen: nothing but the text, until Escape or the button again.

const OPEN = ".cm-tooltip-autocomplete, .cm-search";

/** Connect the button that gives the whole window to the text. */
export function connectFocus(form, editor) {
  const button = form.querySelector("[data-focus-toggle]");
  const toggle = (on = !("focus" in form.dataset)) => {
    if (on) form.dataset.focus = "";
    else delete form.dataset.focus;
    document.documentElement.classList.toggle("editor-alone", on);
    button.setAttribute("aria-pressed", String(on));
    editor.focus();
  };
  button.addEventListener("click", () => toggle());
  // Asked before the editor sees the key: it also takes Escape for suggestions that it has not
  // shown yet, and someone who sees none of them means the full screen.
  let taken = false;
  form.addEventListener("keydown", (event) => (taken = takesEscape(editor.view, event)), true);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || taken || event.isComposing) return;
    if (!("focus" in form.dataset) || event.target.closest("dialog")) return;
    toggle(false);
  });
  return toggle;
}

/** Tell whether what has the focus closes something of its own by Escape. */
function takesEscape(view, event) {
  if (!view.dom.contains(event.target)) return event.target.ariaExpanded === "true";
  return view.state.selection.ranges.length > 1 || view.dom.querySelector(OPEN) !== null;
}
