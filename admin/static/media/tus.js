// One file on its way to the server by tus 1.0 (https://tus.io): in parts, and on from where it
// stood after a dropped connection, a closed tab or a restarted server. The protocol's own client
// is 60 KB for browsers and servers that we do not have.

const VERSION = "1.0.0";
const PAUSES = [1000, 2000, 4000, 8000, 15000, 30000];
const REMEMBERED = "triptych-upload:";

/** What the server refused; `again` tells whether trying once more makes sense. */
export class Refused extends Error {
  constructor(message, { again = false, status = 0 } = {}) {
    super(message);
    this.again = again;
    this.status = status;
  }
}

export class Upload {
  #request;
  #stopped = false;

  constructor(file, { create, chunk, token, folder = "", onProgress, onPause }) {
    Object.assign(this, { file, create, chunk, token, folder, onProgress, onPause });
    this.place = localStorage.getItem(this.#name()) ?? "";
  }

  /** Send the file and return what the server says of it; raises Refused. */
  async send() {
    this.#stopped = false;
    for (let tries = 0; ; ) {
      const before = this.offset ?? 0;
      try {
        return await this.#goOn();
      } catch (error) {
        if (this.#stopped) throw new Refused("cancelled");
        if (error instanceof Refused && !error.again) throw error;
        tries = this.offset > before ? 0 : tries + 1;
        if (tries > PAUSES.length) throw error;
        this.onPause?.();
        await pause(PAUSES[Math.max(0, tries - 1)]);
        if (this.#stopped) throw new Refused("cancelled");
      }
    }
  }

  /** Give it up, here and on the server. */
  async cancel() {
    this.#stopped = true;
    this.#request?.abort();
    this.#forget();
    if (this.place) await this.#ask("DELETE", this.place).catch(() => {});
    this.place = "";
  }

  async #goOn() {
    if (this.place) await this.#find();
    if (!this.place) await this.#begin();
    for (;;) {
      const part = this.file.slice(this.offset, this.offset + this.chunk);
      const answer = await this.#ask("PATCH", this.place, part, {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(this.offset),
      });
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      const result = answer.getResponseHeader("Upload-Result");
      if (!result) continue;
      this.#forget();
      return JSON.parse(result);
    }
  }

  async #begin() {
    const about = { filename: this.file.name, folder: this.folder };
    const answer = await this.#ask("POST", this.create, null, {
      "Upload-Length": String(this.file.size),
      "Upload-Metadata": Object.entries(about)
        .map(([name, value]) => `${name} ${base64(value)}`)
        .join(","),
    });
    this.place = answer.getResponseHeader("Location");
    this.offset = 0;
    localStorage.setItem(this.#name(), this.place);
  }

  /** Ask how far it is; an upload that the server has no more begins anew. */
  async #find() {
    try {
      const answer = await this.#ask("HEAD", this.place);
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      if (Number(answer.getResponseHeader("Upload-Length")) === this.file.size) return;
    } catch (error) {
      if (![403, 404, 410].includes(error.status)) throw error;
    }
    this.#forget();
    this.place = "";
  }

  #ask(method, url, body = null, headers = {}) {
    const request = new XMLHttpRequest();
    this.#request = request;
    request.open(method, url);
    const all = { "Tus-Resumable": VERSION, "X-CSRFToken": this.token, ...headers };
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    if (body) {
      request.upload.onprogress = (event) =>
        this.onProgress?.((this.offset + event.loaded) / this.file.size);
    }
    return new Promise((resolve, reject) => {
      request.onload = () => this.#judge(request, resolve, reject);
      request.onerror = request.onabort = () => reject(new Refused("", { again: true }));
      request.send(body);
    });
  }

  #judge(request, resolve, reject) {
    const { status } = request;
    if (status < 300 && request.getResponseHeader("Tus-Resumable")) return resolve(request);
    // Without the protocol's mark it is another page: that of signing in, or of a failing server.
    const ours = request.getResponseHeader("Tus-Resumable") !== null;
    const again = [409, 423, 460].includes(status) || status >= 500;
    if (status >= 400 && !again && ours) this.#forget();
    const words = ours && request.responseText.trim();
    reject(new Refused(words || "", { again, status: ours ? status : status < 400 ? 401 : status }));
  }

  #name() {
    const { name, size, lastModified } = this.file;
    return `${REMEMBERED}${name}:${size}:${lastModified}`;
  }

  #forget() {
    localStorage.removeItem(this.#name());
  }
}

/** Wait, but no longer than until the connection is back. */
function pause(time) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, time);
    addEventListener("online", end);
  });
}

function base64(text) {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
