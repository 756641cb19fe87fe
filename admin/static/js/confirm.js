// A question before sending, in a dialog instead of on a page of its own.
export function askBeforeSending(form) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    const question = button?.dataset.confirm ?? form.dataset.confirm;
    if (!question || form.dataset.asked) return;
    if (form.matches("[data-selection]") && !form.querySelector('input[name="ids"]:checked')) return;
    event.preventDefault();
    ask(question, button).then((yes) => {
      if (yes) send(form, button);
    });
  });
}

function send(form, button) {
  const confirmed = document.createElement("input");
  confirmed.type = "hidden";
  confirmed.name = "confirmed";
  confirmed.value = "1";
  form.append(confirmed);
  form.dataset.asked = "yes";
  form.requestSubmit(button);
}

function ask(question, button) {
  const dialog = document.createElement("dialog");
  const heading = document.createElement("h2");
  const buttons = document.createElement("form");
  heading.id = "question";
  heading.textContent = question;
  dialog.setAttribute("aria-labelledby", heading.id);
  buttons.method = "dialog";
  buttons.className = "buttons";
  const yes = makeButton(button?.textContent.trim() || "Yes", "yes", "button primary");
  if (button?.classList.contains("danger")) yes.classList.add("danger");
  buttons.append(yes, makeButton("Cancel", "no", "button quiet"));
  dialog.append(heading, buttons);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      button?.focus();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function makeButton(words, value, looks) {
  const button = document.createElement("button");
  button.textContent = words;
  button.value = value;
  button.className = looks;
  return button;
}
