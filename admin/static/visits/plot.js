// A plot by keys, pointer and touch: the day at hand is marked and its numbers are said.

function connect(plot) {
  const days = [...plot.querySelectorAll(".plot-day")];
  const said = plot.querySelector("[data-plot-said]");
  const place = plot.querySelector("[data-plot-keys]");
  let at = -1;

  const show = (to) => {
    days[at]?.removeAttribute("data-here");
    at = Math.min(Math.max(to, 0), days.length - 1);
    days[at].setAttribute("data-here", "");
    said.textContent = days[at].textContent;
  };
  const leave = () => {
    days[at]?.removeAttribute("data-here");
    said.textContent = "";
    at = -1;
  };

  place.tabIndex = 0;
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", plot.querySelector("figcaption").textContent);
  place.addEventListener("focus", () => at < 0 && show(days.length - 1));
  place.addEventListener("blur", leave);
  place.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: days.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    show(to);
  });
  for (const type of ["pointermove", "pointerdown"]) {
    place.addEventListener(type, (event) => {
      const day = days.indexOf(event.target);
      if (day >= 0) show(day);
    });
  }
  place.addEventListener("pointerleave", () => document.activeElement === place || leave());
}

document.querySelectorAll("[data-plot]").forEach(connect);
