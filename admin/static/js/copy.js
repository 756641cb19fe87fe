// A link that is shown once has a button that copies it, where the browser lets pages do that.

/** Put the button below the link, within the same box. */
export function offerCopy(link) {
  if (!navigator.clipboard) return;
  const address = link.textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small flash-copy";
  button.textContent = link.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(address);
    button.textContent = link.dataset.copied;
  });
  link.after(button);
}
