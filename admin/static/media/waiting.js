// Pictures pasted into a text, in this browser's own database until they are uploaded.

const NAME = "triptych-uploads";
const STORE = "files";
const LASTS = 30 * 86_400_000;

/** Keep a file under the placeholder that stands for it in the text. */
export const keepFile = (mark, file, user) =>
  run("readwrite", (store) => store.put({ mark, file, user, at: Date.now() }));

/** Forget the file of a placeholder: it is uploaded, or nobody wants it. */
export const forgetFile = (mark) => run("readwrite", (store) => store.delete(mark));

/** List what one person's files wait for; what is too old for any text goes. */
export async function listFiles(user) {
  const all = (await run("readonly", (store) => store.getAll())) ?? [];
  const isOld = ({ at }) => at < Date.now() - LASTS;
  for (const { mark } of all.filter(isOld)) await forgetFile(mark);
  return all.filter((kept) => kept.user === user && !isOld(kept));
}

// A browser may refuse a database, in private windows for one: then a file waits in the page alone.
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
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "mark" });
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
