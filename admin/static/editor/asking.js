// Questions to the server that answer JSON; the last question of a kind wins.

/** Return a function that asks after a pause, and drops what was asked before. */
export function asker(pause) {
  let timer;
  let flight;
  return (build, onAnswer, onTrouble = () => {}) => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      flight?.abort();
      const mine = (flight = new AbortController());
      try {
        onAnswer(await ask(build(), mine.signal));
      } catch (error) {
        if (!mine.signal.aborted) onTrouble(error);
      }
    }, pause);
  };
}

/** Ask for JSON at once; rejects what is none, and what was not answered well. */
export async function ask([address, options = {}], signal) {
  const headers = { Accept: "application/json", ...options.headers };
  const answer = await fetch(address, { ...options, headers, signal, redirect: "manual" });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (!answer.ok || !isJson) throw new Error(`answered ${answer.status}`);
  return answer.json();
}
