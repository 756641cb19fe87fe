// What the editor holds, and how much of it the server has.
import { pick, readFields, sameFields } from "./fields.js";

/** One open editor: its key, its saves, and the fields that the server acknowledged. */
export class Draft {
  constructor(form) {
    this.form = form;
    this.user = form.dataset.user;
    this.key = form.elements.draft_key.value ||= randomKey();
    this.sequence = 0;
    this.isLeaving = false;
    // A form that was refused: the server has shown it, and has not stored it.
    this.unsaved = "unsaved" in form.dataset;
    this.acknowledged = readFields(form);
    this.stored = form.dataset.stored.split(" ");
  }

  get post() {
    return this.form.dataset.post;
  }

  get fields() {
    return readFields(this.form);
  }

  /** Whether anything is other than on the server, also what waits for a button. */
  get isDirty() {
    return this.unsaved || !sameFields(this.fields, this.acknowledged);
  }

  /** Whether the server lacks something that it would store by itself. */
  get isBehind() {
    const { stored, acknowledged } = this;
    return this.unsaved || !sameFields(pick(this.fields, stored), pick(acknowledged, stored));
  }

  /** Return what the browser keeps. */
  copy() {
    const { key, user, post, sequence, acknowledged, fields } = this;
    const { version, base } = this.form.elements;
    const begun = { version: Number(version.value) || 0, base: base.value, basis: acknowledged };
    const leaving = this.isLeaving; // on its way to the server under this very number
    return { key, user, post, sequence, ...begun, leaving, at: Date.now(), fields };
  }

  /** Count up, so that the next save is known from every other. */
  count() {
    this.form.elements.sequence.value = this.sequence += 1;
  }

  /** Go on with a copy that another page left behind, under its name. */
  adopt(copy) {
    this.key = this.form.elements.draft_key.value = copy.key;
    this.sequence = (copy.sequence || 0) + 100; // it may have sent some that it had not noted
  }

  /** Take in what the server has stored of the fields that were sent. */
  acknowledge(sent, { post, url, version, base, stored }) {
    const { form } = this;
    this.acknowledged = { ...this.acknowledged, ...pick(sent, stored) };
    this.unsaved = false;
    this.moveTo(version, base);
    if (form.dataset.post === String(post)) return;
    form.dataset.post = post;
    form.querySelector("[data-slug]").dataset.post = post;
    form.action = url;
    history.replaceState(history.state, "", url);
  }

  /** Let the next save be on top of this version. */
  moveTo(version, base) {
    this.form.elements.version.value = version;
    this.form.elements.base.value = base;
  }
}

function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
