// What the toolbar's buttons do to the text.

const TABLE = "| Column | Column |\n| --- | --- |\n|  |  |\n";

/** The commands by their name in `data-command`; each is given the editor. */
export const commands = {
  bold: (editor) => editor.wrap("**"),
  italic: (editor) => editor.wrap("*"),
  heading: (editor) => editor.prefixLines("## "),
  link: (editor) => insertLink(editor, ""),
  image: (editor) => insertLink(editor, "!"),
  list: (editor) => editor.prefixLines("- "),
  tasks: (editor) => editor.prefixLines("- [ ] "),
  quote: (editor) => editor.prefixLines("> "),
  code: (editor) => insertCode(editor),
  table: (editor) => insertBlock(editor, TABLE),
  footnote: (editor) => insertFootnote(editor),
};

/** Keys of the editor, in CodeMirror's notation. */
export const shortcuts = {
  "Mod-b": commands.bold,
  "Mod-i": commands.italic,
  "Mod-k": commands.link,
};

/** Put the selection into a link and select its address, or its text where that is empty. */
function insertLink(editor, mark) {
  const { state } = editor.view;
  const { from, to } = state.selection.main;
  const text = state.sliceDoc(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(text);
  const label = isAddress ? "" : text;
  const address = isAddress ? text : "https://";
  const labelAt = from + mark.length + 1;
  const addressAt = labelAt + label.length + 2;
  replace(editor, from, to, `${mark}[${label}](${address})`, [
    label ? addressAt : labelAt,
    label ? addressAt + address.length : labelAt,
  ]);
}

function insertCode(editor) {
  const { state } = editor.view;
  const { from, to } = state.selection.main;
  const text = state.sliceDoc(from, to);
  if (!text.includes("\n")) return editor.wrap("`");
  const fence = text.includes("```") ? "````" : "```";
  const caret = from + fence.length;
  replace(editor, from, to, `${fence}\n${text.replace(/\n$/, "")}\n${fence}`, [caret, caret]);
}

/** Put a block on lines of its own, after the line of the caret. */
function insertBlock(editor, block) {
  const { state } = editor.view;
  const line = state.doc.lineAt(state.selection.main.to);
  const before = line.text.trim() ? "\n\n" : "";
  const start = line.to + before.length;
  replace(editor, line.to, line.to, before + block, [start + 2, start + 8]);
}

/** Put a reference at the caret and its note at the end, with the next free number. */
function insertFootnote(editor) {
  const { state } = editor.view;
  const text = editor.getValue();
  const used = [...text.matchAll(/\[\^(\d+)\]/g)].map((match) => Number(match[1]));
  const mark = `[^${Math.max(0, ...used) + 1}]`;
  const at = state.selection.main.to;
  const gap = /\n\n$|^$/.test(text) ? "" : /\[\^[^\]]+\]: [^\n]*\n$/.test(text) ? "" : "\n\n";
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

function replace(editor, from, to, insert, [anchor, head]) {
  editor.view.dispatch({
    changes: { from, to, insert },
    selection: { anchor, head },
    scrollIntoView: true,
    userEvent: "input",
  });
  editor.focus();
}
