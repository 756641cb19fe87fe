// The editor: each part works alone, and the form works without any of them.
import { watchBeginning } from "./begun.js";
import { connectChecks } from "./checks.js";
import { showCounts } from "./counting.js";
import { connectFocus } from "./focus.js";
import { connectHelp } from "./help.js";
import { keepText } from "./keeping.js";
import { linkFinder, watchOwnLinks } from "./own-links.js";
import { connectOutline } from "./outline.js";
import { connectPresence } from "./presence.js";
import { connectPreview, scrollAlong } from "./preview.js";
import { connectDialog } from "./publish.js";
import { findTranslations, rememberGroups } from "./settings.js";
import { suggestSlug } from "./slug.js";
import "./tag-input.js";
import { connectTitle } from "./title.js";
import { connectToolbar } from "./toolbar.js";
import { takeFiles } from "./uploading.js";
import { rememberPlace, returnToPlace, writeIn } from "./writing.js";

async function start(form) {
  const state = form.querySelector("[data-state]");
  // Said once, not at every key.
  const say = (text) => state.textContent === text || (state.textContent = text);
  const save = () => form.requestSubmit(form.querySelector("[data-save]"));
  const preview = connectPreview(form, { say });
  const keys = { "Mod-s": save, "Mod-Enter": preview.toggle, "Mod-/": connectHelp(form) };
  listenTo(keys);
  closeMenu(form.querySelector("details.more"));
  watchBeginning(form, closeMenu);
  suggestSlug(form);
  connectDialog(form);
  rememberGroups(form.querySelector("[data-groups]"));
  findTranslations(form.elements.translation_of);
  const count = showCounts(form);
  const followers = [count];
  const { leave } = keepText(form);
  connectPresence(form);
  const { codemirror: source } = form.dataset;
  watchOwnLinks(form);
  const editor = await writeIn(form.elements.body, {
    source,
    nonce: form.nonce,
    keys,
    findLinks: linkFinder(form.dataset.links),
    onSelect: (changed) => followers.forEach((follow) => follow(changed)),
  });
  followers.push(connectToolbar(form.querySelector("[role=toolbar]"), editor));
  followers.push(connectOutline(form, editor));
  connectTitle(form.elements.title, () => editor.focus());
  connectFocus(form, editor);
  takeFiles(form, editor);
  connectChecks(form, editor);
  scrollAlong(form, editor);
  returnToPlace(editor);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    rememberPlace(editor);
    leave();
  });
}

/** Let the keys that concern the whole form work outside of the text too. */
function listenTo(keys) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
    const action = keys[`Mod-${event.key}`];
    if (!action || event.shiftKey || event.altKey) return;
    event.preventDefault();
    action();
  });
}

/** Close the menu by Escape and by a press anywhere else. */
function closeMenu(menu) {
  if (!menu) return;
  const close = () => (menu.open = false);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    menu.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => menu.contains(event.target) || close());
}

const form = document.querySelector("form[data-editor]");
if (form) start(form);
