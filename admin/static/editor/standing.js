// How the post stands follows what was kept: visitors of a public one do not see that yet.

/** Show the badge of unpublished changes, or take it away. */
export function showChanges(form, areThere) {
  const standing = form.querySelector(".editor-bar .standing");
  const badge = standing.querySelector("[data-changes]");
  if (!areThere) badge?.remove();
  if (!areThere || badge) return;
  const made = document.createElement("span");
  made.className = "badge badge-warn";
  made.dataset.changes = "";
  made.textContent = standing.dataset.changed;
  standing.append(" ", made);
}
