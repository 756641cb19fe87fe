// The form's fields as one plain object: to compare, to keep, to put back.

const NOT_WRITTEN = new Set(["csrf_token", "version", "draft_key", "sequence", "base", "action"]);

/** Return every written field by its name; what is chosen among several as a list. */
export function readFields(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (NOT_WRITTEN.has(name) || typeof value !== "string") continue;
    if (isChoice(form.elements[name])) (fields[name] ??= []).push(value);
    else fields[name] = value.replaceAll("\r\n", "\n");
  }
  return fields;
}

/** Put fields back into the form, and let everything that listens know. */
export function writeFields(form, fields) {
  for (const element of form.elements) {
    const { name } = element;
    if (!name || NOT_WRITTEN.has(name)) continue;
    const chosen = fields[name] ?? [];
    if (element.type === "checkbox" || element.type === "radio") {
      element.checked = chosen.includes(element.value);
    } else if (element.type === "select-multiple") {
      for (const option of element.options) option.selected = chosen.includes(option.value);
    } else if (name in fields) {
      element.value = fields[name];
    } else continue;
    element.dispatchEvent(new CustomEvent("restored", { bubbles: true }));
  }
}

function isChoice(field) {
  return (
    field instanceof RadioNodeList || ["checkbox", "radio", "select-multiple"].includes(field?.type)
  );
}

/** Return the fields of these names; one that is not there is taken for empty. */
export function pick(fields, names) {
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? ""]));
}

/** Tell whether two sets of fields say the same, the text to the letter. */
export function sameFields(one, other) {
  return normal(one) === normal(other);
}

function normal(fields) {
  const pairs = Object.entries(fields).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join() : name === "body" ? value : value.trim(),
  ]);
  return JSON.stringify(pairs.filter(([, value]) => value).sort());
}
