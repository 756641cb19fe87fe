// The live preview: rendered by the server, shown in a shadow tree with the site's own styles.
import { asker } from "./asking.js";
import { connectSite } from "./site-preview.js";

const PAUSE = 300;
const CHOICE = "triptych-editor-preview";

/** Connect the preview; returns `toggle`. `say` is told how it went. */
export function connectPreview(form, { say }) {
  const pane = form.querySelector("[data-preview]");
  const box = pane.closest("[data-look]");
  const button = form.querySelector("[data-preview-toggle]");
  const article = makeArticle(pane);
  const ask = asker(PAUSE);
  const isShown = () => form.dataset.view === "preview";

  const refresh = () => {
    if (!isShown() || pane.hidden) return;
    ask(
      () => [button.formAction, { method: "POST", body: new FormData(form) }],
      ({ html }) => {
        article.innerHTML = html;
        pane.removeAttribute("data-behind");
        pane.dispatchEvent(new Event("refreshed"));
      },
      () => {
        pane.setAttribute("data-behind", "");
        say(pane.dataset.trouble);
      },
    );
  };
  const site = connectSite(form, { refresh });
  const toggle = (shown = !isShown()) => {
    form.dataset.view = shown ? "preview" : "write";
    button.setAttribute("aria-pressed", String(shown));
    box.hidden = !shown;
    localStorage.setItem(CHOICE, shown ? "shown" : "");
    site.show();
    refresh();
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    toggle();
  });
  for (const kind of ["input", "restored"]) form.addEventListener(kind, refresh);
  const wide = matchMedia("(min-width: 60rem)").matches;
  toggle(wide && localStorage.getItem(CHOICE) === "shown");
  return { toggle: () => toggle() };
}

/** Let the preview scroll along with the text, by the lines that its blocks came from. */
export function scrollAlong(form, { view }) {
  const pane = form.querySelector("[data-preview]");
  const text = view.scrollDOM;
  let waits = false;
  const follow = () => {
    waits = false;
    if (pane.hidden || text.scrollHeight <= text.clientHeight) return;
    pane.scrollTop = placeOf(lineAtTop(view), pane, view.state.doc.lines);
  };
  const later = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(follow);
  };
  text.addEventListener("scroll", later);
  pane.addEventListener("refreshed", later);
}

/** Return the line at the top of the text, and how much of it is above. */
function lineAtTop(view) {
  const { scrollTop, scrollHeight, clientHeight } = view.scrollDOM;
  if (scrollTop <= 0) return 1;
  if (scrollTop + clientHeight >= scrollHeight - 1) return Infinity;
  const height = scrollTop - view.documentPadding.top;
  const block = view.lineBlockAtHeight(Math.max(0, height));
  const above = Math.min(1, Math.max(0, (height - block.top) / block.height));
  return view.state.doc.lineAt(block.from).number + above;
}

/** Return where in the preview a line stands, between the blocks before and after it. */
function placeOf(line, pane, lines) {
  if (line <= 1) return 0;
  if (line === Infinity) return pane.scrollHeight;
  const origin = pane.getBoundingClientRect().top - pane.scrollTop;
  let before = { line: 1, top: 0 };
  let after = { line: lines + 1, top: pane.scrollHeight };
  for (const block of pane.shadowRoot.querySelectorAll("[data-line]")) {
    const number = Number(block.dataset.line);
    const top = block.getBoundingClientRect().top - origin;
    if (number <= line) before = { line: number, top };
    else {
      after = { line: number, top };
      break;
    }
  }
  const part = (line - before.line) / Math.max(1, after.line - before.line);
  return before.top + part * (after.top - before.top);
}

function makeArticle(pane) {
  const shadow = pane.attachShadow({ mode: "open" });
  for (const href of pane.dataset.styles.split(" ")) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href });
    shadow.append(link);
  }
  const article = document.createElement("article");
  article.className = "prose";
  shadow.append(article);
  shadow.addEventListener("click", followLink);
  return article;
}

// A link must not lead away from what is being written.
function followLink(event) {
  const link = event.target.closest("a[href]");
  if (!link) return;
  event.preventDefault();
  const target = link.getAttribute("href");
  if (target.startsWith("#")) {
    event.currentTarget.getElementById(decodeURIComponent(target.slice(1)))?.scrollIntoView();
  } else {
    open(link.href, "_blank", "noopener");
  }
}
