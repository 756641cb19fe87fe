// The toolbar: one stop of the Tab key, arrows move within (WAI-ARIA toolbar pattern).
import { commands } from "./commands.js";

/** Show the toolbar and let its buttons work on the editor. */
export function connectToolbar(toolbar, editor) {
  const buttons = [...toolbar.querySelectorAll("button[data-command]")];
  const reach = (index) => {
    buttons.forEach((button, at) => (button.tabIndex = at === index ? 0 : -1));
    return buttons[index];
  };
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-command]");
    if (!button) return;
    reach(buttons.indexOf(button));
    commands[button.dataset.command](editor);
  });
  toolbar.addEventListener("keydown", (event) => {
    const next = target(event.key, buttons.indexOf(document.activeElement), buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    reach(next).focus();
  });
  reach(0);
  toolbar.hidden = false;
}

function target(key, at, count) {
  return {
    ArrowRight: (at + 1) % count,
    ArrowLeft: (at - 1 + count) % count,
    Home: 0,
    End: count - 1,
  }[key];
}
