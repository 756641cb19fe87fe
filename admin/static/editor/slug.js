// The address follows the title until it is written by hand; the server has the last word.
import { asker } from "./asking.js";

const PAUSE = 250;

/** Show the address that the title would get; it stands as placeholder, so it is not sent. */
export function suggestSlug(form) {
  const { title, slug } = form.elements;
  const address = form.querySelector("[data-slug]").dataset;
  const ask = asker(PAUSE);
  let automatic = slug.value === "" || "automatic" in address;

  const suggest = () => {
    if (!automatic) return;
    slug.value = "";
    const query = new URLSearchParams({ title: title.value, kind: form.dataset.kind });
    if (address.post) query.set("id", address.post);
    ask(
      () => [`${address.slug}?${query}`],
      (answer) => (slug.placeholder = answer.slug),
    );
  };
  title.addEventListener("input", suggest);
  slug.addEventListener("input", () => {
    automatic = slug.value === "";
    suggest();
  });
  for (const field of [title, slug]) {
    field.addEventListener("restored", () => (automatic = slug.value === ""));
  }
  if (automatic && title.value && !slug.value) suggest();
}
