// Pages with one small form, shown as a dialog over the list that leads to them.
export function openInDialog(link) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    show(link)
      .catch(() => location.assign(link.href)) // the page itself says what is wrong
      .finally(() => link.removeAttribute("aria-busy"));
  });
}

async function show(link) {
  const answer = await fetch(link.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = page.querySelector("[data-panel-body]");
  if (!answer.ok || !body) throw new Error("no panel");
  const dialog = document.createElement("dialog");
  dialog.className = "panel";
  const heading = body.querySelector("h1");
  heading.id = "panel-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(document.adoptNode(body));
  dialog.querySelectorAll("[data-columns]").forEach(moveInPlace);
  dialog.querySelector("[data-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

// Up and down without asking the server; what is stored is the order of the fields.
function moveInPlace(list) {
  list.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="move"]');
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    const isUp = button.value.endsWith(":up");
    if (isUp && item.previousElementSibling) item.previousElementSibling.before(item);
    if (!isUp && item.nextElementSibling) item.nextElementSibling.after(item);
    list.querySelectorAll("li").forEach((other, place, all) => {
      const [up, down] = other.querySelectorAll('button[name="move"]');
      if (up) up.disabled = place <= 1;
      if (down) down.disabled = place === all.length - 1;
    });
    (button.disabled ? item.querySelector('button:not([disabled])') : button)?.focus();
  });
}
