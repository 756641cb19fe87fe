// Goes on with a change of many rows by itself, part after part, until it is done or stopped.
export async function goOn(box) {
  const form = box.querySelector("form");
  const go = form.querySelector("[data-go]");
  const part = Number(box.dataset.part);
  let left = Number(box.dataset.left);
  let isStopped = false;
  form.addEventListener("submit", () => (isStopped = true));
  go.hidden = true;
  while (left > part && !isStopped) {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    const next = new DOMParser().parseFromString(text, "text/html").querySelector('[data-run="going"]');
    if (!next) {
      go.hidden = false; // a part failed: the person may try again
      return;
    }
    left = Number(next.dataset.left);
    box.querySelector("progress").value = next.querySelector("progress").value;
    box.querySelector("#run-told").textContent = next.querySelector("#run-told").textContent;
  }
  if (!isStopped) form.requestSubmit(go); // the last part leads to the list, which says what was done
}
