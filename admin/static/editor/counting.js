// How long the text is, and what is selected of it, below the text.
import { countWords } from "./words.js";

const PER_MINUTE = 250; // as the site has it: between English words and Chinese characters
const PAUSE = 150;

/** Count what stands in the form; returns what to call with the editor as the selection moves. */
export function showCounts(form) {
  const output = form.querySelector("[data-words]");
  const { one, many, minutes, selected } = output.dataset;
  const number = (count) => count.toLocaleString(document.documentElement.lang);
  const words = (count) => `${number(count)} ${count === 1 ? one : many}`;
  let chosen = "";
  let timer;
  const show = () => {
    const count = countWords(form.elements.body.value);
    const time = minutes.replace("{}", number(Math.max(1, Math.round(count / PER_MINUTE))));
    const parts = [words(count), ...(count ? [time] : [])];
    if (chosen) parts.push(selected.replace("{}", words(countWords(chosen))));
    output.textContent = parts.join(" · ");
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  };
  for (const kind of ["input", "restored"]) form.elements.body.addEventListener(kind, later);
  show();
  return ({ view: { state } }) => {
    const now = state.selection.ranges.map(({ from, to }) => state.sliceDoc(from, to)).join("\n");
    if (now.trim() === chosen) return;
    chosen = now.trim();
    later();
  };
}
