// The panel beside the text: groups stay as they were left, translations are found by title.
import { asker } from "./asking.js";
import "./author-picker.js";
import "./cover-field.js";
import { element } from "./element.js";

const OPEN = "triptych-editor-groups";

/** Open and close the groups as the person left them; one with an error stays open. */
export function rememberGroups(panel) {
  const known = JSON.parse(localStorage.getItem(OPEN) ?? "{}");
  for (const group of panel.querySelectorAll("[data-group]")) {
    const { group: name, wrong } = group.dataset;
    if (name in known && wrong === undefined) group.open = known[name];
    group.addEventListener("toggle", () => {
      known[name] = group.open;
      localStorage.setItem(OPEN, JSON.stringify(known));
    });
  }
}

/** Offer posts whose title holds what is typed. */
export function findTranslations(field) {
  const ask = asker(200);
  field.addEventListener("input", () => {
    const query = new URLSearchParams({ q: field.value });
    ask(
      () => [`${field.dataset.find}?${query}`],
      ({ links }) =>
        field.list.replaceChildren(
          ...links.map(({ id, title }) => element("option", { value: `${id}: ${title}` })),
        ),
    );
  });
}
