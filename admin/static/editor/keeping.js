// What is typed is copied into this browser until the server has it, and offered back.
import { readFields, sameFields, writeFields } from "./fields.js";
import { forget, keep, list } from "./store.js";

/** Keep copies of the form; returns `isDirty`, and `leave` to be called before a submission. */
export async function keepCopies(form, { onState }) {
  const { user, post } = form.dataset;
  const key = (form.elements.draft_key.value ||= randomKey());
  const saved = readFields(form);
  const unsaved = "unsaved" in form.dataset;
  let leaving = false;

  const isDirty = () => unsaved || !sameFields(readFields(form), saved);
  const store = coalesce(() => {
    if (!isDirty()) return forget(key);
    const version = Number(form.elements.version.value) || 0;
    return keep({ key, user, post, version, at: Date.now(), fields: readFields(form) });
  });
  const changed = () => {
    onState(isDirty());
    store();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => document.hidden && store());
  addEventListener("pagehide", store);
  addEventListener("beforeunload", (event) => {
    if (!leaving && isDirty()) event.preventDefault();
  });
  // A page that the browser kept whole comes back by the Back button: it may be left again.
  addEventListener("pageshow", () => (leaving = false));

  navigator.locks?.request(lockOf(key), () => new Promise(() => {}));
  await acknowledge();
  onState(isDirty());
  if (!unsaved) await offer(form, await abandoned(user, post, saved, key), changed);
  return { isDirty, leave: () => ((leaving = true), store()) };
}

/** Run an order at once, or once more after the run under way: none waits, none piles up. */
function coalesce(order) {
  let running;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await order();
    } while (again);
    running = undefined;
  };
  return () => {
    again = true;
    return (running ??= run());
  };
}

// After a save the server names the copy whose text it has: `?saved=key`.
async function acknowledge() {
  const address = new URL(location.href);
  const key = address.searchParams.get("saved");
  if (key === null) return;
  address.searchParams.delete("saved");
  history.replaceState(history.state, "", address);
  await forget(key);
}

/** List the copies that no open editor owns and that say other than what is saved. */
async function abandoned(user, post, saved, own) {
  const locks = (await navigator.locks?.query())?.held?.map((lock) => lock.name) ?? [];
  const found = [];
  for (const copy of await list(user, post)) {
    if (copy.key === own || locks.includes(lockOf(copy.key))) continue;
    if (sameFields(copy.fields, saved)) await forget(copy.key);
    else found.push(copy);
  }
  return found;
}

async function offer(form, copies, changed) {
  const notice = form.querySelector("[data-kept]");
  const copy = copies.shift();
  notice.hidden = !copy;
  if (!copy) return;
  const time = notice.querySelector("time");
  time.dateTime = new Date(copy.at).toISOString();
  time.textContent = new Date(copy.at).toLocaleString(document.documentElement.lang || undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  const version = Number(form.elements.version.value) || 0;
  notice.querySelector("[data-kept-older]").hidden = copy.version === version;
  notice.querySelector("[data-kept-restore]").onclick = async () => {
    writeFields(form, copy.fields);
    if (copy.version) form.elements.version.value = copy.version;
    changed();
    notice.hidden = true;
    await forget(copy.key);
  };
  notice.querySelector("[data-kept-forget]").onclick = async () => {
    await forget(copy.key);
    await offer(form, copies, changed);
  };
}

const lockOf = (key) => `triptych-editor-${key}`;

function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
