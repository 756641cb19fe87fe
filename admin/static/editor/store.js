// Copies of unsaved texts in this browser's own database, one for each open editor.

const NAME = "triptych-editor";
const STORE = "copies";

/** Keep a copy; `copy.key` names the editor that it came from. */
export const keep = (copy) => run("readwrite", (store) => store.put(copy));

/** Forget the copy of one editor. */
export const forget = (key) => run("readwrite", (store) => store.delete(key));

/** List the copies of one person's text of one post, newest first. */
export async function list(user, post) {
  const all = (await run("readonly", (store) => store.getAll())) ?? [];
  return all
    .filter((copy) => copy.user === user && copy.post === post)
    .sort((one, other) => other.at - one.at);
}

// A browser may refuse a database, in private windows for one: writing goes on without copies.
async function run(mode, order) {
  try {
    const database = await open();
    return await promise(order(database.transaction(STORE, mode).objectStore(STORE)));
  } catch {
    return undefined;
  }
}

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

function promise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
