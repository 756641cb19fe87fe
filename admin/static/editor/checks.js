// What there is to mend in the text, told while one writes; a press leads to the place.
import { asker } from "./asking.js";
import { element } from "./element.js";
import { ofPost } from "./own-address.js";

const PAUSE = 900;
const TONES = { error: "bad", warning: "warn", hint: "accent" };

/** Check the form's text after every pause. */
export function connectChecks(form, editor) {
  const panel = form.querySelector("[data-checks]");
  const ask = asker(PAUSE);
  const look = () =>
    ask(
      () => [ofPost(panel.dataset.checks, form), { method: "POST", body: new FormData(form) }],
      ({ findings }) => show(panel, findings, form, editor),
    );
  for (const kind of ["input", "change", "restored"]) form.addEventListener(kind, look);
  look();
}

function show(panel, findings, form, editor) {
  const list = panel.querySelector("ul");
  const count = panel.querySelector("[data-count]");
  const { one, many } = count.dataset;
  count.textContent = (findings.length === 1 ? one : many).replace("{}", findings.length);
  list.replaceChildren(...findings.map((finding) => line(finding, panel, form, editor)));
  panel.hidden = findings.length === 0;
}

function line({ level, word, message, line: number, field }, panel, form, editor) {
  const item = element("li", {});
  const button = element("button", { type: "button" });
  button.append(element("span", { class: `badge badge-${TONES[level]}` }, word));
  if (number) {
    button.append(element("span", { class: "muted" }, panel.dataset.line.replace("{}", number)));
  }
  button.append(element("span", {}, message));
  button.addEventListener("click", () => {
    if (number) {
      const { doc } = editor.view.state;
      editor.reveal(doc.line(Math.min(number, doc.lines)).from);
    } else goTo(form.elements[field] ?? form.elements.body);
  });
  item.append(button);
  return item;
}

/** Focus a field, wherever it is folded away. */
function goTo(field) {
  for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) {
    part.open = true;
  }
  field.focus();
}
