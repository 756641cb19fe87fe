// Comments on a draft are sent without leaving the text; a passage that is selected is quoted.
import { keepRemarks } from "./remark-keeping.js";

const WITHIN = ".cm-content, .prose";
const MOST = 500;

/** Return what is selected in the text or in its preview, which is in a shadow of its own. */
function passage() {
  const inPreview = document.querySelector("[data-preview]")?.shadowRoot?.getSelection?.();
  if (inPreview && !inPreview.isCollapsed) return tidy(inPreview);
  const selection = document.getSelection();
  const node = selection?.anchorNode;
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element?.closest?.(WITHIN) ? tidy(selection) : "";
}

function tidy(selection) {
  return selection.toString().replace(/\s+/g, " ").trim().slice(0, MOST);
}

async function send(form, place, button, keeping) {
  const address = new URL(button?.getAttribute("formaction") || form.action, location.href);
  address.searchParams.set("part", "1");
  const fields = new FormData(form, button);
  place.ariaBusy = "true";
  try {
    const answer = await fetch(address, { method: "POST", body: fields });
    if (!answer.ok && answer.status !== 422) throw new Error(`answered ${answer.status}`);
    const part = await answer.text();
    // What is written in other fields stays; what was sent is gone when it has been taken.
    if (answer.ok) keeping.forget(sentBy(button));
    place.innerHTML = part;
    keeping.putBack();
    focusAfter(place, button, answer.ok);
  } catch {
    complain(place, form.dataset.trouble);
  }
  place.ariaBusy = "false";
}

/** Name the fields that a button sends: none when it settles a thread or opens it again. */
function sentBy(button) {
  if (button?.hasAttribute("formaction")) return [];
  return button?.name === "answers" ? [`answer_${button.value}`] : ["text", "quote"];
}

function focusAfter(place, button, isDone) {
  if (isDone) place.focus();
  else place.querySelector(`[name=${sentBy(button)[0] ?? "text"}]`).focus();
}

function complain(place, words) {
  let trouble = place.querySelector("[data-trouble-shown]");
  if (!trouble) {
    trouble = document.createElement("p");
    trouble.className = "problem";
    trouble.role = "alert";
    trouble.dataset.troubleShown = "";
    place.prepend(trouble);
  }
  trouble.textContent = words;
}

function connect(form, place) {
  const keeping = keepRemarks(place, form.dataset.remark);
  place.tabIndex = -1;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (place.ariaBusy !== "true") send(form, place, event.submitter, keeping);
  });
  // What is typed here is no part of the text that the editor keeps.
  for (const kind of ["input", "change"]) {
    place.addEventListener(kind, (event) => {
      event.stopPropagation();
      keeping.keep();
    });
  }
  document.addEventListener("selectionchange", () => {
    const quote = place.querySelector("[name=quote]");
    const words = passage();
    if (!quote || !words || quote === document.activeElement) return;
    quote.value = words;
    keeping.keep();
  });
}

const form = document.querySelector("[data-remark]");
const place = document.querySelector("[data-threads]");
if (form && place) connect(form, place);
