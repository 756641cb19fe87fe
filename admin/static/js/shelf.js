// One store of things in this browser's own database.

/** Return `run(mode, order)`, which gives the store to an order and answers with its result.
 *
 * A browser may refuse a database, in private windows for one: then the answer is undefined.
 */
export function openShelf(name, store, keyPath) {
  let opened;

  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  };
  return async (mode, order) => {
    try {
      const database = await open();
      return await promise(order(database.transaction(store, mode).objectStore(store)));
    } catch {
      return undefined;
    }
  };
}

function promise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
