// The console works without this: here is only what makes it quicker.
import { askBeforeSending } from "./confirm.js";
import { offerCopy } from "./copy.js";
import "./reload.js";
import { offerPalette } from "./palette.js";
import { openInDialog } from "./panels.js";
import { showStrength } from "./strength.js";
import { goOn } from "./run.js";
import { countSelection } from "./selection.js";
import { editInPlace } from "./cells.js";
import { useKeys } from "./keys.js";
import { undoByKey } from "./undo.js";

document.querySelectorAll("form[data-selection]").forEach(countSelection);
document.querySelectorAll("form").forEach(askBeforeSending);
document.querySelectorAll("[data-undo]").forEach((button, at) => at || undoByKey(button));
document.querySelectorAll("a[data-panel]").forEach(openInDialog);
document.querySelectorAll(".flash[data-copy]").forEach(offerCopy);
document.querySelectorAll("[data-strength]").forEach(showStrength);
document.querySelectorAll('[data-run="going"]').forEach(goOn);
document.querySelectorAll("table[data-cell-url]").forEach(editInPlace);
document.querySelectorAll("table[data-list]").forEach(useKeys);
document.querySelectorAll("[data-palette]").forEach(offerPalette);
document.getElementById("problems")?.focus();
