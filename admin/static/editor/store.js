// Copies of unsaved texts in this browser's own database, one for each open editor.
import { openShelf } from "../js/shelf.js";

const run = openShelf("triptych-editor", "copies", "key");

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
