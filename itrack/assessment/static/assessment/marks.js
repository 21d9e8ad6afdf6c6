// Joins the grid's parts to the page: sheet (what stands), cursor and keys (moving, typing), deeds (change and undo),
// clipboard (blocks), pad (touch), saving and post (to the record), others (what colleagues do), panel (beside the
// grid), voice (what is said). The form works without any of it.

import { copy, paste } from "./clipboard.js";
import { longest } from "./codes.js";
import { arrived, current, go, several } from "./cursor.js";
import { arrive, confirm } from "./deeds.js";
import { left, onLink, pressed, swallow, typed } from "./keys.js";
import "./others.js";
import "./pad.js";
import { turnTo, visit } from "./panel.js";
import { restore, soon } from "./saving.js";
import { every, grid, inputs } from "./sheet.js";

const inCell = (react) => (event) => event.target.matches("td.m input") && react(event);

function come(event) {
  arrive(event.target);
  arrived(event.target);
  turnTo(event.target);
}

function leave(event) {
  left(event.target);
  if (!grid.contains(event.relatedTarget)) soon(0);
}

function choose(event) {
  if (!event.shiftKey) return;
  event.preventDefault();
  go(event.target, true);
}

// The button in a column's head confirms what was copied there, without leaving the page.
function confirmColumn(event) {
  const button = event.target.closest("button[name=confirm-column]");
  if (!button) return;
  event.preventDefault();
  const column = button.closest("th").cellIndex - 1;
  confirm(inputs.map((line) => line[column]));
  go(inputs[0][column]);
}

for (const input of every) if (longest > 1) input.maxLength = longest; // left out of the page, which is kept small
grid.setAttribute("aria-multiselectable", "true");
grid.addEventListener("input", inCell(typed));
grid.addEventListener("beforeinput", inCell(swallow));
grid.addEventListener("keydown", (event) => (event.target.matches("th a") ? onLink(event) : inCell(pressed)(event)));
grid.addEventListener("focusin", inCell(come));
grid.addEventListener("focusout", inCell(leave));
grid.addEventListener("mousedown", inCell(choose));
grid.addEventListener("click", inCell((event) => !several() && event.target.select()));
grid.addEventListener("paste", inCell(paste));
grid.addEventListener("copy", inCell(copy));
grid.addEventListener("click", confirmColumn);
document.addEventListener("keydown", (event) => visit(event, current()));
restore();

// Whoever has a keyboard begins at the first mark that is missing. A touch would only raise the screen's keyboard, and
// what the page has to say first, such as a refusal, is not jumped over.
const first = every.find((input) => !input.value && !input.readOnly) ?? every.find((input) => !input.readOnly) ?? every[0];
const quiet = document.activeElement === document.body && !location.hash && !document.querySelector("main .banner:not(#locked)");
if (quiet && matchMedia("(hover: hover) and (pointer: fine)").matches) go(first);
