// The form's fields as one plain object: to compare, to keep, to put back.

const NOT_WRITTEN = new Set(["csrf_token", "version", "draft_key", "action"]);

/** Return every written field by its name; the categories as a list. */
export function readFields(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (NOT_WRITTEN.has(name) || typeof value !== "string") continue;
    if (name === "categories") (fields.categories ??= []).push(value);
    else fields[name] = value.replaceAll("\r\n", "\n");
  }
  return fields;
}

/** Put fields back into the form, and let everything that listens know. */
export function writeFields(form, fields) {
  for (const element of form.elements) {
    if (!element.name || NOT_WRITTEN.has(element.name)) continue;
    if (element.type === "checkbox") {
      element.checked = (fields[element.name] ?? []).includes(element.value);
    } else if (element.name in fields) {
      element.value = fields[element.name];
    } else continue;
    element.dispatchEvent(new CustomEvent("restored", { bubbles: true }));
  }
}

/** Tell whether two sets of fields say the same, blanks at the ends aside. */
export function sameFields(one, other) {
  return normal(one) === normal(other);
}

function normal(fields) {
  const pairs = Object.entries(fields).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join() : value.trim(),
  ]);
  return JSON.stringify(pairs.filter(([, value]) => value).sort());
}
