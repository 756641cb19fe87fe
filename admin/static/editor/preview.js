// The live preview: rendered by the server, shown in a shadow tree with the site's own styles.
import { asker } from "./asking.js";

const PAUSE = 300;
const CHOICE = "triptych-editor-preview";

/** Connect the preview; returns `toggle`. `say` is told how it went. */
export function connectPreview(form, { say }) {
  const pane = form.querySelector("[data-preview]");
  const button = form.querySelector("[data-preview-toggle]");
  const article = makeArticle(pane);
  const ask = asker(PAUSE);
  const isShown = () => form.dataset.view === "preview";

  const refresh = () => {
    if (!isShown()) return;
    ask(
      () => [button.formAction, { method: "POST", body: new FormData(form) }],
      ({ html }) => {
        article.innerHTML = html;
        pane.removeAttribute("data-behind");
      },
      () => {
        pane.setAttribute("data-behind", "");
        say(pane.dataset.trouble);
      },
    );
  };
  const toggle = (shown = !isShown()) => {
    form.dataset.view = shown ? "preview" : "write";
    button.setAttribute("aria-pressed", String(shown));
    pane.hidden = !shown;
    localStorage.setItem(CHOICE, shown ? "shown" : "");
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

/** Let the preview scroll along with the text, in proportion. */
export function scrollAlong(form, { view }) {
  const pane = form.querySelector("[data-preview]");
  const text = view.scrollDOM;
  text.addEventListener("scroll", () => {
    const room = text.scrollHeight - text.clientHeight;
    if (room > 0) {
      pane.scrollTop = (text.scrollTop / room) * (pane.scrollHeight - pane.clientHeight);
    }
  });
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
