// The console works without this: here is only what makes it quicker.
import { askBeforeSending } from "./confirm.js";
import "./reload.js";
import { countSelection } from "./selection.js";

document.querySelectorAll("form[data-selection]").forEach(countSelection);
document.querySelectorAll("form").forEach(askBeforeSending);
document.getElementById("problems")?.focus();
