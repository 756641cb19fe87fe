// One file: the focal point by click and arrow keys, and the part to cut out by drawing.
import { element } from "../editor/element.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const within = (value) => Math.min(100, Math.max(0, Math.round(value)));

function pickFocus(stage, form) {
  const { focus_x: across, focus_y: down } = form.elements;
  const mark = element("span", { class: "media-focus" });
  stage.append(mark);
  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  const show = () => {
    const [x, y] = [within(Number(across.value)), within(Number(down.value))];
    mark.style.left = `${x}%`;
    mark.style.top = `${y}%`;
    stage.setAttribute("aria-label", stage.dataset.label.replace("{x}", x).replace("{y}", y));
  };
  const set = (x, y) => {
    across.value = within(x);
    down.value = within(y);
    show();
  };
  stage.addEventListener("click", (event) => {
    if (stage.dataset.drawing) return;
    const box = stage.getBoundingClientRect();
    set(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  });
  stage.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    const by = event.shiftKey ? 10 : 1;
    set(Number(across.value) + step[0] * by, Number(down.value) + step[1] * by);
  });
  for (const field of [across, down]) field.addEventListener("input", show);
  show();
}

function drawPart(stage, details) {
  const fields = details.querySelector("form").elements;
  const names = ["left", "top", "width", "height"];
  const [wide, high] = [Number(details.dataset.width), Number(details.dataset.height)];
  const part = element("span", { class: "media-part" });
  let from;
  const show = () => {
    const [left, top, width, height] = names.map((name) => Number(fields[name].value));
    const places = { left: left / wide, top: top / high, width: width / wide, height: height / high };
    for (const [name, value] of Object.entries(places)) part.style[name] = `${value * 100}%`;
  };
  const place = (event) => {
    const box = stage.getBoundingClientRect();
    const at = (value, size) => Math.min(1, Math.max(0, value / size));
    return [at(event.clientX - box.left, box.width) * wide, at(event.clientY - box.top, box.height) * high];
  };
  const open = () => {
    stage.dataset.drawing = details.open ? "yes" : "";
    if (details.open) stage.append(part);
    else part.remove();
    show();
  };
  details.addEventListener("toggle", open);
  open(); // it may have been opened before this script was there
  stage.addEventListener("pointerdown", (event) => {
    if (!stage.dataset.drawing || event.button) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    from = place(event);
  });
  stage.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = place(event);
    const [left, top] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])].map(Math.round);
    const [right, bottom] = [Math.max(from[0], to[0]), Math.max(from[1], to[1])].map(Math.round);
    const values = [left, top, Math.max(1, right - left), Math.max(1, bottom - top)];
    names.forEach((name, index) => (fields[name].value = values[index]));
    show();
  });
  // A picture that is dragged away, and a touch that scrolls, end the drawing without `pointerup`.
  for (const kind of ["pointerup", "pointercancel"]) {
    stage.addEventListener(kind, () => (from = undefined));
  }
  stage.addEventListener("dragstart", (event) => event.preventDefault());
  for (const name of names) fields[name].addEventListener("input", show);
}

const stage = document.querySelector("[data-stage]");
const about = document.querySelector("form[data-about]");
if (stage && about) pickFocus(stage, about);
const crop = document.querySelector("[data-crop]");
if (stage && crop) drawPart(stage, crop);
