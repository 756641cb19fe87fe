// Comments that are not sent yet: kept for this tab, so that leaving the page loses none of them.
const STORE = "triptych-remarks-";

/** Return what keeps the fields of a place under a name, and puts them back into it. */
export function keepRemarks(place, name) {
  const key = STORE + name;
  const fields = () => [...place.querySelectorAll("textarea[name], input[name=quote]")];

  function keep() {
    const written = fields().filter((field) => field.value);
    // A passage alone, selected in passing, is nothing that was written.
    const isWorth = written.some((field) => field.name !== "quote");
    if (!isWorth) return sessionStorage.removeItem(key);
    const values = Object.fromEntries(written.map((field) => [field.name, field.value]));
    sessionStorage.setItem(key, JSON.stringify(values));
  }

  function putBack() {
    const values = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    for (const field of fields()) {
      if (!(field.name in values)) continue;
      field.value = values[field.name];
      for (let at = field.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    }
  }

  function forget(names) {
    const values = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    for (const one of names) delete values[one];
    sessionStorage.setItem(key, JSON.stringify(values));
  }

  putBack();
  return { keep, putBack, forget };
}
