// Clipboard HTML made plain: what Word and Google Docs say by style becomes elements.

const NOISE = [
  "style,script,meta,link,title,xml,template,iframe,object,noscript,colgroup",
  "[data-style*='footnote-list'] > hr,[data-style*='footnote-list'] > br",
].join();
const MONO = /courier|consolas|menlo|monaco|monospace/i;
const NOTE = /^#_?(?:ftn|ftnt|fn|footnote|user-content-fn)[:_-]?\w+$/i;
const BLOCKS = "p,div,li,td,th,h1,h2,h3,h4,h5,h6,pre,blockquote";

const STYLES = /<style[\s\S]*?<\/style>/gi;
const TAG = /<[a-z][^>]*>/gi;

/** Parse clipboard HTML; its styles become data, since the page's policy lets none be applied. */
export function parse(html) {
  const quiet = html
    .replace(STYLES, "")
    .replace(TAG, (tag) => tag.replace(/(\s)style\s*=/gi, "$1data-style="));
  return new DOMParser().parseFromString(quiet, "text/html");
}

/** Return the body of a parsed clipboard, ready to be written as Markdown. */
export function tidy(document) {
  const { body } = document;
  dropNoise(document);
  for (const element of body.querySelectorAll("[data-style]")) readStyle(element);
  makeCode(body);
  makeLists(body);
  makeNotes(body);
  makeHeadings(body);
  for (const table of body.querySelectorAll("table")) tidyTable(table);
  for (const link of body.querySelectorAll("a")) tidyLink(link);
  for (const image of body.querySelectorAll("img")) {
    if (!/^https?:/.test(image.getAttribute("src") ?? "")) image.remove();
  }
  return body;
}

function dropNoise(document) {
  const { body } = document;
  const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
  for (const element of body.querySelectorAll(NOISE)) element.remove();
  for (const element of [...body.getElementsByTagName("*")]) {
    if (element.nodeName.includes(":")) unwrap(element); // Word's <o:p> and its like
  }
}

/** Let bold, italic, struck and code by style be elements; what says `normal` is none. */
function readStyle(element) {
  const style = element.getAttribute("data-style").toLowerCase();
  const weight = value(style, "font-weight");
  const bold = weight === "bold" || Number(weight) >= 600;
  const italic = value(style, "font-style") === "italic";
  const struck = /text-decoration(?:-line)?:[^;]*line-through/.test(style);
  if (/mso-list:\s*ignore/.test(style)) {
    element.setAttribute("data-mark", "");
    return;
  }
  if (/^(B|STRONG)$/.test(element.nodeName)) return weight && !bold ? unwrap(element) : undefined;
  if (/^(I|EM)$/.test(element.nodeName)) {
    return value(style, "font-style") === "normal" ? unwrap(element) : undefined;
  }
  if (!/^(SPAN|FONT|A)$/.test(element.nodeName) || !element.textContent.trim()) return;
  const plainBold = element.closest("h1,h2,h3,h4,h5,h6,th") !== null;
  if (MONO.test(value(style, "font-family")) && !element.closest("pre,code")) {
    if (!element.querySelector("a")) wrapInside(element, "code");
    return;
  }
  if (struck) wrapInside(element, "del");
  if (italic) wrapInside(element, "em");
  if (bold && !plainBold) wrapInside(element, "strong");
}

/** A block whose lines are set in a fixed pitch is code, as editors and terminals copy it. */
function makeCode(body) {
  for (const block of [...body.querySelectorAll("div,p")]) {
    const style = (block.getAttribute("data-style") ?? "").toLowerCase();
    if (!block.isConnected || !/white-space:\s*pre/.test(style)) continue;
    if (!MONO.test(value(style, "font-family"))) continue;
    const pre = block.ownerDocument.createElement("pre");
    const lines = [...block.children].filter((child) => child.matches("div,br"));
    pre.textContent = lines.length
      ? lines.map((line) => line.textContent).join("\n")
      : block.textContent;
    block.replaceWith(pre);
  }
  for (const pre of body.querySelectorAll("pre")) {
    for (const line of pre.querySelectorAll("br")) line.replaceWith("\n");
  }
}

/** Word writes list items as paragraphs with `mso-list:l0 level2 lfo1` and a drawn mark. */
function makeLists(body) {
  let open = [];
  for (const item of [...body.querySelectorAll("[data-style*='mso-list']")]) {
    const level = Number(/mso-list:[^;"]*\blevel(\d)/i.exec(item.getAttribute("data-style"))?.[1]);
    if (!level) continue;
    const previous = item.previousElementSibling;
    if (!previous || previous !== open[0]?.list) open = [];
    const mark = item.querySelector("[data-mark]");
    const name = /^\s*[\w]{1,4}[.)]/.test(mark?.textContent ?? "") ? "ol" : "ul";
    mark?.remove();
    open.length = Math.min(open.length, level);
    while (open.length < level) {
      const list = item.ownerDocument.createElement(name);
      const above = open.at(-1);
      if (above) above.list.lastElementChild.append(list);
      else item.before(list);
      if (open.length + 1 < level) list.append(item.ownerDocument.createElement("li"));
      open.push({ list });
    }
    const line = item.ownerDocument.createElement("li");
    line.append(...item.childNodes);
    open.at(-1).list.append(line);
    item.remove();
  }
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    list.previousElementSibling?.append(list); // Google Docs nests lists beside their items
  }
  for (const mark of body.querySelectorAll("[data-mark]")) mark.remove();
}

function makeNotes(body) {
  const document = body.ownerDocument;
  const numbers = new Map();
  for (const link of [...body.querySelectorAll("a[href^='#']")]) {
    const address = link.getAttribute("href");
    const id = decodeURIComponent(address.slice(1));
    const target = document.getElementById(id) ?? document.getElementsByName(id)[0];
    const block = target?.closest("li,[data-style*='mso-element:footnote'],p,div,aside");
    if (!NOTE.test(address) || !block || block === body || block.contains(link)) continue;
    if (!numbers.has(block)) numbers.set(block, numbers.size + 1);
    const mark = document.createElement("sup");
    mark.dataset.note = numbers.get(block);
    mark.textContent = `[${mark.dataset.note}]`;
    (link.closest("sup") ?? link).replaceWith(mark);
  }
  for (const [block, number] of numbers) {
    const list = block.closest("ol,ul");
    const note = document.createElement("div");
    note.dataset.note = number;
    for (const back of block.querySelectorAll("a[href^='#']")) back.remove();
    note.append(...block.childNodes);
    if (!note.textContent.trim()) continue;
    body.append(note);
    block.remove();
    if (list && !list.textContent.trim()) list.remove();
  }
}

function makeHeadings(body) {
  for (const title of body.querySelectorAll("p.MsoTitle")) rename(title, "h1");
  for (const heading of body.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
    for (const bold of heading.querySelectorAll("b,strong")) unwrap(bold);
    for (const link of heading.querySelectorAll("a[href^='#']")) {
      if (/^\W?$/.test(link.textContent.trim())) link.remove(); // the anchor that many pages draw
    }
    if (!heading.textContent.trim()) heading.remove();
  }
}

/** One row of headings, cells of one line each; a table of one cell is only a frame. */
function tidyTable(table) {
  const rows = [...table.rows];
  if (rows.length === 1 && rows[0].cells.length === 1) {
    table.replaceWith(...rows[0].cells[0].childNodes);
    return;
  }
  for (const cell of table.querySelectorAll("td,th")) {
    const align = value(cell.getAttribute("data-style") ?? "", "text-align");
    if (/^(left|center|right)$/.test(align)) cell.setAttribute("align", align);
    const inner = [...cell.querySelectorAll("p,div")].filter((block) => !block.querySelector(BLOCKS));
    for (const block of inner) {
      if (block !== inner[0]) block.before(cell.ownerDocument.createElement("br"));
      unwrap(block);
    }
  }
  if (rows[0] && !table.querySelector("th")) {
    for (const cell of [...rows[0].cells]) {
      for (const bold of cell.querySelectorAll("b,strong")) unwrap(bold);
      rename(cell, "th");
    }
  }
}

function tidyLink(link) {
  const address = link.getAttribute("href") ?? "";
  const wrapped = /^https:\/\/www\.google\.com\/url\?(.*)$/.exec(address);
  if (wrapped) link.setAttribute("href", new URLSearchParams(wrapped[1]).get("q") ?? address);
  if (!/^(?:https?|mailto|tel):/i.test(link.getAttribute("href") ?? "")) unwrap(link);
  else for (const name of ["title", "name", "id"]) link.removeAttribute(name);
}

const value = (style, name) =>
  new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`).exec(style)?.[1].trim() ?? "";

function wrapInside(element, name) {
  const wrapper = element.ownerDocument.createElement(name);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  for (const { name: key, value: text } of element.attributes) {
    if (/^(colspan|rowspan|align)$/.test(key)) renamed.setAttribute(key, text);
  }
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}
