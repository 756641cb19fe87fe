// What the toolbar's buttons do to the text: one undoable step each, and the same step undoes it.
import { EditorSelection } from "@codemirror/state";

const HEADING = /^#{1,6} /;
const NUMBERED = /^\d+\. /;

/** Put `before` and `after` around each selection, or take them away when they are there. */
export function wrap(view, before, after = before) {
  const { state } = view;
  const changes = state.changeByRange((range) => {
    const outside =
      state.sliceDoc(range.from - before.length, range.from) === before &&
      state.sliceDoc(range.to, range.to + after.length) === after;
    return outside ? unwrapped(range, before, after) : wrapped(range, before, after);
  });
  view.dispatch(state.update(changes, { userEvent: "input", scrollIntoView: true }));
  view.focus();
}

function wrapped(range, before, after) {
  return {
    changes: [
      { from: range.from, insert: before },
      { from: range.to, insert: after },
    ],
    range: EditorSelection.range(range.from + before.length, range.to + before.length),
  };
}

function unwrapped(range, before, after) {
  return {
    changes: [
      { from: range.from - before.length, to: range.from },
      { from: range.to, to: range.to + after.length },
    ],
    range: EditorSelection.range(range.from - before.length, range.to - before.length),
  };
}

/**
 * Begin each selected line with `prefix`, or take it away when all of them have it.
 * A heading replaces another level, and `1. ` counts on.
 */
export function prefixLines(view, prefix) {
  const { state } = view;
  const lines = selectedLines(state);
  const marked = lines.length > 1 ? lines.filter((line) => line.text.trim()) : lines;
  const present = presence(prefix);
  const remove = marked.every((line) => present(line.text));
  const changes = marked.map((line, index) => ({
    from: line.from,
    to: line.from + replaced(line.text, prefix, remove),
    insert: remove ? "" : NUMBERED.test(prefix) ? `${index + 1}. ` : prefix,
  }));
  view.dispatch({ changes, userEvent: "input", scrollIntoView: true });
  view.focus();
}

function presence(prefix) {
  return (text) => (NUMBERED.test(prefix) ? NUMBERED.test(text) : text.startsWith(prefix));
}

function replaced(text, prefix, remove) {
  if (HEADING.test(prefix)) return HEADING.exec(text)?.[0].length ?? 0;
  if (!remove) return 0;
  return NUMBERED.test(prefix) ? NUMBERED.exec(text)[0].length : prefix.length;
}

function selectedLines(state) {
  const found = new Map();
  for (const range of state.selection.ranges) {
    const last = state.doc.lineAt(range.to).number;
    for (let number = state.doc.lineAt(range.from).number; number <= last; number += 1) {
      found.set(number, state.doc.line(number));
    }
  }
  return [...found.values()];
}
