// The dialog behind "Publish…": what will change, at which time, and buttons that say so.
import { ofPost } from "./own-address.js";
import { instantOf, readInstant } from "./zone.js";

const language = () => document.documentElement.lang || undefined;

/** Let the button open the dialog; without it the button leads to a page that says the same. */
export function connectDialog(form) {
  const dialog = form.querySelector("dialog[data-publish]");
  const opener = form.querySelector("[data-publish-open]");
  if (!dialog || !opener) return;
  const open = () => {
    dialog.showModal();
    showPlan(form, dialog);
  };
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  dialog.querySelector("[data-publish-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => opener.focus());
  // Enter in a field would press the form's first button, which only saves.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.localName !== "input") return;
    event.preventDefault();
    form.requestSubmit(dialog.querySelector("footer .primary"));
  });
  connectTimes(form, dialog);
  if ("wrong" in dialog.dataset) open();
}

async function showPlan(form, dialog) {
  const part = dialog.querySelector("[data-plan-part]");
  part.ariaBusy = "true";
  try {
    const plan = ofPost(dialog.dataset.plan, form);
    const answer = await fetch(plan, { method: "POST", body: new FormData(form) });
    if (!answer.ok && answer.status !== 422) throw new Error(`answered ${answer.status}`);
    part.innerHTML = await answer.text();
  } catch {
    part.textContent = dialog.dataset.trouble;
  }
  part.ariaBusy = "false";
}

function connectTimes(form, dialog) {
  const now = dialog.querySelector("[data-now]");
  const later = dialog.querySelector("[data-later]");
  const { zone, elsewhere } = dialog.querySelector("[data-zone]").dataset;
  const first = form.elements.publish_at.value;
  const words = now.textContent;
  const show = () => {
    const { value } = form.elements.publish_at;
    const instant = value ? instantOf(value, zone) : null;
    const isAhead = instant !== null && instant > Date.now();
    const when = instant === null ? "" : readInstant(instant, zone, language());
    if (later) {
      later.hidden = !isAhead;
      later.textContent = later.dataset.words.replace("%s", when);
      later.classList.toggle("primary", isAhead);
      now.classList.toggle("primary", !isAhead);
    }
    now.textContent = value && value !== first && !isAhead ? now.dataset.dated.replace("%s", when) : words;
    for (const field of [form.elements.publish_at, form.elements.unpublish_at]) {
      tellElsewhere(field, zone, elsewhere);
    }
  };
  // "Now" means now, whatever time stands there.
  now.addEventListener("click", () => {
    const { value } = form.elements.publish_at;
    if (value && instantOf(value, zone) > Date.now()) form.elements.publish_at.value = "";
  });
  for (const kind of ["input", "restored"]) {
    form.elements.publish_at.addEventListener(kind, show);
    form.elements.unpublish_at.addEventListener(kind, show);
  }
  show();
}

/** Say what time it is then where the person is, if that is not the site's zone. */
function tellElsewhere(field, zone, pattern) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  let note = field.parentElement.querySelector("[data-elsewhere-note]");
  if (!note) {
    note = document.createElement("p");
    note.className = "hint";
    note.dataset.elsewhereNote = "";
    field.parentElement.append(note);
  }
  const instant = field.value ? instantOf(field.value, zone) : null;
  const here = instant === null ? "" : readInstant(instant, own, language());
  note.hidden = instant === null || here === readInstant(instant, zone, language());
  note.textContent = pattern.replace("%t", here).replace("%z", own);
}
