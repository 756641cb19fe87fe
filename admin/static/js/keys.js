// A list by its keys: j and k go through the rows, x chooses, e changes, Enter opens, / searches.
export function useKeys(table) {
  const rows = [...table.querySelectorAll("tbody tr[data-row]")];
  const boxes = rows.map((row) => row.querySelector('input[name="ids"]'));
  let marked = -1;
  let lastTicked = -1;
  rows.forEach((row, place) => {
    row.tabIndex = place ? -1 : 0;
    row.addEventListener("focus", () => (marked = place));
  });

  function go(place) {
    if (!rows[place]) return;
    rows.forEach((row, other) => (row.tabIndex = other === place ? 0 : -1));
    rows[place].focus();
    rows[place].scrollIntoView({ block: "nearest" });
  }

  function tick(place, isRange) {
    const first = isRange && lastTicked >= 0 ? Math.min(lastTicked, place) : place;
    const last = isRange && lastTicked >= 0 ? Math.max(lastTicked, place) : place;
    const isOn = isRange ? true : !boxes[place]?.checked;
    boxes.slice(first, last + 1).forEach((box) => {
      if (!box || box.checked === isOn) return;
      box.checked = isOn;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
    lastTicked = place;
  }

  const acts = {
    j: () => go(marked + 1),
    k: () => go(Math.max(marked - 1, 0)),
    x: () => tick(marked, false),
    X: () => tick(marked, true),
    e: () => rows[marked]?.dispatchEvent(new CustomEvent("edit-row", { bubbles: true })),
    Enter: () => rows[marked]?.querySelector("a.cell-main")?.click(),
    "/": () => document.querySelector("[data-search]")?.focus(),
    "?": () => document.getElementById("list-keys")?.showModal(),
  };
  const needRow = new Set(["x", "X", "e", "Enter"]);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || isTyping(event.target)) return;
    const act = acts[event.key];
    if (!act || (needRow.has(event.key) && document.activeElement !== rows[marked])) return;
    event.preventDefault();
    act();
  });
}

function isTyping(element) {
  return element.matches('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]');
}
