// Tables in Markdown: moving between cells, rows and columns, and columns set straight.

const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;

/** Return the table around the caret, or undefined. */
export function tableAt({ doc, selection }) {
  const here = doc.lineAt(selection.main.head);
  if (!here.text.includes("|")) return undefined;
  let first = here.number;
  let last = here.number;
  while (first > 1 && doc.line(first - 1).text.includes("|")) first -= 1;
  while (last < doc.lines && doc.line(last + 1).text.includes("|")) last += 1;
  if (last === first || !RULE.test(doc.line(first + 1).text)) return undefined;
  const lines = [];
  for (let number = first; number <= last; number += 1) lines.push(doc.line(number).text);
  const aligns = cellsOf(lines[1]).map(alignment);
  const rows = lines.filter((_, index) => index !== 1).map((line) => cellsOf(line));
  const width = Math.max(aligns.length, ...rows.map((row) => row.length));
  for (const row of rows) while (row.length < width) row.push("");
  while (aligns.length < width) aligns.push("");
  const row = here.number - first;
  const before = here.text.slice(0, selection.main.head - here.from);
  const column = Math.max(0, cellsOf(`${before} `, true).length - 1);
  return {
    from: doc.line(first).from,
    to: doc.line(last).to,
    rows,
    aligns,
    row: Math.max(0, row - (row > 0 ? 1 : 0)),
    column: Math.min(column, width - 1),
  };
}

/** What the buttons and keys do; each answers false where there is no table. */
export const tableCommands = {
  next: (editor) => move(editor, 1),
  previous: (editor) => move(editor, -1),
  row: (editor) =>
    change(editor, (table) => {
      table.row += 1;
      table.rows.splice(table.row, 0, table.aligns.map(() => ""));
    }),
  column: (editor) =>
    change(editor, (table) => {
      table.column += 1;
      table.aligns.splice(table.column, 0, "");
      for (const row of table.rows) row.splice(table.column, 0, "");
    }),
  dropRow: (editor) =>
    change(editor, (table) => {
      if (table.row === 0) return;
      table.rows.splice(table.row, 1);
      table.row = Math.min(table.row, table.rows.length - 1);
    }),
  dropColumn: (editor) =>
    change(editor, (table) => {
      if (table.aligns.length === 1) return;
      table.aligns.splice(table.column, 1);
      for (const row of table.rows) row.splice(table.column, 1);
      table.column = Math.min(table.column, table.aligns.length - 1);
    }),
  align: (editor) =>
    change(editor, (table) => {
      const order = ["", "left", "center", "right"];
      const now = order.indexOf(table.aligns[table.column]);
      table.aligns[table.column] = order[(now + 1) % order.length];
    }),
};

function move(editor, step) {
  return change(editor, (table) => {
    const width = table.aligns.length;
    const place = table.row * width + table.column + step;
    if (place < 0) return;
    table.row = Math.floor(place / width);
    table.column = place % width;
    if (table.row === table.rows.length) table.rows.push(table.aligns.map(() => ""));
  });
}

/** Change the table, set its columns straight, and select the cell that the caret is in. */
function change(editor, edit) {
  const { state } = editor.view;
  const table = tableAt(state);
  if (!table) return false;
  edit(table);
  const { text, cells } = write(table);
  const [start, end] = cells[table.row][table.column];
  editor.view.dispatch({
    changes: { from: table.from, to: table.to, insert: text },
    selection: { anchor: table.from + start, head: table.from + end },
    scrollIntoView: true,
    userEvent: "input.table",
  });
  editor.focus();
  return true;
}

function write({ rows, aligns }) {
  const widths = aligns.map((_, at) => Math.max(3, ...rows.map((row) => columns(row[at]))));
  const cells = [];
  let text = "";
  rows.forEach((row, number) => {
    cells.push([]);
    row.forEach((cell, at) => {
      const room = widths[at] - columns(cell);
      const left = { right: room, center: Math.floor(room / 2) }[aligns[at]] ?? 0;
      text += `| ${" ".repeat(left)}`;
      cells[number].push([text.length, text.length + cell.length]);
      text += `${cell}${" ".repeat(room - left)} `;
    });
    text += "|\n";
    if (number === 0) text += `${aligns.map((align, at) => rule(align, widths[at])).join("")}|\n`;
  });
  return { text: text.slice(0, -1), cells };
}

function rule(align, width) {
  const dashes = "-".repeat(width - { left: 1, right: 1, center: 2, "": 0 }[align]);
  const left = align === "left" || align === "center" ? ":" : "";
  return `| ${left}${dashes}${align === "right" || align === "center" ? ":" : ""} `;
}

/** Cut a row into its cells; `\|` cuts nothing. */
function cellsOf(line, unfinished = false) {
  const inner = line.trimStart().replace(/^\|/, "");
  const cells = inner.split(/(?<!\\)\|/);
  if (!unfinished && cells.length > 1 && !cells.at(-1).trim()) cells.pop();
  return cells.map((cell) => cell.trim());
}

function alignment(cell) {
  const [left, right] = [cell.startsWith(":"), cell.endsWith(":")];
  if (left && right) return "center";
  return left ? "left" : right ? "right" : "";
}

/** Columns that a text takes in a font of fixed pitch: Chinese characters take two. */
function columns(text) {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}
