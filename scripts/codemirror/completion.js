// What the editor completes: languages of fenced code, and links to one's own posts.
// `[[` offers posts and pages by their titles, and writes a link that outlives a changed address.
import { autocompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";

import { LANGUAGES } from "./languages.js";

const CODE = /Code|HTML|Comment/;
const SPECIAL = /[\\`*<>[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** Complete languages, and after `[[` what `find(words, signal)` answers: `{ id, title, note }`. */
export function completion(find) {
  const sources = find ? [completeLanguage, linkSource(find)] : [completeLanguage];
  return autocompletion({ override: sources, icons: false, interactionDelay: 0 });
}

function completeLanguage(context) {
  const typed = context.matchBefore(/^ {0,3}(?:`{3,}|~{3,})[\w+#-]*/);
  if (!typed || !/[\w+#-]$/.test(typed.text)) return null;
  const from = typed.from + typed.text.search(/[\w+#-]+$/);
  return { from, options: LANGUAGES.map((label) => ({ label })) };
}

function linkSource(find) {
  return async (context) => {
    const typed = context.matchBefore(/\[\[[^[\]\n]*/);
    if (!typed || isCode(context)) return null;
    const flight = new AbortController();
    context.addEventListener("abort", () => flight.abort());
    const found = await find(typed.text.slice(2).trim(), flight.signal).catch(() => []);
    return {
      from: typed.from,
      filter: false,
      options: found.map(({ id, title, note }) => ({
        label: title,
        detail: note,
        apply: (view, _, from, to) => insertLink(view, from, to, { id, title }),
      })),
    };
  };
}

/** Return a link to a post by its number, as Markdown. */
export function ownLink({ id, title }) {
  return `[${title.replace(SPECIAL, "\\$&")}](post:${id})`;
}

function insertLink(view, from, to, post) {
  const closing = view.state.sliceDoc(to, to + 2) === "]]" ? 2 : 0;
  const insert = ownLink(post);
  view.dispatch({
    changes: { from, to: to + closing, insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

/** Tell whether a place of the text is code. */
export function isCode({ state, pos }) {
  return CODE.test(syntaxTree(state).resolveInner(pos, -1).name);
}
