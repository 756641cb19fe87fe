// Pictures pasted into a text, in this browser's own database until they are uploaded.
import { openShelf } from "../js/shelf.js";

const run = openShelf("triptych-uploads", "files", "mark");
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
