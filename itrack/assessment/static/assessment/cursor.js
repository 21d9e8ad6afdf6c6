// Which cell is current, and which block of cells is chosen from there. One cell is a tab stop, the others are not.

import { every, inputs, placeOf, rows } from "./sheet.js";

let here = inputs[0][0];
let anchor = here;
let extending = false;

export const current = () => here;
export const at = (row, column) => inputs[row]?.[column];
export const last = () => inputs.at(-1).at(-1);

export function go(input, extend = false) {
  if (!input) return false;
  extending = extend;
  input.focus();
  extending = false;
  return true;
}

export function arrived(input) {
  here.tabIndex = -1;
  here = input;
  here.tabIndex = 0;
  if (!extending) anchor = input;
  show();
  input.select();
}

export function chooseOnlyHere() {
  anchor = here;
  show();
}

export function corners() {
  const [[top, left], [bottom, right]] = [placeOf(anchor), placeOf(here)];
  return { top: Math.min(top, bottom), left: Math.min(left, right), bottom: Math.max(top, bottom), right: Math.max(left, right) };
}

// The chosen cells as rows; a single cell is a block of one.
export function block() {
  const { top, left, bottom, right } = corners();
  return inputs.slice(top, bottom + 1).map((line) => line.slice(left, right + 1));
}

export const several = () => anchor !== here;

let shown = [];
function show() {
  for (const input of shown) input.parentElement.removeAttribute("aria-selected");
  shown = several() ? block().flat() : [];
  for (const input of shown) input.parentElement.setAttribute("aria-selected", "true");
}

export function step(down, across) {
  const [row, column] = placeOf(here);
  return at(row + down, column + across);
}

// After a mark: the next pupil, and after the last one the first pupil of the next subject.
export function next() {
  const [row, column] = placeOf(here);
  return at(row + 1, column) ?? at(0, column + 1);
}

// Tab goes row by row; undefined past either end, where the browser takes over.
export function along(by) {
  const [row, column] = placeOf(here);
  const number = row * inputs[0].length + column + by;
  return every[number];
}

for (const input of every) input.tabIndex = -1;
for (const link of rows.flatMap((row) => Array.from(row.querySelectorAll("th a")))) link.tabIndex = -1;
here.tabIndex = 0;
