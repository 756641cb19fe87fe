// The Markdown editor of the console: CodeMirror with what writing needs and nothing else.
import { startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, redo, undo } from "@codemirror/commands";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  dropCursor,
  EditorView,
  highlightSpecialChars,
  keymap,
  placeholder as placeholderText,
} from "@codemirror/view";

import { completion, isCode } from "./completion.js";
import { prefixLines, wrap } from "./editing.js";
import { findLanguage } from "./languages.js";
import { toMarkdown } from "./pasting.js";
import { theme } from "./theme.js";

/**
 * Create an editor inside `parent`. Tab is not bound, so it moves on to the next control.
 *
 * `onChange(value)` is called after every change of the text, not for `setValue`; `nonce` is the
 * page's content security policy nonce; `label` names the field for screen readers; `shortcuts`
 * maps keys such as `Mod-b` to functions of the editor; `phrases` translates the search panel;
 * `findLinks(words, signal)` answers what `[[` offers; `onSelect(editor)` is called when the text or
 * the selection changed.
 */
export function createEditor({
  parent,
  doc = "",
  onChange = () => {},
  onSelect = () => {},
  nonce = "",
  label,
  dark = false,
  lang = "",
  placeholder = "",
  phrases = {},
  shortcuts = {},
  findLinks,
}) {
  let quiet = false;
  const view = new EditorView({ parent, state: EditorState.create({ doc, extensions: [
    EditorView.cspNonce.of(nonce),
    keymap.of(
      Object.entries(shortcuts).map(([key, action]) => ({
        key,
        // Tab and Enter are ours only where an action takes them.
        preventDefault: key.includes("Mod-"),
        run: () => action(editor) !== false,
      })),
    ),
    markdown({ base: markdownLanguage, codeLanguages: findLanguage, completeHTMLTags: false }),
    history(),
    search({ top: true }),
    highlightSelectionMatches({ minSelectionLength: 2 }),
    highlightSpecialChars(),
    completion(findLinks),
    EditorView.domEventHandlers({ keydown: notePlain, paste: (event) => paste(event, editor) }),
    dropCursor(),
    EditorView.lineWrapping,
    EditorState.phrases.of(phrases),
    placeholder ? placeholderText(placeholder) : [],
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
    EditorView.contentAttributes.of({
      "aria-label": label,
      spellcheck: "true",
      autocorrect: "on",
      autocapitalize: "sentences",
      ...(lang && { lang }),
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !quiet) onChange(view.state.doc.toString());
      if (update.docChanged || update.selectionSet) onSelect(editor);
    }),
    theme(dark),
  ] }) });

  const editor = {
    view,
    getValue: () => view.state.doc.toString(),
    setValue(text) {
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      quiet = false;
    },
    focus: () => view.focus(),
    replaceSelection(text) {
      view.dispatch(view.state.replaceSelection(text), { userEvent: "input", scrollIntoView: true });
      view.focus();
    },
    wrap: (before, after) => wrap(view, before, after),
    prefixLines: (prefix) => prefixLines(view, prefix),
    complete: () => startCompletion(view),
    reveal(position) {
      view.dispatch({
        selection: { anchor: position },
        effects: EditorView.scrollIntoView(position, { y: "start", yMargin: 16 }),
      });
      view.focus();
    },
    undo: () => undo(view) && view.focus(),
    redo: () => redo(view) && view.focus(),
  };
  return editor;
}

const PLAIN = 1_000;
let plainAt = -PLAIN;

// Ctrl+Shift+V pastes as it stands; some browsers hand over the HTML all the same.
function notePlain(event) {
  if (event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v") {
    plainAt = event.timeStamp;
  }
}

function paste(event, editor) {
  const data = event.clipboardData;
  const html = data?.getData("text/html");
  const { state } = editor.view;
  if (!html || event.timeStamp - plainAt < PLAIN || data.types.includes("vscode-editor-data")) return false;
  if (isCode({ state, pos: state.selection.main.head })) return false;
  const text = toMarkdown(html);
  if (!text) return false;
  event.preventDefault();
  editor.view.dispatch(state.replaceSelection(text), {
    userEvent: "input.paste",
    scrollIntoView: true,
  });
  return true;
}

export { toMarkdown };
