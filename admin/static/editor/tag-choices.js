// The list below the tag field: options that a key or a press chooses (WAI-ARIA combobox).
import { element } from "./element.js";

export class Choices {
  #entry;
  #list;

  /** Make the list for an entry; `onChoose` is given the chosen name. */
  constructor(entry, label, onChoose) {
    this.#entry = entry;
    this.#list = element("ul", {
      id: `${entry.id}-list`,
      role: "listbox",
      class: "tag-list",
      "aria-label": label,
    });
    this.close();
    // Pressing the mouse would take the focus away before the click.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) onChoose(option.textContent);
    });
  }

  get node() {
    return this.#list;
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  /** The name that the arrow keys have reached, if any. */
  get selected() {
    return this.#options[this.#at]?.textContent;
  }

  open(names) {
    this.#list.replaceChildren(
      ...names.map((name, index) => {
        const id = `${this.#list.id}-${index}`;
        return element("li", { role: "option", id, "aria-selected": "false" }, name);
      }),
    );
    this.#list.hidden = names.length === 0;
    this.#entry.ariaExpanded = String(this.isOpen);
    this.#entry.removeAttribute("aria-activedescendant");
  }

  close() {
    this.open([]);
  }

  /** Select the next option, or with -1 the one before. */
  move(step) {
    const options = this.#options;
    if (options.length === 0) return;
    const from = this.#at < 0 && step < 0 ? 0 : this.#at;
    const to = (from + step + options.length) % options.length;
    options.forEach((option, at) => (option.ariaSelected = String(at === to)));
    options[to].scrollIntoView({ block: "nearest" });
    this.#entry.setAttribute("aria-activedescendant", options[to].id);
  }

  get #options() {
    return [...this.#list.children];
  }

  get #at() {
    return this.#options.findIndex((option) => option.ariaSelected === "true");
  }
}
