// What the toolbar's buttons and the keys do to the text.
import { insertFootnote } from "./footnotes.js";
import { tableCommands } from "./tables.js";

const TABLE = "| Column | Column |\n| ------ | ------ |\n|        |        |\n";

const heading = (level) => (editor) => editor.prefixLines(`${"#".repeat(level)} `);

/** The commands by their name in `data-command`; each is given the editor. */
export const commands = {
  undo: (editor) => editor.undo(),
  redo: (editor) => editor.redo(),
  bold: (editor) => editor.wrap("**"),
  italic: (editor) => editor.wrap("*"),
  strike: (editor) => editor.wrap("~~"),
  code: (editor) => insertCode(editor),
  codeblock: (editor) => insertCodeBlock(editor),
  heading: heading(2),
  heading3: heading(3),
  heading4: heading(4),
  link: (editor) => insertLink(editor, ""),
  own: (editor) => beginOwnLink(editor),
  image: (editor) => insertLink(editor, "!"),
  list: (editor) => editor.prefixLines("- "),
  numbers: (editor) => editor.prefixLines("1. "),
  tasks: (editor) => editor.prefixLines("- [ ] "),
  quote: (editor) => editor.prefixLines("> "),
  table: (editor) => insertBlock(editor, TABLE, [2, 8]),
  rule: (editor) => insertBlock(editor, "---\n\n", [5, 5]),
  footnote: (editor) => insertFootnote(editor),
  ...Object.fromEntries(
    Object.entries(tableCommands).map(([name, command]) => [`table-${name}`, command]),
  ),
};

/** Keys of the editor, in CodeMirror's notation. */
export const shortcuts = {
  "Mod-b": commands.bold,
  "Mod-i": commands.italic,
  "Mod-k": commands.link,
  "Mod-Shift-x": commands.strike,
  "Mod-e": commands.code,
  "Mod-Alt-c": commands.codeblock,
  "Mod-Alt-f": commands.footnote,
  "Mod-Shift-7": commands.numbers,
  "Mod-Shift-8": commands.list,
  "Mod-Shift-9": commands.tasks,
  "Mod-Shift-.": commands.quote,
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`Mod-Alt-${level}`, heading(level)])),
  Tab: tableCommands.next,
  "Shift-Tab": tableCommands.previous,
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

/** Type `[[`, which offers one's own posts. */
function beginOwnLink(editor) {
  const { from, to } = editor.view.state.selection.main;
  const text = editor.view.state.sliceDoc(from, to);
  const end = from + 2 + text.length;
  replace(editor, from, to, `[[${text}`, [end, end]);
  editor.complete();
}

function insertCode(editor) {
  const { state } = editor.view;
  const { from, to } = state.selection.main;
  if (state.sliceDoc(from, to).includes("\n")) insertCodeBlock(editor);
  else editor.wrap("`");
}

/** Fence the selected lines; the caret stands where the language is written. */
function insertCodeBlock(editor) {
  const { state } = editor.view;
  const { from, to } = state.selection.main;
  const text = state.sliceDoc(from, to).replace(/\n$/, "");
  const fence = text.includes("```") ? "````" : "```";
  const line = state.doc.lineAt(from);
  const before = from > line.from ? "\n\n" : "";
  const caret = from + before.length + fence.length;
  const after = to < state.doc.lineAt(to).to ? "\n" : "";
  replace(editor, from, to, `${before}${fence}\n${text}\n${fence}${after}`, [caret, caret]);
}

/** Put a block on lines of its own, after the line of the caret. */
function insertBlock(editor, block, [from, to]) {
  const { state } = editor.view;
  const line = state.doc.lineAt(state.selection.main.to);
  const before = line.text.trim() ? "\n\n" : "";
  const start = line.to + before.length;
  replace(editor, line.to, line.to, before + block, [start + from, start + to]);
}

function replace(editor, from, to, insert, [anchor, head]) {
  const length = editor.view.state.doc.length + insert.length - (to - from);
  editor.view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: Math.min(anchor, length), head: Math.min(head, length) },
    scrollIntoView: true,
    userEvent: "input",
  });
  editor.focus();
}
