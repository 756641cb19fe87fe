// Ticking all rows of a list at once, and saying how many are ticked.
export function countSelection(form) {
  const boxes = [...form.querySelectorAll('tbody input[name="ids"]')];
  const all = form.querySelector("[data-select-all]");
  const count = form.querySelector("[data-selection-count]");
  if (!all || !count) return;
  all.hidden = false;

  function show() {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
    count.textContent = ticked ? `${ticked} selected:` : "With the selected:";
  }

  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked));
    show();
  });
  form.addEventListener("change", show);
  show();
}
