// Files on their way: two at a time, each with progress, cancel and try again.
import { element } from "../editor/element.js";
import { reasonOf } from "./setup.js";
import { Upload } from "./tus.js";

const AT_ONCE = 2;

export class Queue {
  #waiting = [];
  #running = 0;

  constructor(root, setup, { folder = () => "", onDone, onCancel } = {}) {
    Object.assign(this, { root, setup, folder, onDone, onCancel });
    this.list = root.querySelector("ul");
    this.said = root.querySelector("[data-said]");
    this.cutOff = new Set();
    // What was given up without a line or a session is sent as soon as there is one again.
    const again = () => [...this.cutOff].forEach((line) => this.#queue(line));
    addEventListener("online", again);
    document.addEventListener("signed-in", again);
    addEventListener("beforeunload", (event) => {
      if (this.#running || this.#waiting.length) event.preventDefault();
    });
  }

  /** Take files; each gets a line of its own. */
  add(files) {
    this.root.hidden = false;
    for (const file of files) this.#queue(new Line(file, this.setup, this));
  }

  /** Send a line again. */
  again(line) {
    this.#queue(line);
  }

  #queue(line) {
    if (!line.row.isConnected) this.list.append(line.row);
    this.cutOff.delete(line);
    line.show("waiting");
    this.#waiting.push(line);
    this.#next();
  }

  async #next() {
    if (this.#running >= AT_ONCE || !this.#waiting.length) return;
    const line = this.#waiting.shift();
    if (line.isCancelled) return this.#next();
    this.#running += 1;
    try {
      const found = await line.send(this.folder());
      this.onDone?.(found, line);
    } catch (error) {
      line.fail(error);
      const isCutOff = error.status === 401 || (error.again && !error.status);
      if (isCutOff && !line.isCancelled) this.cutOff.add(line);
      if (line.isCancelled) this.onCancel?.(line);
    }
    this.#running -= 1;
    this.said.textContent = `${line.file.name}: ${line.state.textContent}`;
    this.#next();
  }
}

class Line {
  isCancelled = false;

  constructor(file, setup, queue) {
    Object.assign(this, { file, setup, queue });
    this.row = element("li");
    this.state = element("small");
    this.bar = element("progress", { max: 1, value: 0, "aria-label": file.name });
    this.button = element("button", { type: "button", class: "button small" });
    this.button.addEventListener("click", () => this.press());
    const text = element("span");
    text.append(element("b", {}, file.name), this.state);
    this.row.append(text, this.button, this.bar);
  }

  show(name, words = this.setup.words[name]) {
    this.row.dataset.state = name;
    this.state.textContent = words;
    const busy = ["waiting", "sending", "paused"].includes(name);
    this.bar.hidden = !busy;
    this.button.textContent = busy ? this.setup.words.cancel : this.setup.words.retry;
    this.button.hidden = ["done", "known"].includes(name);
  }

  async send(folder) {
    const { most, words } = this.setup;
    if (this.file.size > most) throw Object.assign(new Error(words.tooLarge), { status: 413 });
    this.upload = new Upload(this.file, {
      ...this.setup,
      folder,
      onProgress: (part) => {
        this.bar.value = part;
        this.show("sending", `${words.sending} ${Math.round(part * 100)} %`);
      },
      onPause: () => this.show("paused"),
    });
    this.show("sending");
    const found = await this.upload.send();
    this.show(found.known ? "known" : "done");
    this.row.append(element("a", { href: found.url }, words.show));
    return found;
  }

  fail(error) {
    this.show(error.message === "cancelled" ? "cancelled" : "failed");
    this.state.textContent = reasonOf(error, this.setup.words);
  }

  press() {
    if (["failed", "cancelled"].includes(this.row.dataset.state)) {
      this.isCancelled = false;
      this.queue.again(this);
      return;
    }
    this.isCancelled = true;
    this.upload?.cancel();
    if (this.row.dataset.state !== "waiting") return;
    this.show("cancelled");
    this.queue.onCancel?.(this);
  }
}
