// The objectives grid is the marks grid with other columns: the same sheet, cursor, keys, deeds, clipboard, pad, saving
// and voice. What it has beside them: a whole row, column or grid is chosen by one key, then a letter sets it.

import { copy, paste } from "../assessment/clipboard.js";
import { arrived, at, current, go, several } from "../assessment/cursor.js";
import { arrive } from "../assessment/deeds.js";
import { left, onLink, pressed, swallow, typed } from "../assessment/keys.js";
import "../assessment/others.js";
import "../assessment/pad.js";
import { restore, soon } from "../assessment/saving.js";
import { every, grid, inputs, placeOf } from "../assessment/sheet.js";
import { say } from "../assessment/voice.js";

const inCell = (react) => (event) => event.target.matches("td.m input") && react(event);
const bottom = inputs.length - 1;
const right = inputs[0].length - 1;

function choose(from, to, words) {
  go(from);
  go(to, true);
  say(`${words} chosen. A letter sets it.`);
}

export function chooseColumn(column) {
  choose(at(0, column), at(bottom, column), `Statement ${column + 1} for ${inputs.length} pupils`);
}

function chooseRow(row) {
  choose(at(row, 0), at(row, right), `All ${right + 1} statements of this pupil`);
}

// Ctrl Space is the column, Shift Space the row, Ctrl A all of it, as in a spreadsheet.
function whole(event) {
  const [row, column] = placeOf(event.target);
  const control = event.ctrlKey || event.metaKey;
  if (event.key === " " && control) chooseColumn(column);
  else if (event.key === " " && event.shiftKey) chooseRow(row);
  else if (event.key === " ") say("Shift Space chooses the row, Ctrl Space the column.");
  else if (control && event.key.toLowerCase() === "a") choose(at(0, 0), at(bottom, right), "Every cell");
  else return false;
  event.preventDefault();
  return true;
}

function come(event) {
  arrive(event.target);
  arrived(event.target);
}

function leave(event) {
  left(event.target);
  if (!grid.contains(event.relatedTarget)) soon(0);
}

function reach(event) {
  if (!event.shiftKey) return;
  event.preventDefault();
  go(event.target, true);
}

// A click on a statement's head chooses its column.
function head(event) {
  const cell = event.target.closest("thead th");
  const column = cell ? cell.cellIndex - 1 : -1;
  if (column >= 0 && column <= right && !event.target.closest("a")) chooseColumn(column);
}

for (const input of every) input.maxLength = 1;
grid.setAttribute("aria-multiselectable", "true");
grid.addEventListener("input", inCell(typed));
grid.addEventListener("beforeinput", inCell(swallow));
grid.addEventListener("keydown", (event) => {
  if (event.target.matches("th a")) onLink(event);
  else inCell((one) => whole(one) || pressed(one))(event);
});
grid.addEventListener("focusin", inCell(come));
grid.addEventListener("focusout", inCell(leave));
grid.addEventListener("mousedown", inCell(reach));
grid.addEventListener("click", inCell((event) => !several() && event.target.select()));
grid.addEventListener("click", head);
grid.addEventListener("paste", inCell(paste));
grid.addEventListener("copy", inCell(copy));
restore();

// Whoever has a keyboard begins at the first cell that is empty; what the page has to say first is not jumped over.
const first = every.find((input) => !input.value) ?? current();
const quiet = document.activeElement === document.body && !location.hash && !document.querySelector("main .banner");
if (quiet && matchMedia("(hover: hover) and (pointer: fine)").matches) go(first);
