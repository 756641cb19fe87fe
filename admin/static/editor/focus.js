// Writing in full screen: nothing but the text, until Escape or the button again.

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
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    if (!("focus" in form.dataset) || event.target.closest("dialog")) return;
    toggle(false);
  });
  return toggle;
}
