// The command palette: Ctrl-K or the button in the header. A combobox in a dialog (ARIA 1.2).
const KEPT = 8;

export function offerPalette(button) {
  button.hidden = false;
  const open = () => new Palette(button).open();
  button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    if (event.altKey || event.shiftKey || event.target.closest?.(".cm-editor")) return;
    event.preventDefault();
    if (!document.querySelector("dialog.palette")) open();
  });
  remember(button.dataset.me);
}

// Numbers alone are kept here; what they are called is asked of the server, which knows who asks.
function recent(me) {
  try {
    return JSON.parse(localStorage.getItem(`recent:${me}`)) ?? [];
  } catch {
    return [];
  }
}

function remember(me) {
  const match = location.pathname.match(/\/page\/edit\/(\d+)\//);
  if (!match) return;
  const numbers = [match[1], ...recent(me).filter((other) => other !== match[1])];
  try {
    localStorage.setItem(`recent:${me}`, JSON.stringify(numbers.slice(0, KEPT)));
  } catch {
    // full or forbidden: then nothing is recent
  }
}

class Palette {
  constructor(button) {
    this.button = button;
    this.words = button.dataset;
  }

  open() {
    this.dialog = make("dialog", { className: "palette" });
    this.dialog.setAttribute("aria-label", this.words.title);
    this.input = make("input", { type: "search", placeholder: this.words.hint });
    this.list = make("div", { id: "palette-list", className: "palette-list" });
    this.said = make("p", { className: "visually-hidden" });
    this.said.setAttribute("role", "status");
    const told = {
      role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list",
      "aria-autocomplete": "list", "aria-label": this.words.hint, autocomplete: "off",
    };
    Object.entries(told).forEach(([name, value]) => this.input.setAttribute(name, value));
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.words.title);
    this.dialog.append(this.input, this.list, this.said);
    this.input.addEventListener("input", () => this.askSoon());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.dialog.addEventListener("close", () => this.dialog.remove());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.ask();
  }

  askSoon() {
    clearTimeout(this.timer);
    this.isLate = true; // what is shown answers earlier words
    this.timer = setTimeout(() => this.ask(), 80);
  }

  async ask() {
    this.asked?.abort();
    this.asked = new AbortController();
    const query = new URLSearchParams({ q: this.input.value });
    recent(this.words.me).forEach((number) => query.append("recent", number));
    try {
      const answer = await fetch(`${this.words.url}?${query}`, { signal: this.asked.signal });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      this.show((await answer.json()).groups);
      this.isLate = false;
    } catch (error) {
      if (error.name !== "AbortError") this.tell(this.words.failed);
    }
  }

  tell(sentence) {
    this.options = [];
    this.list.replaceChildren(make("p", { className: "palette-none", textContent: sentence }));
    this.said.textContent = sentence;
    this.input.removeAttribute("aria-activedescendant");
  }

  show(groups) {
    if (!groups.length) return this.tell(this.words.none);
    this.options = [];
    this.list.replaceChildren(...groups.map((group, place) => this.group(group, place)));
    this.said.textContent = this.words.count.replace("%", this.options.length);
    this.choose(0);
  }

  group({ title, items }, place) {
    const box = make("div", {});
    const heading = make("p", { id: `palette-group-${place}`, className: "palette-group", textContent: title });
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", heading.id);
    box.append(heading, ...items.map((item) => this.option(item)));
    return box;
  }

  option(item) {
    const number = this.options.length;
    const option = make("div", { id: `palette-${number}`, className: "palette-option" });
    option.setAttribute("role", "option");
    option.append(make("span", { textContent: item.title }));
    if (item.note) option.append(make("small", { textContent: item.note }));
    option.addEventListener("click", (event) => this.take(item, event.ctrlKey || event.metaKey));
    option.addEventListener("pointermove", () => this.choose(number));
    this.options.push({ item, option });
    return option;
  }

  choose(number) {
    this.chosen = number;
    this.options.forEach(({ option }, place) => option.setAttribute("aria-selected", String(place === number)));
    const { option } = this.options[number];
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const count = this.options?.length;
    if (!count || event.isComposing) return;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) {
      event.preventDefault();
      this.choose((this.chosen + way + count) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.takeChosen(event.ctrlKey || event.metaKey);
    }
  }

  async takeChosen(elsewhere) {
    if (this.isLate) {
      clearTimeout(this.timer);
      await this.ask();
    }
    const chosen = this.options[this.chosen];
    if (chosen && !this.isLate) this.take(chosen.item, elsewhere);
  }

  take(item, elsewhere) {
    if (item.act === "theme") switchTheme();
    else if (item.act === "submit") document.querySelector(`form[action="${item.url}"]`)?.requestSubmit();
    else if (elsewhere) window.open(item.url);
    else location.assign(item.url);
    this.dialog.close();
  }
}

function switchTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  const path = document.querySelector("[data-palette]").dataset.root || "/";
  document.cookie = `theme=${root.dataset.theme}; path=${path}; max-age=31536000; samesite=lax`;
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
