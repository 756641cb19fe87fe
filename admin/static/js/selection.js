// Which rows of a list are chosen: kept while paging, on this page or all that match.
export function countSelection(form) {
  const boxes = [...form.querySelectorAll('tbody input[name="ids"]')];
  const head = form.querySelector("[data-select-all]");
  const count = form.querySelector("[data-selection-count]");
  if (!head || !count) return;
  const every = form.querySelector('input[name="all"]');
  const place = `chosen:${form.getAttribute("action")}${form.elements.query?.value ?? ""}`;
  const kept = read(place);
  head.hidden = false;
  if (every) every.checked = kept.all;
  boxes.forEach((box) => (box.checked = kept.all ? !kept.but.has(box.value) : kept.ids.has(box.value)));

  function show() {
    const ticked = boxes.filter((box) => box.checked).length;
    head.checked = ticked === boxes.length;
    head.indeterminate = ticked > 0 && !head.checked;
    const elsewhere = [...kept.ids].filter((id) => !boxes.some((box) => box.value === id)).length;
    const { none, some, more, all } = count.dataset;
    if (kept.all) count.textContent = kept.but.size ? all.replace("%", kept.but.size) : none;
    else if (elsewhere) count.textContent = more.replace("%", ticked + elsewhere).replace("%", elsewhere);
    else count.textContent = ticked ? some.replace("%", ticked) : none;
    form.toggleAttribute("data-chosen", Boolean(ticked || elsewhere || kept.all));
  }

  function note(box) {
    const [set, isIn] = kept.all ? [kept.but, !box.checked] : [kept.ids, box.checked];
    if (isIn) set.add(box.value);
    else set.delete(box.value);
  }

  function save() {
    const told = { all: kept.all, ids: [...kept.ids], but: [...kept.but] };
    try {
      sessionStorage.setItem(place, JSON.stringify(told));
    } catch {
      // forbidden or full: then nothing is kept while paging
    }
    show();
  }

  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box === every) {
      kept.all = box.checked;
      kept.ids.clear();
      kept.but.clear();
      boxes.forEach((other) => (other.checked = kept.all));
    } else if (box === head) {
      boxes.forEach((other) => {
        other.checked = head.checked;
        note(other);
      });
    } else if (box.name === "ids") {
      note(box);
    }
    save();
  });
  form.addEventListener("submit", () => {
    const here = new Set(boxes.map((box) => box.value));
    const [name, values] = kept.all ? ["but", kept.but] : ["ids", [...kept.ids].filter((id) => !here.has(id))];
    values.forEach((value) => {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(field);
    });
    sessionStorage.removeItem(place);
  });
  form.addEventListener("clear-selection", () => {
    kept.all = false;
    kept.ids.clear();
    kept.but.clear();
    if (every) every.checked = false;
    boxes.forEach((box) => (box.checked = false));
    save();
  });
  show();
}

function read(place) {
  let told = {};
  try {
    told = JSON.parse(sessionStorage.getItem(place)) ?? {};
  } catch {
    // what is there is not ours
  }
  return { all: Boolean(told.all), ids: new Set(told.ids), but: new Set(told.but) };
}
