// Everything that changes cells goes through here: it can be undone, is kept on this computer, and is sent.

import { at } from "./cursor.js";
import { columnOf, confirming, copied, noteAll, paint, sinceWhen, standing, tidy, told, turnedDown } from "./sheet.js";
import { keep, soon } from "./saving.js";
import { say, sayLeft } from "./voice.js";

const MOST = 200;
const done = [];
const undone = [];
const held = new Map(); // what a cell held before its latest deed

export const remember = (input) => held.set(input, tidy(input.value));
let found = "";
export function arrive(input) {
  remember(input);
  found = before(input);
}
export const onArrival = () => found; // what Escape puts back
export const before = (input) => (turnedDown.has(input) ? standing(input) : held.get(input) ?? standing(input));

// `cells` is [input, code] pairs. A copied mark that is typed as it stands is confirmed by that.
export function change(all, pause = 0) {
  const cells = all.filter(([input]) => !input.readOnly);
  const deed = new Map();
  for (const [input, code] of cells) {
    // Taking back what was made of a copy would make a mark of the copy, so that is left to Undo last change.
    if (!copied(input) && before(input) !== code) deed.set(input, [before(input), code]);
    put(input, code);
  }
  if (deed.size) {
    done.push(deed);
    undone.length = 0;
    if (done.length > MOST) done.shift();
  }
  settle(cells.map(([input]) => input), pause);
  if (cells.length < all.length) sayLeft(locked(all, all.length - cells.length));
}

// A point that is past can be read; its marks are left as they are, and that is said.
function locked(all, n) {
  const first = all.find(([input]) => input.readOnly)[0];
  return `${n} mark${n === 1 ? "" : "s"} left alone: ${columnOf(first)} is ${sinceWhen(first)}`;
}

function put(input, code) {
  if (copied(input) && tidy(code) === standing(input)) confirming.add(input);
  else confirming.delete(input);
  input.value = code;
  turnedDown.delete(input);
  told.delete(input);
  remember(input);
  paint(input);
}

export function settle(some, pause) {
  noteAll(some);
  sayLeft("");
  keep();
  soon(pause);
}

function walk(from, to, side, words) {
  const deed = from.pop();
  if (!deed) return say(`Nothing of this visit is left to ${words}.`);
  const ours = Array.from(deed).filter(([input, pair]) => tidy(input.value) === pair[1 - side]);
  for (const [input, pair] of ours) put(input, pair[side]);
  to.push(new Map(ours));
  settle(ours.map(([input]) => input), 0);
  const left = deed.size - ours.length;
  if (left) say(`${left} left alone: somebody has changed them since.`);
  return ours[0]?.[0];
}

export const undo = () => walk(done, undone, 0, "undo");
export const redo = () => walk(undone, done, 1, "redo");

export function confirm(cells) {
  const unsure = cells.filter((input) => copied(input) && !input.readOnly);
  for (const input of unsure) {
    confirming.add(input);
    paint(input);
  }
  settle(unsure, 0);
  return unsure.length;
}

// The first row of a block goes into those below it.
export function fillDown(block) {
  const [first, ...below] = block;
  change(below.flatMap((line) => line.map((input, column) => [input, tidy(first[column].value)])));
}

// `table` is rows of texts, put in from the cell at (row, column); says how much had no place.
export function putBlock(table, row, column) {
  const cells = table.flatMap((line, down) => line.map((text, across) => [at(row + down, column + across), tidy(text)]));
  const placed = cells.filter(([input]) => input);
  change(placed);
  const over = cells.length - placed.length;
  const shut = placed.filter(([input]) => input.readOnly).length;
  const pasted = placed.length - shut;
  say(`${pasted} ${pasted === 1 ? "mark" : "marks"} pasted.`);
  const left = [over && `${over} had no place in this grid and were left out`, shut && locked(placed, shut)];
  sayLeft(left.filter(Boolean).join("; "));
}
