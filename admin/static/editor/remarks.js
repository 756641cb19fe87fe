// Comments on a draft are sent without leaving the text; a passage that is selected is quoted.
const WITHIN = ".cm-content, .prose, .editor-preview";

function passage() {
  const selection = document.getSelection();
  const node = selection?.anchorNode;
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  if (!element?.closest?.(WITHIN)) return "";
  return selection.toString().replace(/\s+/g, " ").trim().slice(0, 500);
}

async function send(form, place, button) {
  const address = new URL(button?.getAttribute("formaction") || form.action, location.href);
  address.searchParams.set("part", "1");
  const fields = new FormData(form, button);
  try {
    const answer = await fetch(address, { method: "POST", body: fields });
    if (!answer.ok && answer.status !== 422) throw new Error(`answered ${answer.status}`);
    place.innerHTML = await answer.text();
    (place.querySelector("[role=alert]") ? place.querySelector("[name=text]") : place).focus();
  } catch {
    let trouble = place.querySelector("[data-trouble-shown]");
    if (!trouble) {
      trouble = document.createElement("p");
      trouble.className = "problem";
      trouble.role = "alert";
      trouble.dataset.troubleShown = "";
      place.prepend(trouble);
    }
    trouble.textContent = form.dataset.trouble;
  }
}

function connect(form, place) {
  place.tabIndex = -1;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, place, event.submitter);
  });
  // What is typed here is no part of the text that the editor keeps.
  for (const kind of ["input", "change"]) place.addEventListener(kind, (event) => event.stopPropagation());
  document.addEventListener("selectionchange", () => {
    const quote = place.querySelector("[name=quote]");
    const words = passage();
    if (quote && words && quote !== document.activeElement) quote.value = words;
  });
}

const form = document.querySelector("[data-remark]");
const place = document.querySelector("[data-threads]");
if (form && place) connect(form, place);
