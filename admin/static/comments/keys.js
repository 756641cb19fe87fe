// The keys of one comment's page: what bears a key is pressed by it, a field gets the cursor.
const places = new Map(
  [...document.querySelectorAll("[data-key]")].filter((place) => place.dataset.key).map((place) => [place.dataset.key, place]),
);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (document.querySelector("dialog[open]") || isTyping(event.target)) return;
  const place = places.get(event.key);
  if (!place) return;
  event.preventDefault();
  if (place.matches("textarea")) place.focus();
  else place.click();
  if (place.matches("summary")) place.parentElement.querySelector("textarea, input:not([type=hidden])")?.focus();
});

function isTyping(element) {
  return element.matches('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]');
}
