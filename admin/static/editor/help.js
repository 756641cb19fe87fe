// The keys of the editor, in a dialog.

/** Connect the button; returns what opens the dialog. */
export function connectHelp(form) {
  const dialog = form.querySelector("[data-keys]");
  const open = () => dialog.open || dialog.showModal();
  form.querySelector("[data-keys-toggle]").addEventListener("click", open);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  return open;
}
