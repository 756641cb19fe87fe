// Wall clocks of a zone and instants, by what the browser knows of zones.

/** Return the instant at which the clocks of a zone show `2026-03-01T08:30`, in milliseconds. */
export function instantOf(wall, zone) {
  const meant = Date.parse(`${wall}Z`);
  if (Number.isNaN(meant)) return null;
  let instant = meant;
  for (let round = 0; round < 2; round += 1) instant = meant - (wallOf(instant, zone) - instant);
  return instant;
}

/** Write an instant as a person reads it in a zone. */
export function readInstant(instant, zone, language) {
  const form = { dateStyle: "long", timeStyle: "short", timeZone: zone };
  return new Intl.DateTimeFormat(language, form).format(instant);
}

function wallOf(instant, zone) {
  const form = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const part = Object.fromEntries(form.formatToParts(instant).map(({ type, value }) => [type, value]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
}
