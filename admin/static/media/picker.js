// <media-picker>: a dialog that gives one file for one use, with the words of that use.
//
//   const chosen = await document.querySelector("media-picker").choose({ kind: "image" });
//   // null, or { id, path, name, kind, alt, decorative, focus: [x, y], markdown, thumbnail, link }
//
// A button with data-pick-into="cover" fills the field of that name in its form with the path, and
// cover_alt, cover_x and cover_y where there are such fields.
import { Queue } from "./queue.js";
import { readSetup } from "./setup.js";

const PATIENCE = 250; // ms of typing before it is searched

class MediaPicker extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.shelf = this.querySelector("[data-shelf]");
    this.search = this.querySelector("[type=search]");
    this.using = this.querySelector("[data-using]");
    this.alt = this.querySelector("textarea");
    this.decorative = this.querySelector("[data-decorative]");
    this.queue = new Queue(this.querySelector("[data-uploads]"), readSetup(this), {
      onDone: (found) => this.#open(found),
    });
    this.#listen();
  }

  /** Ask for a file; resolves with what was chosen and how it is used, or null. */
  choose({ kind = "", alt } = {}) {
    Object.assign(this, { kind, wantedAlt: alt, chosen: null });
    this.#show("choosing");
    this.dialog.showModal();
    this.search.value = "";
    this.search.focus();
    this.#load(this.#query());
    return new Promise((resolve) => (this.resolve = resolve));
  }

  #listen() {
    let timer;
    this.search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#load(this.#query()), PATIENCE);
    });
    const files = this.querySelector("[data-files]");
    files.addEventListener("change", () => {
      this.queue.add(files.files);
      files.value = "";
    });
    this.addEventListener("click", (event) => this.#press(event.target));
    this.decorative.addEventListener("change", () => (this.alt.disabled = this.decorative.checked));
    this.dialog.addEventListener("dragover", (event) => event.preventDefault());
    this.dialog.addEventListener("drop", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.queue.add(event.dataTransfer.files);
    });
    this.dialog.addEventListener("close", () => {
      const used = this.dialog.returnValue === "use" && this.chosen;
      this.dialog.returnValue = "";
      this.resolve?.(used ? this.#result() : null);
    });
  }

  #press(target) {
    const pick = target.closest("[data-pick]:not(media-picker)");
    if (pick) this.#open(JSON.parse(pick.dataset.pick));
    const more = target.closest("[data-more]");
    if (more) this.#load(more.dataset.more, { add: more.closest("p") });
    if (target.closest("[data-back]")) this.#show("choosing");
    if (target.closest("[data-close]")) this.dialog.close("");
  }

  #open(found) {
    if (!this.dialog.open) return;
    this.chosen = found;
    const isPicture = Boolean(found.thumbnail);
    const shown = this.querySelector("[data-shown]");
    shown.hidden = !isPicture;
    if (isPicture) shown.src = found.thumbnail;
    this.querySelector("[data-name]").textContent = found.name;
    this.querySelector("[data-words-of]").hidden = !isPicture;
    this.alt.value = this.wantedAlt || found.alt;
    this.decorative.checked = found.decorative;
    this.alt.disabled = found.decorative;
    this.#show("using");
    (isPicture && !found.decorative ? this.alt : this.using.querySelector("[type=submit]")).focus();
  }

  #result() {
    const { chosen } = this;
    const decorative = this.decorative.checked;
    const alt = decorative || !chosen.thumbnail ? "" : this.alt.value.trim().replace(/\s+/g, " ");
    const words = alt.replace(/([[\]\\])/g, "\\$1");
    const markdown = chosen.thumbnail ? `![${words}](${chosen.path})` : chosen.markdown;
    return { ...chosen, alt, decorative, markdown };
  }

  #show(part) {
    this.querySelector("[data-choosing]").hidden = part !== "choosing";
    this.using.hidden = part !== "using";
    if (part === "choosing") this.search.focus();
  }

  #query() {
    const query = new URLSearchParams({ q: this.search.value });
    if (this.kind) query.set("kind", this.kind);
    return `?${query}`;
  }

  async #load(query, { add } = {}) {
    this.asked = query;
    try {
      const answer = await fetch(this.dataset.pick + query, { redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      const text = await answer.text();
      if (this.asked !== query) return;
      if (add) add.outerHTML = text;
      else this.shelf.innerHTML = text;
    } catch {
      if (this.asked === query) this.shelf.textContent = this.dataset.trouble;
    }
  }
}

customElements.define("media-picker", MediaPicker);

// Without this script the field is filled by hand.
for (const button of document.querySelectorAll("[data-pick-into]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-pick-into]");
  if (!button) return;
  const { elements } = button.form;
  const name = button.dataset.pickInto;
  const chosen = await document.querySelector("media-picker").choose({ kind: "image" });
  button.focus();
  if (!chosen) return;
  const [x, y] = chosen.focus;
  const values = { "": chosen.path, _alt: chosen.alt, _x: x, _y: y };
  for (const [ending, value] of Object.entries(values)) {
    const field = elements[name + ending];
    if (!field) continue;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
