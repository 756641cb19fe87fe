// What is pasted from Word, Google Docs and web pages becomes Markdown.
import { gfm } from "@joplin/turndown-plugin-gfm";
import TurndownService from "turndown";

import { parse, tidy } from "./clipboard.js";

const RICH = "a[href],b,strong,i,em,del,s,h1,h2,h3,h4,h5,h6,ul,ol,table,pre,code,blockquote,img,hr,sup[data-note]";

/** Return Markdown of clipboard HTML; empty where nothing in it is more than plain text. */
export function toMarkdown(html) {
  const body = tidy(parse(html));
  if (!body.querySelector(RICH)) return "";
  return service()
    .turndown(body)
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/^[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^(>[> ]*) $/gm, "$1")
    .replace(/ +<br>/g, "<br>")
    .trim();
}

let made;

function service() {
  if (made) return made;
  made = new TurndownService({
    headingStyle: "atx",
    bulletListMarker: "-",
    codeBlockStyle: "fenced",
    emDelimiter: "*",
    hr: "---",
  });
  made.use(gfm);
  made.remove(["script", "style", "noscript", "button", "svg"]);
  made.addRule("item", { filter: "li", replacement: writeItem });
  made.addRule("code", { filter: "pre", replacement: (_, node) => writeCode(node) });
  made.addRule("strike", { filter: ["del", "s", "strike"], replacement: (text) => `~~${text}~~` });
  made.addRule("reference", {
    filter: (node) => node.nodeName === "SUP" && node.dataset.note,
    replacement: (_, node) => `[^${node.dataset.note}]`,
  });
  made.addRule("note", {
    filter: (node) => node.nodeName === "DIV" && node.dataset.note,
    replacement: (text, node) =>
      `\n\n[^${node.dataset.note}]: ${text.trim().replace(/\n(?=.)/g, "\n    ")}\n\n`,
  });
  return made;
}

/** Write `- ` and `1. `, what follows indented just below the text. */
function writeItem(text, node) {
  const list = node.parentNode;
  const ordered = list.nodeName === "OL";
  const place = [...list.children].filter((child) => child.nodeName === "LI").indexOf(node);
  const mark = ordered ? `${(Number(list.getAttribute("start")) || 1) + place}. ` : "- ";
  const own = text.trim().replace(/^\[([ x])\] +/, "[$1] ");
  const inner = own.replace(/\n(?=.)/g, `\n${" ".repeat(mark.length)}`);
  return mark + inner.replace(/\n\n(?=\s*(?:-|\d+\.) )/g, "\n") + (node.nextElementSibling ? "\n" : "");
}

function writeCode(node) {
  const text = node.textContent.replace(/\u00a0/g, " ").replace(/^\n|\n$/g, "");
  const named = [node, node.querySelector("code"), node.parentElement]
    .map((element) => element?.className ?? "")
    .join(" ");
  const language = /(?:lang(?:uage)?-|highlight-source-|brush:\s*)([\w+#-]+)/.exec(named)?.[1] ?? "";
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `\n\n${fence}${language}\n${text}\n${fence}\n\n`;
}
