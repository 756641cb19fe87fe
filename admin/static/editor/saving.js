// Saving by itself: one save under way, the rest waits and goes as one; trouble is tried again.
import { ask, Trouble } from "./server.js";

const PAUSE = 2_000;
const LONGEST = 15_000;
const MOST_PATIENT = 60_000;
const KEEPALIVE = 60_000; // a browser sends no more than 64 KiB for a page that is gone

/** Return what tells the saving of changes; `onKept` is called after the server took one in. */
export function connectSaving(draft, { state, onKept, onTrouble = () => {} }) {
  const { form } = draft;
  let timer;
  let since = 0; // when the first change came that no save under way has
  let flight;
  let failures = 0;
  let stopped = false;

  const schedule = (delay) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(push, delay);
  };

  const changed = () => {
    if (stopped || !draft.isBehind) return;
    if (!failures) state.show(flight ? "saving" : "dirty");
    since ||= Date.now();
    if (!flight && !failures) schedule(Math.min(PAUSE, Math.max(0, since + LONGEST - Date.now())));
  };

  const push = async (options) => {
    if (stopped || flight || !draft.isBehind) return;
    clearTimeout(timer);
    since = 0;
    const sent = draft.fields;
    if (!failures) state.show("saving");
    try {
      flight = send(draft, options);
      const answer = await flight;
      flight = undefined;
      taken(sent, answer);
    } catch (error) {
      flight = undefined;
      failed(error);
    }
  };

  const taken = (sent, answer) => {
    failures = 0;
    draft.acknowledge(sent, answer);
    onKept(answer);
    const refused = Object.values(answer.refused);
    if (refused.length) state.show("partly", refused.join(" "));
    else state.show("saved");
    if (draft.isBehind && !refused.length) changed();
  };

  const failed = (error) => {
    if (!(error instanceof Trouble)) throw error;
    failures += 1;
    state.show(error.kind, error.answer?.reason === "state" ? error.answer.message : undefined);
    if (error.isLasting) stop();
    else schedule(error.wait || Math.min(MOST_PATIENT, PAUSE * 2 ** (failures - 1)));
    onTrouble(error);
  };

  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  const again = () => failures && push();
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.hidden || again());

  return {
    changed,
    push,
    stop,
    resume() {
      stopped = false;
      failures = 0;
      push();
    },
    /** Send what the server lacks while the page goes; nobody waits for the answer. */
    last() {
      if (stopped || !draft.isBehind || form.elements.body.value.length > KEEPALIVE) return;
      send(draft, { keepalive: true }).catch(() => {});
    },
  };
}

function send(draft, options) {
  const { form } = draft;
  draft.count();
  const body = new FormData(form);
  body.set("user", draft.user);
  body.set("post", Number(draft.post) || "");
  return ask(form.dataset.autosave, { body, ...options });
}
