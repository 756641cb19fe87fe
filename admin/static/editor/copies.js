// Copies of what is written, in this browser's own database, until the server has it.
import { sameFields } from "./fields.js";
import { forget, keep, list } from "./store.js";

const DYING = 3_000;

/** Return `store`, which copies what the editor holds, or forgets the copy once it is saved. */
export function connectCopies(draft) {
  claim(draft.key);
  const store = coalesce(() => (draft.isDirty ? keep(draft.copy()) : forget(draft.key)));
  return { store };
}

/** Put back what a page that is gone left behind; what is older than the server's is offered. */
export async function recover(draft, { restore, undo }) {
  await acknowledge();
  if (draft.unsaved) return;
  const { form } = draft;
  const saved = draft.fields;
  const left = await abandoned(draft, saved);
  const at = left.findIndex((copy) => isCurrent(form, copy));
  // Never over what was typed meanwhile, and not where it may be another page's.
  if (at >= 0 && navigator.locks && !draft.isDirty) {
    const [copy] = left.splice(at, 1);
    restore(copy);
    show(form, "back", copy, [() => undo(saved), () => offer(form, left, restore)]);
  } else await offer(form, left, restore);
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
async function abandoned({ user, post, key, form }, saved) {
  const { known } = form.dataset;
  const found = [];
  const others = (await list(user, post)).filter((copy) => copy.key !== key);
  const copies = await unknown(others, known);
  const isLeft = await Promise.all(copies.map((copy) => claim(copy.key)));
  for (const copy of copies.filter((_, at) => isLeft[at])) {
    if (sameFields(copy.fields, saved)) await forget(copy.key);
    else found.push(copy);
  }
  return found;
}

/** Forget copies that were sent when their page was left and that the server has since stored. */
async function unknown(copies, address) {
  const left = copies.filter((copy) => copy.leaving);
  if (!left.length) return copies;
  try {
    const query = new URLSearchParams(left.map((copy) => ["key", copy.key]));
    const answer = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } });
    const { sequences } = await answer.json();
    const isStored = (copy) => copy.leaving && sequences[copy.key] >= copy.sequence;
    await Promise.all(copies.filter(isStored).map((copy) => forget(copy.key)));
    return copies.filter((copy) => !isStored(copy));
  } catch {
    return copies; // not reachable: nothing is thrown away
  }
}

// Begun from what is saved now, or what is saved now is a save of that very editor.
function isCurrent(form, copy) {
  const { version, base } = form.elements;
  const isLatest = copy.version === (Number(version.value) || 0);
  return isLatest || copy.base === base.value || copy.key === form.dataset.lastWriter;
}

async function offer(form, copies, restore) {
  const copy = copies.shift();
  if (!copy) return close(form);
  const next = () => offer(form, copies, restore);
  const bring = async () => {
    if (copy.version) form.elements.version.value = copy.version;
    if (copy.base) form.elements.base.value = copy.base;
    restore(copy);
    await next();
  };
  const drop = async () => {
    await forget(copy.key);
    await next();
  };
  show(form, isCurrent(form, copy) ? "left" : "older", copy, [drop, bring]);
}

// The notice says what was found, and has a button to drop it and one to go on.
function show(form, kind, copy, [drop, goOn]) {
  for (const notice of form.querySelectorAll("[data-kept]")) {
    notice.hidden = notice.dataset.kept !== kind;
    if (notice.hidden) continue;
    const time = notice.querySelector("time");
    const language = document.documentElement.lang || undefined;
    time.dateTime = new Date(copy.at).toISOString();
    time.textContent = new Date(copy.at).toLocaleString(language, {
      dateStyle: "medium",
      timeStyle: "short",
    });
    notice.querySelector("[data-kept-forget]").onclick = async () => {
      close(form);
      await drop();
    };
    notice.querySelector("[data-kept-go-on]").onclick = async () => {
      close(form);
      await goOn();
    };
  }
}

function close(form) {
  for (const notice of form.querySelectorAll("[data-kept]")) notice.hidden = true;
}

/** Take the lock of an editor for as long as the page lives; false where another page has it. */
function claim(key) {
  if (!navigator.locks) return true;
  return new Promise((answer) => {
    const hold = () => {
      answer(true);
      return new Promise(() => {});
    };
    // A page that has just died may hold it for a moment longer.
    const signal = AbortSignal.timeout(DYING);
    navigator.locks.request(`triptych-editor-${key}`, { signal }, hold).catch(() => answer(false));
  });
}
