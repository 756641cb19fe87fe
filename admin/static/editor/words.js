// Words of a text as the site counts them: Chinese, Japanese and Korean by characters.

const CJK = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}";
const WORD = `(?:(?![${CJK}])[\\p{L}\\p{N}_])`;
const COUNTED = new RegExp(`[${CJK}]|${WORD}+(?:['’\\-]${WORD}+)*`, "gu");
// What readers do not see as words: targets of links, fences' languages, raw tags, marks.
const HIDDEN = new RegExp(
  [
    String.raw`\]\([^)\s]*\)|^\[(?!\^)[^\]]+\]:.*$`,
    String.raw`^\s*(?:${"`"}{3}|~~~).*$|^\[TOC\]$`,
    String.raw`<\/?[a-z][^>]*>|\[[x ]\] |\[\^[^\]]+\]`,
  ].join("|"),
  "gim",
);

/** Count the words of a Markdown text. */
export function countWords(text) {
  return text.replace(HIDDEN, " ").match(COUNTED)?.length ?? 0;
}
