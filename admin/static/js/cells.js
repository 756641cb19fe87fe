// A cell becomes a field where it stands: pencil, `e` or double click; Enter saves, Escape leaves.
export function editInPlace(table) {
  const { cellUrl, pencil, failed } = table.dataset;
  table.querySelectorAll("td[data-edit]").forEach((cell) => {
    const name = cell.closest("tr").querySelector(".cell-main")?.textContent.trim() ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cell-edit";
    button.textContent = "✎";
    button.setAttribute("aria-label", pencil.replace("%", cell.dataset.label).replace("%", name));
    const main = cell.querySelector(".cell-main");
    if (main) main.after(button);
    else cell.append(button);
  });
  table.addEventListener("click", (event) => {
    const button = event.target.closest(".cell-edit");
    if (button) open(button.closest("td"));
  });
  table.addEventListener("edit-row", (event) => {
    const cell = event.target.querySelector("td[data-edit]");
    if (cell) open(cell);
  });

  async function open(cell) {
    if (cell.querySelector(".cell-form")) return;
    const row = cell.closest("tr");
    const url = cellUrl.replace("/0/", `/${row.dataset.row}/`).replace("_name_", cell.dataset.edit);
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return location.assign(row.querySelector("a.cell-main")?.href ?? location.href);
    show(cell, url, await answer.json());
  }

  function show(cell, url, { value, version, most, title }) {
    const kept = [...cell.childNodes];
    const form = document.createElement("div");
    form.className = "cell-form";
    const field = document.createElement("input");
    field.value = value;
    if (most) field.maxLength = most;
    field.setAttribute("aria-label", title);
    const error = document.createElement("p");
    error.className = "field-error";
    error.setAttribute("role", "alert");
    form.append(field, error);
    cell.replaceChildren(form);
    field.focus();
    field.select();
    let isSaving = false;

    let isLeft = false;

    function leave(nodes) {
      if (isLeft) return; // taking the field away is a blur, too
      isLeft = true;
      cell.replaceChildren(...nodes);
      cell.querySelector(".cell-edit")?.focus();
    }

    async function save() {
      if (isSaving) return;
      if (field.value.trim() === value) return leave(kept);
      isSaving = true;
      const body = new FormData();
      body.set("csrf_token", table.closest("form").elements.csrf_token.value);
      body.set("value", field.value);
      body.set("version", version);
      const answer = await fetch(url, { method: "POST", body }).catch(() => null);
      const told = await answer?.json().catch(() => null);
      isSaving = false;
      if (!answer?.ok || !told) {
        error.textContent = told?.error ?? failed;
        field.setAttribute("aria-invalid", "true");
        return field.focus();
      }
      const rows = new DOMParser().parseFromString(`<table><tr>${told.html}</tr></table>`, "text/html");
      const pencilButton = kept.find((node) => node.className === "cell-edit");
      const drawn = rows.querySelector("td");
      leave([...drawn.childNodes]);
      const main = cell.querySelector(".cell-main");
      if (main) main.after(pencilButton);
      else cell.append(pencilButton);
      pencilButton.focus();
      say(cell, told.said);
    }

    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Escape") leave(kept);
      if (event.key === "Enter") {
        event.preventDefault(); // the list's own form must not be sent
        save();
      }
    });
    field.addEventListener("blur", () => {
      if (field.value.trim() === value) leave(kept);
    });
  }
}

// What became of it, for whoever looks and for whoever listens.
function say(cell, words) {
  const said = document.createElement("p");
  said.className = "cell-said";
  said.setAttribute("role", "status");
  cell.append(said);
  said.textContent = words;
}
