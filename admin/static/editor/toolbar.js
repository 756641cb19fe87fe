// The toolbar: one stop of the Tab key, arrows move within (WAI-ARIA toolbar pattern).
import { commands } from "./commands.js";
import { tableAt } from "./tables.js";

/** Show the toolbar and let its buttons work on the editor; returns what to call as it changes. */
export function connectToolbar(toolbar, editor) {
  const shown = () => [...toolbar.querySelectorAll("button")].filter((button) => !button.closest("[hidden]"));
  const reach = (chosen) => {
    for (const button of toolbar.querySelectorAll("button")) {
      button.tabIndex = button === chosen ? 0 : -1;
    }
    return chosen;
  };
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    reach(button);
    commands[button.dataset.command]?.(editor);
  });
  toolbar.addEventListener("keydown", (event) => {
    const buttons = shown();
    const next = target(event.key, buttons.indexOf(document.activeElement), buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    reach(buttons[next]).focus();
  });
  const tables = toolbar.querySelector("[data-table-tools]");
  toolbar.hidden = false;
  reach(shown()[0]);
  return () => {
    const isIn = tableAt(editor.view.state) !== undefined;
    if (tables.hidden !== isIn) return;
    tables.hidden = !isIn;
    if (!isIn && tables.querySelector('[tabindex="0"]')) reach(shown()[0]);
  };
}

function target(key, at, count) {
  return {
    ArrowRight: (at + 1) % count,
    ArrowLeft: (at - 1 + count) % count,
    Home: 0,
    End: count - 1,
  }[key];
}
