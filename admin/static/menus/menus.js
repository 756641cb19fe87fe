// Lines of a menu are moved without asking the server: by buttons, by Alt and an arrow, by dragging.
const KEYS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

const form = document.querySelector("[data-menu]");
if (form) connect(form);

function connect(menu) {
  const list = menu.querySelector("[data-lines]");
  const said = menu.querySelector("[data-said]");
  const say = (kind, line) => {
    const lines = [...list.children];
    const words = menu.dataset[kind].replace("%n", line.dataset.name);
    said.textContent = words.replace("%l", lines.indexOf(line) + 1).replace("%t", lines.length);
  };
  const order = (act, line) => {
    const kind = act === "remove" ? remove(line) : move(act, line);
    settle(list);
    if (kind) say(kind, line);
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    event.preventDefault();
    order(button.dataset.act, button.closest("[data-line]"));
    if (button.isConnected) button.focus();
  });
  list.addEventListener("keydown", (event) => {
    const act = event.altKey && KEYS[event.key];
    const line = event.target.closest("[data-line]");
    if (!act || !line) return;
    event.preventDefault();
    const { activeElement } = document;
    order(act, line);
    activeElement.focus();
  });
  letDrag(list, (line) => say("moved", line));
}

const isBelow = (line) => line?.dataset.depth === "1";

/** Return a line and what stands below it. */
function blockOf(line) {
  const block = [line];
  while (!isBelow(line) && isBelow(block.at(-1).nextElementSibling)) {
    block.push(block.at(-1).nextElementSibling);
  }
  return block;
}

function move(act, line) {
  if (act === "in" || act === "out") {
    setDepth(line, act === "in" ? 1 : 0);
    return isBelow(line) && line.previousElementSibling ? "below" : "out";
  }
  const block = blockOf(line);
  if (act === "up") {
    let before = line.previousElementSibling;
    while (!isBelow(line) && isBelow(before) && before.previousElementSibling) {
      before = before.previousElementSibling;
    }
    before?.before(...block);
  } else {
    const after = block.at(-1).nextElementSibling;
    if (after) (isBelow(line) ? after : blockOf(after).at(-1)).after(...block);
  }
  return "moved";
}

function remove(line) {
  const next = line.nextElementSibling ?? line.previousElementSibling;
  line.remove();
  (next?.querySelector("[data-act=remove]") ?? document.getElementById("add_target")).focus();
  return "removed";
}

function setDepth(line, depth) {
  line.dataset.depth = line.querySelector("[name=depth]").value = String(depth);
}

/** The first line stands below none; buttons name their line's place, should the form be sent. */
function settle(list) {
  if (list.firstElementChild) setDepth(list.firstElementChild, 0);
  [...list.children].forEach((line, index) => {
    for (const button of line.querySelectorAll("[data-act]")) {
      button.value = `${button.dataset.act}:${index}`;
    }
  });
}

function letDrag(list, moved) {
  let block = [];
  for (const line of list.children) line.draggable = true;
  list.addEventListener("dragstart", (event) => {
    if (event.target.localName !== "li") return;
    block = blockOf(event.target);
    event.dataTransfer.effectAllowed = "move";
    for (const line of block) line.dataset.dragged = "";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest?.("[data-line]");
    if (!block.length) return;
    event.preventDefault();
    if (!over || block.includes(over)) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(...block);
    else over.after(...block);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    for (const line of block) delete line.dataset.dragged;
    settle(list);
    if (block.length) moved(block[0]);
    block = [];
  });
}
