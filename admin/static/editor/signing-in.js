// Signing in again, in a dialog over the text; what waits is sent when the same person is back.

/** Return what is to be called when the session is over; `goOn` is called when it is not. */
export function connectSignIn(draft, { state, goOn }) {
  const dialog = document.querySelector("[data-sign-in]");
  const form = dialog.querySelector("form");
  const words = dialog.dataset;
  let address = words.address;

  const wrong = (text = "") => {
    const place = dialog.querySelector("[data-wrong]");
    place.textContent = text;
    place.hidden = !text;
  };

  // True once nothing more is to be asked: the person is back, or somebody else is here.
  const check = async () => {
    const { user, csrf_token: token } = await talk(words.who);
    setToken(token);
    if (!user) return false;
    if (String(user.id) !== draft.user) {
      state.show("person");
      wrong(words.person.replace("{name}", user.name));
      return true;
    }
    dialog.close();
    goOn();
    document.dispatchEvent(new Event("signed-in"));
    return true;
  };

  const step = (name) => {
    for (const part of dialog.querySelectorAll("[data-step]")) {
      part.hidden = part.dataset.step !== name;
    }
    dialog.querySelector(`[data-step=${name}] input:last-of-type`).focus();
  };

  const send = async (place = address) => {
    const body = new FormData(form);
    body.set("csrf_token", draft.form.elements.csrf_token.value);
    const answer = await talk(place, { method: "POST", body });
    form.elements.answer.value = "";
    if (answer.csrf_token) setToken(answer.csrf_token);
    wrong(Object.values(answer.errors ?? {}).flat().join(" "));
    if (answer.ok) await check();
    else if (answer.needs === "code") {
      address = answer.url;
      form.elements.code.value = "";
      step("code");
    } else if (answer.needs === "password") {
      address = words.address; // the code took too long
      step("password");
    } else if (answer.needs) {
      wrong(words.page);
      open(answer.url, "_blank", "noopener");
    }
  };

  const tried = (order) => order().catch(() => wrong(words.trouble));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tried(() => send());
  });
  form.addEventListener("passkey", (event) => {
    event.preventDefault();
    tried(() => send(event.detail.action));
  });
  dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
  // Back from another tab, where the person may have signed in.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && dialog.open) tried(check);
  });

  return async () => {
    try {
      if (await check()) return;
    } catch {
      // Not reachable: the form says so when it is sent.
    }
    if (dialog.open) return;
    address = words.address;
    form.elements.password.value = "";
    form.elements.code.value = "";
    wrong();
    dialog.showModal();
    step("password");
    form.elements.password.focus();
  };
}

async function talk(address, options) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, ...options });
  return answer.json();
}

function setToken(token) {
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
}
