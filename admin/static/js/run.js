// Goes on with a change of many rows by itself, part after part, until it is done or stopped.
export async function goOn(box) {
  const form = box.querySelector("form");
  if (!form) return;
  let isStopped = false;
  form.addEventListener("submit", () => (isStopped = true));
  form.querySelector("[data-go]").hidden = true;
  while (!isStopped) {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    const next = new DOMParser().parseFromString(text, "text/html").querySelector("[data-run]");
    if (isStopped) return;
    if (!next) {
      if (answer?.ok) return location.assign(answer.url); // the list, which says what was done
      form.querySelector("[data-go]").hidden = false; // a part failed: the person may try again
      return;
    }
    box.querySelector("progress").value = next.querySelector("progress").value;
    box.querySelector("#run-told").textContent = next.querySelector("#run-told").textContent;
  }
}
