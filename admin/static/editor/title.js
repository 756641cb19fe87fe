// The title grows with its words, and is one line of text however many it takes to show it.

/** Keep line ends out of the title; Enter goes on to the text. */
export function connectTitle(field, goOn) {
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (!event.ctrlKey && !event.metaKey) goOn();
  });
  field.addEventListener("input", () => {
    if (field.value.includes("\n")) field.value = field.value.replace(/\s*\n\s*/g, " ");
  });
  if (CSS.supports("field-sizing", "content")) return;
  for (const kind of ["input", "restored"]) field.addEventListener(kind, grow);
  grow();
}
