// <tag-input>: the comma-separated field inside becomes chips with completion.
import { asker } from "./asking.js";
import { isComma, joinTags, splitTags } from "./tag-text.js";

class TagInput extends HTMLElement {
  #field;
  #entry;
  #chips;
  #list;
  #names = [];
  #ask = asker(150);

  connectedCallback() {
    if (this.#field) return;
    this.#field = this.querySelector("input");
    this.#build();
    this.#read();
    this.#field.addEventListener("restored", () => this.#read());
    this.#entry.addEventListener("keydown", (event) => this.#onKey(event));
    this.#entry.addEventListener("input", (event) => this.#onInput(event));
    this.#entry.addEventListener("blur", () => {
      this.#add(this.#entry.value);
      this.#close();
    });
  }

  #build() {
    const id = this.#field.id;
    this.#entry = element("input", {
      id,
      type: "text",
      autocomplete: "off",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${id}-list`,
      "aria-describedby": this.#field.getAttribute("aria-describedby") ?? "",
    });
    this.#chips = element("ul", { class: "tag-chips" });
    this.#list = element("ul", { id: `${id}-list`, role: "listbox", class: "tag-list", hidden: "" });
    this.#list.setAttribute("aria-label", this.dataset.label);
    this.#field.removeAttribute("id");
    this.#field.type = "hidden";
    this.append(this.#chips, this.#entry, this.#list);
    // Pressing the mouse would take the focus away before the click.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#add(option.textContent, { whole: true });
    });
  }

  #read() {
    this.#names = splitTags(this.#field.value);
    this.#show();
  }

  #add(text, { whole = false } = {}) {
    const known = new Set(this.#names.map((name) => name.toLowerCase()));
    const added = whole ? [text] : splitTags(text);
    const fresh = added.filter((name) => !known.has(name.toLowerCase()));
    this.#entry.value = "";
    this.#close();
    if (fresh.length) this.#change([...this.#names, ...fresh]);
  }

  #change(names) {
    this.#names = names;
    this.#field.value = joinTags(names);
    this.#show();
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #show() {
    this.#chips.replaceChildren(
      ...this.#names.map((name, index) => {
        const chip = element("li", {}, name);
        const label = `${this.dataset.remove} ${name}`;
        const button = element("button", { type: "button", "aria-label": label }, "×");
        button.addEventListener("click", () => {
          this.#change(this.#names.filter((_, at) => at !== index));
          this.#entry.focus();
        });
        chip.append(button);
        return chip;
      }),
    );
  }

  #onKey(event) {
    if (event.isComposing) return;
    const options = [...this.#list.children];
    const at = options.findIndex((option) => option.ariaSelected === "true");
    if (event.key === "Enter") {
      event.preventDefault();
      if (at >= 0) this.#add(options[at].textContent, { whole: true });
      else this.#add(this.#entry.value);
    } else if (event.key === "Backspace" && !this.#entry.value && this.#names.length) {
      this.#change(this.#names.slice(0, -1));
    } else if (event.key === "Escape" && !this.#list.hidden) {
      event.stopPropagation();
      this.#close();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && options.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1;
      this.#select(options, (at + step + options.length) % options.length);
    }
  }

  #onInput(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    const text = this.#entry.value;
    const quoted = text.trimStart().startsWith('"');
    if (!quoted && isComma(text.slice(-1))) return this.#add(text);
    if (!text.trim()) return this.#close();
    const query = new URLSearchParams({ q: text.trim() });
    this.#ask(
      () => [`${this.dataset.complete}?${query}`],
      ({ tags }) => this.#entry.value === text && this.#open(tags),
    );
  }

  #open(tags) {
    const chosen = new Set(this.#names);
    const options = tags.filter((name) => !chosen.has(name));
    this.#list.replaceChildren(
      ...options.map((name, index) =>
        element("li", { role: "option", id: `${this.#list.id}-${index}`, "aria-selected": "false" }, name),
      ),
    );
    this.#list.hidden = options.length === 0;
    this.#entry.ariaExpanded = String(options.length > 0);
    this.#entry.removeAttribute("aria-activedescendant");
  }

  #select(options, index) {
    options.forEach((option, at) => (option.ariaSelected = String(at === index)));
    options[index].scrollIntoView({ block: "nearest" });
    this.#entry.setAttribute("aria-activedescendant", options[index].id);
  }

  #close() {
    this.#list.replaceChildren();
    this.#list.hidden = true;
    this.#entry.ariaExpanded = "false";
    this.#entry.removeAttribute("aria-activedescendant");
  }
}

function element(name, attributes, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

customElements.define("tag-input", TagInput);
