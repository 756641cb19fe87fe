// Links to one's own posts, `[text](post:12)`: what to choose from, and what visitors do not see.
import { ask, asker } from "./asking.js";
import { element } from "./element.js";

const PAUSE = 600;
const WRITTEN = /(?:\]\(\s*<?|^ {0,3}\[[^\]]+\]:\s*<?|href=["'])post:(\d{1,9})\b/gm;

/** Return a function that finds posts by words of their titles. */
export function linkFinder(address) {
  return async (words, signal) => {
    const { links } = await ask([`${address}?${new URLSearchParams({ q: words })}`], signal);
    return links;
  };
}

/** List below the text which of its links visitors do not see, and why. */
export function watchOwnLinks(form) {
  const list = form.querySelector("[data-lost]");
  const later = asker(PAUSE);
  let known = "";
  const look = () => {
    const ids = [...new Set([...form.elements.body.value.matchAll(WRITTEN)].map((m) => m[1]))];
    const wanted = ids.sort().join();
    if (wanted === known) return;
    known = wanted;
    if (!wanted) return show(list, []);
    later(
      () => [`${list.dataset.lost}?ids=${wanted}`],
      ({ links }) => show(list, links),
      () => (known = ""),
    );
  };
  for (const kind of ["input", "restored"]) form.elements.body.addEventListener(kind, look);
  look();
}

function show(list, links) {
  const warnings = links.map(({ warning }) => warning).filter(Boolean);
  list.replaceChildren(...warnings.map((warning) => element("li", {}, warning)));
  list.hidden = warnings.length === 0;
}
