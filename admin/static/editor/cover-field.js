// <cover-field>: shows the picture that is named, and takes the point to keep by a press on it.
import { element } from "./element.js";

class CoverField extends HTMLElement {
  connectedCallback() {
    if (this.querySelector(".cover-look")) return;
    const [path, x, y] = ["cover", "cover_x", "cover_y"].map((name) =>
      this.querySelector(`[name=${name}]`),
    );
    const look = element("div", { class: "cover-look", title: this.dataset.label });
    const picture = element("img", { alt: "" });
    const point = element("span", { class: "cover-point" });
    look.append(picture, point);
    this.prepend(look);

    const show = () => {
      const address = path.value.trim();
      look.hidden = !address;
      const source = address.startsWith("/") ? this.dataset.root + address : address;
      if (address && picture.getAttribute("src") !== source) picture.src = source;
    };
    const mark = () => {
      point.style.left = `${x.value || 50}%`;
      point.style.top = `${y.value || 50}%`;
    };
    picture.addEventListener("error", () => (look.hidden = true));
    look.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      const part = (at, from, size) => Math.round(Math.min(Math.max((at - from) / size, 0), 1) * 100);
      x.value = part(event.clientX, box.left, box.width);
      y.value = part(event.clientY, box.top, box.height);
      for (const field of [x, y]) field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    for (const kind of ["input", "restored"]) {
      path.addEventListener(kind, show);
      for (const field of [x, y]) field.addEventListener(kind, mark);
    }
    show();
    mark();
  }
}

customElements.define("cover-field", CoverField);
