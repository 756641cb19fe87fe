// The Markdown editor of the console: CodeMirror with what writing needs and nothing else.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
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

import { linkCompletion } from "./completion.js";
import { prefixLines, wrap } from "./editing.js";
import { findLanguage } from "./languages.js";
import { theme } from "./theme.js";

/**
 * Create an editor inside `parent`. Tab is not bound, so it moves on to the next control.
 *
 * `onChange(value)` is called after every change of the text, not for `setValue`; `nonce` is the
 * page's content security policy nonce; `label` names the field for screen readers; `shortcuts`
 * maps keys such as `Mod-b` to functions of the editor; `phrases` translates the search panel;
 * `findLinks(words, signal)` answers what `[[` offers.
 */
export function createEditor({
  parent,
  doc = "",
  onChange = () => {},
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
        preventDefault: true,
        run: () => action(editor) !== false,
      })),
    ),
    markdown({ base: markdownLanguage, codeLanguages: findLanguage, completeHTMLTags: false }),
    history(),
    search({ top: true }),
    highlightSelectionMatches({ minSelectionLength: 2 }),
    highlightSpecialChars(),
    findLinks ? linkCompletion(findLinks) : [],
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
  };
  return editor;
}
