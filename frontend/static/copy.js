// A button on each block of code that copies it.

const { copy, copied } = document.body.dataset;

function addButton(block) {
  const frame = document.createElement("div");
  frame.className = "snippet";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.innerText);
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), 2000);
  });
  block.replaceWith(frame);
  frame.append(block, button);
}

if (navigator.clipboard) {
  document.querySelectorAll(".prose pre").forEach(addButton);
}
