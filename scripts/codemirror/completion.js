// `[[` offers posts and pages by their titles, and writes a link that outlives a changed address.
import { autocompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";

const CODE = /Code|HTML|Comment/;
const SPECIAL = /[\\`*<>[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/**
 * Complete after `[[`. `find(words, signal)` answers `{ id, title, note }`, best first.
 */
export function linkCompletion(find) {
  async function source(context) {
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
  }
  return autocompletion({ override: [source], icons: false, interactionDelay: 0 });
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

function isCode({ state, pos }) {
  return CODE.test(syntaxTree(state).resolveInner(pos, -1).name);
}
