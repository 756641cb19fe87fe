// <author-picker>: the line of names inside becomes a list whose order the keyboard changes too.
import { element } from "./element.js";
import { joinTags, splitTags } from "./tag-text.js";

class AuthorPicker extends HTMLElement {
  #field;
  #people;
  #list;
  #choice;

  connectedCallback() {
    if (this.#field) return;
    this.#field = this.querySelector("input");
    const people = JSON.parse(this.querySelector("script").textContent);
    this.#people = new Map(people.map(({ slug, name }) => [slug, name]));
    this.#list = element("ol", { class: "author-list" });
    this.#choice = element("select", { id: this.#field.id, "aria-describedby": `${this.#field.id}-hint` });
    this.#field.removeAttribute("id");
    this.#field.type = "hidden";
    this.append(this.#list, this.#choice);
    this.#choice.addEventListener("change", () => this.#write([...this.#slugs, this.#choice.value]));
    this.#field.addEventListener("restored", () => this.#show());
    this.#show();
  }

  get #slugs() {
    return splitTags(this.#field.value);
  }

  #write(slugs) {
    this.#field.value = joinTags(slugs);
    this.#show();
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #show() {
    const slugs = this.#slugs;
    this.#list.replaceChildren(...slugs.map((slug, at) => this.#row(slug, at, slugs.length)));
    const free = [...this.#people].filter(([slug]) => !slugs.includes(slug));
    const first = element("option", { value: "", disabled: "", selected: "" }, this.dataset.add);
    this.#choice.replaceChildren(
      first,
      ...free.map(([slug, name]) => element("option", { value: slug }, name)),
    );
  }

  #row(slug, at, count) {
    const name = this.#people.get(slug) ?? slug;
    const row = element("li", {}, "");
    row.append(element("span", {}, name));
    const button = (kind, sign, move, disabled) => {
      const label = this.dataset[kind].replace("%s", name);
      const made = element("button", { type: "button", "aria-label": label, title: label }, sign);
      made.disabled = disabled;
      made.addEventListener("click", () => {
        const slugs = this.#slugs;
        const [taken] = slugs.splice(at, 1);
        if (move !== undefined) slugs.splice(at + move, 0, taken);
        this.#write(slugs);
        this.#focus(kind, move === undefined ? at : at + move);
      });
      return made;
    };
    row.append(
      button("up", "↑", -1, at === 0),
      button("down", "↓", 1, at === count - 1),
      button("remove", "×", undefined, false),
    );
    return row;
  }

  /** Stay on the button that was pressed, at the place that its name has now. */
  #focus(kind, at) {
    const row = this.#list.children[Math.min(at, this.#list.children.length - 1)];
    const buttons = [...(row?.querySelectorAll("button") ?? [])];
    const wanted = buttons[["up", "down", "remove"].indexOf(kind)];
    (wanted?.disabled ? buttons.find((each) => !each.disabled) : wanted ?? this.#choice)?.focus();
  }
}

customElements.define("author-picker", AuthorPicker);
