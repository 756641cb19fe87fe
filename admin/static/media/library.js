// The library: files come by drop anywhere on the page, by paste, or by the button.
import { Queue } from "./queue.js";
import { filesOf, readSetup } from "./setup.js";

function start(form) {
  const uploads = document.querySelector("[data-uploads]");
  const fresh = uploads.querySelector("[data-fresh]");
  const queue = new Queue(uploads, readSetup(form), {
    folder: () => form.elements.folder.value,
    onDone: () => (fresh.hidden = false),
  });
  const input = form.elements.files;
  input.addEventListener("change", () => {
    queue.add(input.files);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[type=submit]").hidden = true;
  document.addEventListener("paste", (event) => {
    const files = filesOf(event.clipboardData);
    if (files.length) queue.add(files);
  });
  takeDrops(document.querySelector("[data-veil]"), (files) => queue.add(files));
}

/** Show a veil while files are dragged over the page, and take what is dropped. */
function takeDrops(veil, take) {
  const isFile = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const show = (by) => {
    depth = Math.max(0, depth + by);
    veil.hidden = !depth;
  };
  addEventListener("dragenter", (event) => isFile(event) && show(1));
  addEventListener("dragleave", (event) => isFile(event) && show(-1));
  addEventListener("dragover", (event) => isFile(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    depth = 0;
    veil.hidden = true;
    take(filesOf(event.dataTransfer));
  });
}

const form = document.querySelector("form[data-upload]");
if (form) start(form);
