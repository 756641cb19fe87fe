// How hard a new password is to guess, roughly: its length counts most. The server has the last word.
const LEVELS = ["short", "weak", "fair", "strong"];

function level(text) {
  const letters = [...text];
  if (letters.length < 10) return 0;
  const kinds = new Set(letters).size;
  const wide = letters.filter((letter) => letter.codePointAt(0) > 0x2e7f).length;
  const bits = Math.min(letters.length * 2.3, kinds * 4.5) + wide * 4;
  return bits < 28 ? 1 : bits < 42 ? 2 : 3;
}

export function showStrength(note) {
  const field = document.getElementById(note.dataset.strength);
  const meter = note.querySelector("meter");
  const words = note.querySelector("span");
  field?.addEventListener("input", () => {
    const found = level(field.value);
    note.hidden = !field.value;
    meter.value = found;
    words.textContent = note.dataset[LEVELS[found]];
  });
}
