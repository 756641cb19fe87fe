// Colours come from the page's own tokens, as CSS variables, so light and dark need no rebuild.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const token = (name, fallback) => `var(--cm-${name}, ${fallback})`;

const surface = {
  "&": {
    color: token("text", "inherit"),
    backgroundColor: token("background", "transparent"),
    fontSize: token("font-size", "1rem"),
    height: "100%",
  },
  "&.cm-focused": { outline: token("focus", "2px solid currentColor"), outlineOffset: "1px" },
  ".cm-scroller": {
    fontFamily: token("font", "ui-monospace, monospace"),
    lineHeight: token("line-height", "1.65"),
  },
  ".cm-content": { padding: token("padding", "1rem"), caretColor: token("caret", "currentColor") },
  ".cm-selectionMatch": { backgroundColor: token("match", "rgb(128 128 128 / 0.2)") },
  ".cm-searchMatch": { backgroundColor: token("found", "rgb(255 200 0 / 0.35)") },
  ".cm-searchMatch-selected": { backgroundColor: token("found-now", "rgb(255 150 0 / 0.55)") },
  ".cm-panels": {
    color: token("panel-text", "inherit"),
    backgroundColor: token("panel", "Canvas"),
    borderColor: token("border", "rgb(128 128 128 / 0.4)"),
  },
  ".cm-panel.cm-search": { padding: "0.5rem 2rem 0.5rem 0.5rem", fontSize: "0.9rem" },
  ".cm-panel.cm-search label": { fontSize: "inherit" },
  ".cm-textfield, .cm-button": {
    color: "inherit",
    backgroundColor: token("field", "Field"),
    backgroundImage: "none",
    border: `1px solid ${token("border", "rgb(128 128 128 / 0.4)")}`,
    fontSize: "inherit",
  },
  ".cm-tooltip.cm-tooltip-autocomplete": {
    color: token("text", "inherit"),
    backgroundColor: token("field", "Field"),
    border: `1px solid ${token("border", "rgb(128 128 128 / 0.4)")}`,
    borderRadius: "0.375rem",
    boxShadow: token("shadow", "0 4px 12px rgb(0 0 0 / 0.2)"),
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: token("list-font", "system-ui, sans-serif"),
    fontSize: "0.9375rem",
    maxWidth: "min(32rem, 92vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    padding: "0.4rem 0.75rem",
    lineHeight: "1.4",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: token("chosen-text", "HighlightText"),
    backgroundColor: token("chosen", "Highlight"),
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.75", marginLeft: "0.75em" },
  ".cm-placeholder": { color: token("muted", "GrayText") },
};

const style = HighlightStyle.define([
  { tag: tags.heading, color: token("heading", "inherit"), fontWeight: "700" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: tags.quote, color: token("quote", "inherit") },
  { tag: [tags.link, tags.url], color: token("link", "LinkText") },
  { tag: tags.monospace, color: token("code", "inherit") },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.meta], color: token("mark", "GrayText") },
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: token("keyword", "inherit") },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: token("string", "inherit") },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: token("number", "inherit") },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: token("comment", "GrayText") },
  { tag: [tags.typeName, tags.className, tags.tagName], color: token("type", "inherit") },
  { tag: [tags.propertyName, tags.attributeName], color: token("property", "inherit") },
  { tag: tags.function(tags.variableName), color: token("function", "inherit") },
  { tag: tags.inserted, color: token("inserted", "inherit") },
  { tag: [tags.deleted, tags.invalid], color: token("deleted", "inherit") },
]);

/** Return the theme; `dark` only tells CodeMirror which defaults of its own to use. */
export function theme(dark) {
  return [EditorView.theme(surface, { dark }), syntaxHighlighting(style)];
}
