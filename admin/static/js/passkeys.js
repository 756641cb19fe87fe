// Passkeys: the browser's answer is put into a form, which is sent as any other.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const withBytes = (list) => (list ?? []).map((item) => ({ ...item, id: toBytes(item.id) }));

function forCreating(options) {
  return {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: withBytes(options.excludeCredentials),
  };
}

function forProving(options) {
  return {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: withBytes(options.allowCredentials),
  };
}

function asJson(credential) {
  const { response } = credential;
  const told = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) told[name] = toText(response[name]);
  }
  if (response.getTransports) told.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: told,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function askServer(form, part) {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const response = await fetch(part.dataset.ask, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
  });
  if (!response.ok) throw new Error(String(response.status));
  return forProving(await response.json());
}

function send(form, part, credential) {
  form.elements.namedItem(part.dataset.passkey).value = asJson(credential);
  const { action } = part.dataset;
  // A dialog over an unsaved text sends its form by itself.
  const chosen = new CustomEvent("passkey", { cancelable: true, detail: { action } });
  if (!form.dispatchEvent(chosen)) return;
  if (action) form.action = action;
  form.submit();
}

function prepare(part) {
  const form = part.closest("form");
  const button = part.querySelector("[data-passkey-button]");
  const said = part.querySelector("[data-passkey-said]");
  let waiting = null;

  function fail(error) {
    button.disabled = false;
    if (error.name === "AbortError") return;
    said.textContent = error.name === "NotAllowedError" ? said.dataset.cancelled : said.dataset.failed;
    said.hidden = false;
  }

  async function act() {
    waiting?.abort();
    said.hidden = true;
    button.disabled = true;
    try {
      const made = form.querySelector("[data-passkey-options]");
      const credential = made
        ? await navigator.credentials.create({ publicKey: forCreating(JSON.parse(made.textContent)) })
        : await navigator.credentials.get({ publicKey: await askServer(form, part) });
      send(form, part, credential);
      button.disabled = false; // where the page stays
    } catch (error) {
      fail(error);
    }
  }

  // The browser offers passkeys in the field of the address, beside what it fills in there.
  async function offer() {
    const can = await PublicKeyCredential.isConditionalMediationAvailable?.();
    if (!can) return;
    waiting = new AbortController();
    try {
      const publicKey = await askServer(form, part);
      const { signal } = waiting;
      send(form, part, await navigator.credentials.get({ publicKey, signal, mediation: "conditional" }));
    } catch {
      // Whoever chose none, and a host that can have none, sign in by the fields.
    }
  }

  button.addEventListener("click", act);
  part.hidden = false;
  if ("offer" in part.dataset) offer();
}

if (window.PublicKeyCredential && window.isSecureContext) {
  document.querySelectorAll("[data-passkey]").forEach(prepare);
} else {
  document.querySelectorAll("[data-passkey-missing]").forEach((note) => (note.hidden = false));
}
