// Pictures come into the text: by paste, by drop, or chosen in the library.
import { Queue } from "../media/queue.js";
import { filesOf, fill, readSetup } from "../media/setup.js";
import { forgetFile, keepFile, listFiles } from "../media/waiting.js";

/** Let files be pasted and dropped into the editor, and its button choose one. */
export function takeFiles(form, editor) {
  const picker = document.querySelector("media-picker");
  if (!picker) return;
  const setup = readSetup(picker);
  const places = new Map();
  const { user } = form.dataset;
  const end = (line, text) => {
    settle(editor, places.get(line.file), text);
    forgetFile(places.get(line.file));
  };
  const queue = new Queue(form.querySelector("[data-editor-uploads]"), setup, {
    onDone: (found, line) => end(line, found.markdown),
    onCancel: (line) => end(line, ""),
  });
  const take = (files, at) => {
    for (const file of files) {
      const words = fill(setup.words.uploading, { name: file.name.replace(/[[\]\\]/g, " ") });
      const mark = `![${words}](uploading:${crypto.getRandomValues(new Uint32Array(1))[0]})`;
      places.set(file, mark);
      keepFile(mark, file, user);
      at = insert(editor, at, mark);
    }
    queue.add(files);
  };
  // What a page that is gone did not get to upload, where its placeholder is in this text.
  const goOn = async () => {
    const text = editor.view.state.doc.toString();
    const kept = await listFiles(user);
    const known = new Set(places.values());
    for (const { mark, file } of kept) {
      if (known.has(mark) || !text.includes(mark)) continue;
      places.set(file, mark);
      queue.add([file]);
    }
  };
  goOn();
  form.addEventListener("restored", () => setTimeout(goOn));
  takePastes(editor, take);
  takeDrops(form, editor, take);
  chooseByButton(form, editor, picker);
}

/** Take a paste of files alone: a word processor sends a picture of its text beside the text. */
function takePastes({ view }, take) {
  view.dom.addEventListener(
    "paste",
    (event) => {
      const files = filesOf(event.clipboardData);
      if (!files.length || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      event.stopPropagation();
      take(files, view.state.selection.main.to);
    },
    true,
  );
}

function takeDrops(form, { view }, take) {
  const isFile = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", (event) => isFile(event) && event.preventDefault(), true);
  form.addEventListener(
    "drop",
    (event) => {
      if (!isFile(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const inside = view.dom.contains(event.target);
      const at = inside && view.posAtCoords({ x: event.clientX, y: event.clientY });
      take(filesOf(event.dataTransfer), at || view.state.selection.main.to);
    },
    true,
  );
}

function chooseByButton(form, editor, picker) {
  form.addEventListener(
    "click",
    async (event) => {
      if (!event.target.closest("[data-command=image]")) return;
      event.preventDefault();
      event.stopPropagation();
      const { main } = editor.view.state.selection;
      const alt = editor.view.state.sliceDoc(main.from, main.to).slice(0, 500);
      const chosen = await picker.choose({ alt });
      if (chosen) editor.replaceSelection(chosen.markdown);
      else editor.focus();
    },
    true,
  );
}

/** Put a placeholder at a place and return where the next one goes. */
function insert({ view }, at, mark) {
  view.dispatch({
    changes: { from: at, insert: mark },
    selection: { anchor: at + mark.length },
    userEvent: "input.paste",
  });
  return at + mark.length;
}

/** Put what came of an upload in the place of its placeholder, wherever that is by now. */
function settle({ view }, mark, text) {
  const from = view.state.doc.toString().indexOf(mark);
  if (!mark || from < 0) return;
  view.dispatch({ changes: { from, to: from + mark.length, insert: text }, userEvent: "input" });
}
