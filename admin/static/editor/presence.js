// Who else has this post open: asked for every 15 seconds while the page is looked at.
import { clock } from "./state.js";

const EVERY = 15_000;

/** Show who else is here, and let them know that somebody is. */
export function connectPresence(form) {
  const line = form.querySelector("[data-others]");
  let timer;

  const body = (leaving) => {
    const sent = new FormData();
    sent.set("csrf_token", form.elements.csrf_token.value);
    sent.set("draft_key", form.elements.draft_key.value);
    sent.set("base", form.elements.base.value);
    if (leaving) sent.set("leaving", "1");
    return sent;
  };
  const address = () => {
    const { post } = form.dataset;
    return /^\d+$/.test(post) ? line.dataset.others.replace("/0/", `/${post}/`) : "";
  };
  const ask = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(ask, EVERY);
    if (!address()) return;
    try {
      const headers = { Accept: "application/json" };
      const options = { method: "POST", headers, body: body(), redirect: "manual" };
      const answer = await fetch(address(), options);
      if (answer.ok) show(line, (await answer.json()).others);
    } catch {
      // Not reachable: saving says so.
    }
  };
  document.addEventListener("visibilitychange", ask);
  addEventListener("pagehide", () => address() && navigator.sendBeacon(address(), body(true)));
  addEventListener("pageshow", ({ persisted }) => persisted && ask());
  ask();
}

function show(line, others) {
  // Somebody with two windows is named once: the one that was opened first.
  const first = others.filter(
    (one, at) => others.findIndex(({ name, me }) => name === one.name && me === one.me) === at,
  );
  const text = first.map((other) => sentence(line, other)).join(" ");
  if (line.textContent !== text) line.textContent = text;
  line.hidden = !text;
}

function sentence({ dataset }, { name, since, me }) {
  const time = clock(new Date(since));
  return (me ? dataset.me : dataset.another).replace("{name}", name).replace("{time}", time);
}
