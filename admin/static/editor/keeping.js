// Nothing typed is lost: every change is kept in this browser at once and on the server soon.
import { connectCopies, recover } from "./copies.js";
import { Draft } from "./draft.js";
import { writeFields } from "./fields.js";
import { connectSaving } from "./saving.js";
import { connectSignIn } from "./signing-in.js";
import { showChanges } from "./standing.js";
import { connectState } from "./state.js";

/** Keep what is written; returns `leave`, to be called before the form is sent. */
export function keepText(form) {
  const draft = new Draft(form);
  const state = connectState(form);
  const copies = connectCopies(draft);
  const onKept = ({ changed: areThere }) => {
    copies.store();
    showChanges(form, areThere);
    form.dispatchEvent(new Event("kept"));
  };
  const saving = connectSaving(draft, { state, onKept, onTrouble: met });
  const askToSignIn = connectSignIn(draft, { state, goOn: saving.resume });
  let leaving = false;
  // Whoever has two texts before them decides first.
  if (form.querySelector("[data-conflict]")) saving.stop();

  function met({ kind }) {
    if (kind === "out") askToSignIn();
  }

  const changed = () => {
    copies.store();
    saving.changed();
  };
  for (const kind of ["input", "change", "restored"]) form.addEventListener(kind, changed);
  document.addEventListener("visibilitychange", () => document.hidden && changed());
  addEventListener("pagehide", () => leaving || saving.last());
  addEventListener("beforeunload", (event) => {
    if (leaving || !draft.isBehind) return;
    saving.last();
    event.preventDefault();
  });
  // A page that the browser kept whole comes back by the Back button: it may be left again.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    leaving = draft.isLeaving = false;
    saving.resume();
  });

  const restore = (copy) => {
    draft.adopt(copy);
    writeFields(form, copy.fields);
    changed();
  };
  recover(draft, { restore, undo: (fields) => writeFields(form, fields) });
  saving.changed();
  return {
    leave() {
      leaving = draft.isLeaving = true;
      saving.stop();
      draft.count();
      copies.store();
    },
  };
}
