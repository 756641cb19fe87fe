// Tags as one line of text, read and written as the server does: quotes around names with commas.

const COMMAS = ",，、";
const PIECE = new RegExp(
  `\\s*(?:"((?:[^"]|"")*)"\\s*(?=[${COMMAS}]|$)|([^${COMMAS}]*))(?:[${COMMAS}]|$)`,
  "uy",
);
const ODD = new RegExp(`[${COMMAS}]|^"|^\\s|\\s$`, "u");

/** Tell whether a character parts one tag from the next. */
export const isComma = (char) => char.length > 0 && COMMAS.includes(char);

/** Return the names as one line. */
export function joinTags(names) {
  return names
    .map((name) => (ODD.test(name) ? `"${name.replaceAll('"', '""')}"` : name))
    .join(", ");
}

/** Return the names in a line. */
export function splitTags(line) {
  const names = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < line.length) {
    const match = PIECE.exec(line);
    if (!match) break;
    const name = (match[1]?.replaceAll('""', '"') ?? match[2]).trim();
    if (name) names.push(name);
  }
  return names;
}
