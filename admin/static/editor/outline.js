// The outline: the headings of the text, to jump to; levels that were skipped are marked.
import { element } from "./element.js";

const SHOWN = "triptych-editor-outline";
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/;

/** Return the headings of a text: `level`, `text`, `line` (from 1), and whether one is skipped. */
export function headingsOf(text) {
  const found = [];
  let fence = "";
  let above = "";
  text.split("\n").forEach((line, index) => {
    const mark = FENCE.exec(line)?.[1];
    if (fence) {
      if (mark?.startsWith(fence) && !line.trim().slice(mark.length).trim()) fence = "";
      above = "";
      return;
    }
    if (mark) fence = mark;
    const heading = ATX.exec(line);
    const under = !heading && above.trim() && !/^\s*(?:[>|#-]|\d+[.)])/.test(above) && SETEXT.exec(line);
    if (heading) found.push({ level: heading[1].length, text: plain(heading[2] ?? ""), line: index + 1 });
    else if (under) found.push({ level: under[1][0] === "=" ? 1 : 2, text: plain(above), line: index });
    above = heading || mark ? "" : line;
  });
  let before = found[0]?.level ?? 1;
  for (const heading of found) {
    heading.skips = heading.level > before + 1;
    before = heading.level;
  }
  return found.filter(({ text: words }) => words);
}

/** Connect the panel; returns what to call when the text changed. */
export function connectOutline(form, editor) {
  const panel = form.querySelector("[data-outline]");
  const button = form.querySelector("[data-outline-toggle]");
  const list = panel.querySelector("ol");
  let seen;
  const refresh = () => {
    if (panel.hidden || editor.view.state.doc === seen) return;
    seen = editor.view.state.doc;
    const headings = headingsOf(editor.getValue());
    panel.querySelector("[data-empty]").hidden = headings.length > 0;
    list.replaceChildren(...headings.map((heading) => entry(heading, panel.dataset.skipped, editor)));
  };
  const toggle = (shown) => {
    panel.hidden = !shown;
    button.setAttribute("aria-pressed", String(shown));
    localStorage.setItem(SHOWN, shown ? "shown" : "");
    refresh();
  };
  button.addEventListener("click", () => toggle(panel.hidden));
  toggle(matchMedia("(min-width: 60rem)").matches && localStorage.getItem(SHOWN) === "shown");
  return refresh;
}

function entry({ level, text, line, skips }, skipped, editor) {
  const item = element("li", { "data-level": level });
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", () => {
    const { from } = editor.view.state.doc.line(line);
    editor.reveal(from);
  });
  item.append(button);
  if (skips) item.append(element("span", { class: "badge badge-warn" }, skipped));
  return item;
}

const plain = (text) => text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`~]/g, "").trim();
