// Z, or Ctrl+Z and Cmd+Z, presses the button that undoes what was just done, unless one is typing.
export function undoByKey(button) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || event.shiftKey || event.altKey || event.repeat) return;
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    button.click();
  });
}

function isTyping(place) {
  return place.isContentEditable || place.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
}
