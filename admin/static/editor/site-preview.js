// The preview as the site: its own page of what is saved, in a frame as wide as a phone or a desktop.
import { ask } from "./asking.js";

const CHOICE = "triptych-editor-preview-as";
const WIDTHS = { phone: 390, desktop: 1280 };
const SPARE = 30; // seconds before its end in which a permit is not used any more

/** Connect the choice and the frame; returns `show`, for when the preview is opened. */
export function connectSite(form, { refresh }) {
  const box = form.querySelector("[data-look]");
  const site = box.querySelector("[data-site]");
  const buttons = [...box.querySelectorAll("[data-look-as]")];
  const frame = site.querySelector("iframe");
  const note = site.querySelector("[data-site-note]");
  const permit = permitter(form, site.dataset.permit);
  const isShown = () => !box.hidden && !site.hidden;
  let chosen = "text";
  let running;
  let again = false;

  const say = (kind) => {
    note.textContent = kind ? note.dataset[kind] : "";
    note.hidden = !kind;
    if (kind !== "trouble") frame.hidden = Boolean(kind);
  };
  const load = async () => {
    if (!Number(form.dataset.post)) return say("unsaved");
    try {
      await renew(frame, await permit());
      say("");
      fit(site, frame, WIDTHS[chosen]);
    } catch {
      permit.forget();
      say("trouble");
    }
  };
  // One at a time; what was saved meanwhile is loaded afterwards, once.
  const show = async () => {
    again = true;
    if (running || !isShown()) return;
    running = true;
    while (again && isShown()) {
      again = false;
      await load();
    }
    running = false;
  };
  const choose = (name) => {
    chosen = name in WIDTHS ? name : "text";
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.lookAs === chosen));
    }
    site.hidden = chosen === "text";
    box.querySelector("[data-preview]").hidden = chosen !== "text";
    if (site.hidden) refresh();
    else fit(site, frame, WIDTHS[chosen]);
    show();
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      localStorage.setItem(CHOICE, button.dataset.lookAs);
      choose(button.dataset.lookAs);
    });
  }
  form.addEventListener("kept", show);
  new ResizeObserver(() => isShown() && fit(site, frame, WIDTHS[chosen])).observe(site);
  queueMicrotask(() => choose(localStorage.getItem(CHOICE)));
  return { show };
}

/** Return what gives the address of the page, asked for anew before the permit in it ends. */
function permitter(form, pattern) {
  let kept;
  const permit = async () => {
    const { post } = form.dataset;
    if (kept?.post !== post || kept.end < Date.now()) {
      const { address, seconds } = await ask([pattern.replace("/0/", `/${post}/`)]);
      kept = { post, address, end: Date.now() + (seconds - SPARE) * 1_000 };
    }
    return kept.address;
  };
  permit.forget = () => (kept = undefined);
  return permit;
}

/** Show the page at an address; where it can be looked into, its place is kept. */
async function renew(frame, address) {
  const shown = frame.contentDocument;
  if (!shown?.querySelector("main")) return load(frame, address);
  const answer = await fetch(address, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const { scrollTop } = shown.scrollingElement;
  keepWithin(made);
  shown.body.replaceWith(shown.adoptNode(made.body));
  shown.scrollingElement.scrollTop = scrollTop;
}

/** Load the page; where it is the console's host too, what is no page of a post is trouble. */
function load(frame, address) {
  return new Promise((done, fail) => {
    const see = () => {
      const isOurs = new URL(address, location.href).origin === location.origin;
      const shown = frame.contentDocument;
      if (isOurs && !shown?.querySelector("article")) return fail(new Error("no page"));
      if (isOurs) keepWithin(shown);
      done();
    };
    frame.addEventListener("load", see, { once: true });
    frame.hidden = false;
    frame.src = address;
  });
}

// Links open in a new tab, so that the frame stays: only those within the page do not.
function keepWithin(body) {
  for (const link of body.querySelectorAll("a[href^='#']")) link.target = "_self";
}

/** Give the frame its width in the page's own pixels, and make it as small as the place is. */
function fit(site, frame, width) {
  if (!width || !site.clientWidth) return;
  const part = Math.min(1, site.clientWidth / width);
  frame.style.width = `${width}px`;
  frame.style.height = `${site.clientHeight / part}px`;
  frame.style.transform = `scale(${part})`;
  frame.style.left = `${(site.clientWidth - width * part) / 2}px`;
}
