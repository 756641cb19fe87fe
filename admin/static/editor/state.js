// The line that says how what is written stands; trouble and its end are told to screen readers.

const TROUBLE = new Set(["offline", "busy", "out", "stale", "refused", "person"]);

/** Return `show`, which says a state by its name in the line's words. */
export function connectState(form) {
  const line = form.querySelector("[data-state]");
  const told = form.querySelector("[data-told]");
  let last = "";
  return {
    show(name, words = line.dataset[name]) {
      const text = words.replace("{time}", clock());
      if (line.textContent !== text) line.textContent = text;
      line.dataset.state = name;
      // Not at every save: who listens hears that it went wrong, and that it is well again.
      if (TROUBLE.has(name) ? last !== name : TROUBLE.has(last) && name === "saved") {
        told.textContent = text;
      }
      if (name === "saved" || TROUBLE.has(name)) last = name;
    },
  };
}

/** Return the hour and minute as the whole console shows them, in the browser's zone. */
export function clock(time = new Date()) {
  return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
