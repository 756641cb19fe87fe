// Questions of the editor to the server, and what can be in the way of an answer.

const PATIENCE = 30_000;

/** Why there is no answer: `kind` names it, `wait` is what the server asks for. */
export class Trouble extends Error {
  constructor(kind, { answer = {}, wait = 0 } = {}) {
    super(kind);
    Object.assign(this, { kind, answer, wait });
  }

  /** Whether trying again by itself would be of no use. */
  get isLasting() {
    return ["out", "person", "stale", "refused"].includes(this.kind);
  }
}

/** Post a form and return the JSON of the answer; throws Trouble. */
export async function ask(address, { body, keepalive = false }) {
  const answer = await reach(address, body, keepalive);
  const json = await read(answer);
  if (answer.ok && json) return json;
  throw new Trouble(name(answer, json), { answer: json, wait: waiting(answer) });
}

async function reach(address, body, keepalive) {
  try {
    return await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json" },
      body,
      keepalive,
      redirect: "manual",
      signal: keepalive ? null : AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new Trouble("offline");
  }
}

async function read(answer) {
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  try {
    return isJson ? await answer.json() : undefined;
  } catch {
    throw new Trouble("offline"); // the line broke in the middle
  }
}

function name(answer, json) {
  // A redirect leads to the sign-in page; 400 is a token of a session that is over.
  if ([400, 401].includes(answer.status) || answer.type === "opaqueredirect") return "out";
  if (answer.status === 409) return json?.reason === "state" ? "refused" : (json?.reason ?? "busy");
  if ([408, 425, 429].includes(answer.status) || answer.status >= 500) return "busy";
  return "refused";
}

function waiting(answer) {
  return Math.min(60, Number(answer.headers.get("Retry-After")) || 0) * 1_000;
}
