// Footnotes: a new one numbers itself; on one that is there, the caret jumps to its other end.

const MARK = /\[\^([^\]\s]{1,200})\](:?)/g;

/** Put a reference at the caret and its note at the end, or jump between the two. */
export function insertFootnote(editor) {
  if (jump(editor)) return;
  const { state } = editor.view;
  const text = editor.getValue();
  const used = [...text.matchAll(/\[\^(\d+)\]/g)].map((match) => Number(match[1]));
  const mark = `[^${Math.max(0, ...used) + 1}]`;
  const at = state.selection.main.to;
  const gap = /\n\n$|^$/.test(text) || /\[\^[^\]]+\]: [^\n]*\n$/.test(text) ? "" : "\n\n";
  const tail = `${gap.slice(text.endsWith("\n") ? 1 : 0)}${mark}: `;
  const end = state.doc.length + mark.length + tail.length;
  editor.view.dispatch({
    changes: [
      { from: at, insert: mark },
      { from: state.doc.length, insert: tail },
    ],
    selection: { anchor: end },
    scrollIntoView: true,
    userEvent: "input",
  });
  editor.focus();
}

/** From a reference to its note, and from a note back to the first reference. */
function jump(editor) {
  const { doc, selection } = editor.view.state;
  const at = selection.main.head;
  const line = doc.lineAt(at);
  const found = [...doc.toString().matchAll(MARK)].map((match) => ({
    name: match[1],
    isNote: match[2] === ":" && doc.lineAt(match.index).text.slice(0, 4).trimStart().startsWith("["),
    from: match.index,
    to: match.index + match[0].length,
  }));
  const here =
    found.find(({ from, to }) => from <= at && at <= to) ??
    found.find(({ isNote, from }) => isNote && from >= line.from && from <= line.to);
  const other = here && found.find((one) => one.name === here.name && one.isNote !== here.isNote);
  if (!other) return false;
  const place = other.isNote ? Math.min(other.to + 1, doc.length) : other.to;
  editor.view.dispatch({ selection: { anchor: place }, scrollIntoView: true });
  editor.focus();
  return true;
}
