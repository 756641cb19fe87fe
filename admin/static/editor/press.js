// What a press sets off may move what lies below the pointer, and the click would miss it.

let isDown = false;
addEventListener("mousedown", () => (isDown = true), true);
addEventListener("mouseup", () => (isDown = false), true);

/** Call at once, or while a mouse button is down as soon as its click is over. */
export function afterPress(call) {
  if (isDown) addEventListener("mouseup", () => setTimeout(call), { once: true });
  else call();
}
