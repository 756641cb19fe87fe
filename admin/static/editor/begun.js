// A new post that was kept by itself is a draft from then on: its bar says so, without a reload.

/** Once the server has given the form's post a number, call `show(bar)` and take over its words. */
export function watchBeginning(form, show) {
  const observer = new MutationObserver(async () => {
    observer.disconnect();
    const answer = await fetch(form.getAttribute("action")).catch(() => undefined);
    if (!answer?.ok || answer.redirected) return; // the bar is right again after the next save
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    const bar = made.querySelector(".editor-bar");
    if (!bar) return;
    document.title = made.title;
    form.querySelector(".editor-what").replaceWith(bar.querySelector(".editor-what"));
    const more = bar.querySelector("details.more");
    if (more) form.querySelector(".editor-buttons").append(more);
    show(more);
  });
  if (!/^\d+$/.test(form.dataset.post)) {
    observer.observe(form, { attributes: true, attributeFilter: ["data-post"] });
  }
}
