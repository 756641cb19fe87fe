// A month by its keys: arrows go from day to day, Page Up and Page Down from month to month.
const DAY = 86_400_000;
const table = document.querySelector("[data-calendar]");
const days = [...table.querySelectorAll("[data-day]")];
const links = { before: find("[data-before]"), after: find("[data-after]") };

const steps = {
  ArrowLeft: (day) => moved(day, -1),
  ArrowRight: (day) => moved(day, 1),
  ArrowUp: (day) => moved(day, -7),
  ArrowDown: (day) => moved(day, 7),
  PageUp: (day) => inMonth(day, -1),
  PageDown: (day) => inMonth(day, 1),
};

/** One day alone is reached by Tab; what stands on the days is reached as ever. */
function rove(chosen) {
  for (const day of days) day.tabIndex = day === chosen ? 0 : -1;
}

function find(selector) {
  return document.querySelector(selector);
}

function moved(written, by) {
  return new Date(Date.parse(written) + by * DAY).toISOString().slice(0, 10);
}

/** The same day of another month, or its last one. */
function inMonth(written, by) {
  const [year, month, day] = written.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + by, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + by, Math.min(day, last))).toISOString().slice(0, 10);
}

/** Go to a day: to the month that has it where this page does not. */
function go(from, written, isOtherMonth) {
  const day = days.find((one) => one.dataset.day === written);
  if (day && !isOtherMonth) {
    rove(day);
    day.focus();
    return;
  }
  const link = written < from ? links.before : links.after;
  if (link) location.assign(`${link.href}#day-${written}`);
}

/** On a phone the days stand in a list, those without anything left out. */
function goInList(from, by) {
  const seen = days.filter((day) => day.checkVisibility());
  const next = seen[seen.indexOf(from) + by];
  if (!next) return;
  rove(next);
  next.focus();
}

table.addEventListener("keydown", (event) => {
  const from = event.target.closest("[data-day]");
  const step = steps[event.key];
  if (!from || !step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  const isPage = event.key.startsWith("Page");
  if (!isPage && getComputedStyle(table).display === "block") {
    goInList(from, ["ArrowLeft", "ArrowUp"].includes(event.key) ? -1 : 1);
  } else {
    go(from.dataset.day, step(from.dataset.day), isPage);
  }
});
table.addEventListener("focusin", (event) => {
  const day = event.target.closest("[data-day]");
  if (day) rove(day);
});

const wanted = days.find((day) => `#${day.id}` === location.hash);
const first = wanted ?? find("#today [data-day]") ?? find("td:not(.calendar-beside) [data-day]");
rove(first);
if (wanted || location.hash === "#today") first.focus();
