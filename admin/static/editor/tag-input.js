// <tag-input>: the comma-separated field inside becomes chips with completion.
import { asker } from "./asking.js";
import { element } from "./element.js";
import { afterPress } from "./press.js";
import { Choices } from "./tag-choices.js";
import { isComma, joinTags, splitTags } from "./tag-text.js";

class TagInput extends HTMLElement {
  #field;
  #entry;
  #chips;
  #choices;
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
    this.#entry.addEventListener("compositionend", (event) => this.#onInput(event));
    // What still stands in the entry counts too, also when a key submits the form from here.
    const finish = () => this.#add(splitTags(this.#entry.value));
    this.#entry.addEventListener("blur", () => afterPress(finish));
    this.#field.form.addEventListener("submit", finish);
  }

  /** The field goes on holding what is sent; its label and hint belong to the entry now. */
  #build() {
    const { id } = this.#field;
    this.#entry = element("input", {
      id,
      type: "text",
      autocomplete: "off",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": `${id}-list`,
      "aria-describedby": this.#field.getAttribute("aria-describedby") ?? "",
    });
    this.#field.removeAttribute("id");
    this.#field.type = "hidden";
    this.#chips = element("ul", { class: "tag-chips" });
    this.#choices = new Choices(this.#entry, this.dataset.label, (name) => this.#add([name]));
    this.append(this.#chips, this.#entry, this.#choices.node);
  }

  #read() {
    this.#names = splitTags(this.#field.value);
    this.#show();
  }

  #add(names) {
    const known = new Set(this.#names.map((name) => name.toLowerCase()));
    const fresh = names.filter((name) => known.size < known.add(name.toLowerCase()).size);
    this.#entry.value = "";
    this.#choices.close();
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
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") {
      event.preventDefault();
      const { selected } = this.#choices;
      this.#add(selected === undefined ? splitTags(this.#entry.value) : [selected]);
    } else if (event.key === "Backspace" && !this.#entry.value && this.#names.length) {
      this.#change(this.#names.slice(0, -1));
    } else if (event.key === "Escape" && this.#choices.isOpen) {
      event.stopPropagation();
      this.#choices.close();
    } else if (step && this.#choices.isOpen) {
      event.preventDefault();
      this.#choices.move(step);
    }
  }

  #onInput(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    const text = this.#entry.value;
    const isQuoted = text.trimStart().startsWith('"');
    if (!isQuoted && isComma(text.slice(-1))) this.#add(splitTags(text));
    else if (!text.trim()) this.#choices.close();
    else this.#complete(text);
  }

  #complete(text) {
    const query = new URLSearchParams({ q: text.trim() });
    this.#ask(
      () => [`${this.dataset.complete}?${query}`],
      ({ tags }) => {
        const fresh = tags.filter((name) => !this.#names.includes(name));
        if (this.#entry.value === text) this.#choices.open(fresh);
      },
    );
  }
}

customElements.define("tag-input", TagInput);
