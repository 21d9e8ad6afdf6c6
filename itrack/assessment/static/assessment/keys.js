// What each key does in a cell. The list for readers stands on the page, under Keys.

import { could, expect, longest, oneKey, swallows, whole } from "./codes.js";
import { along, at, block, chooseOnlyHere, current, go, last, next, several, step } from "./cursor.js";
import { before, change, confirm, fillDown, onArrival, redo, settle, undo } from "./deeds.js";
import { inputs, paint, placeOf, rows, standing, tidy } from "./sheet.js";
import { PAUSE } from "./saving.js";
import { say } from "./voice.js";

const atEdge = (input, start) => oneKey || input.selectionStart !== input.selectionEnd ||
  input.selectionStart === (start ? 0 : input.value.length);

const row = () => placeOf(current())[0];
const ends = (control, first) => (control ? (first ? at(0, 0) : last()) : first ? inputs[row()][0] : inputs[row()].at(-1));

// Key → the cell it leads to; undefined leaves the key to the browser, null stays and does nothing.
const WAYS = {
  ArrowUp: () => step(-1, 0) ?? null,
  ArrowDown: () => step(1, 0) ?? null,
  ArrowRight: (event) => (event.shiftKey || atEdge(event.target, false) ? step(0, 1) ?? null : undefined),
  ArrowLeft: (event) => (event.shiftKey || atEdge(event.target, true) ? step(0, -1) ?? link(event) : undefined),
  Enter: (event) => step(event.shiftKey ? -1 : 1, 0) ?? null,
  Tab: (event) => along(event.shiftKey ? -1 : 1),
  Home: (event) => ends(event.ctrlKey, true),
  End: (event) => ends(event.ctrlKey, false),
};

// Left of the first subject stands the pupil's name, a link to the record.
const link = (event) => (event.shiftKey ? null : event.target.closest("tr").querySelector("th a"));

const DEEDS = {
  Escape: (event) => putBack(event.target),
  Delete: () => empty(),
  " ": () => agree(),
};
const CONTROL = {
  d: () => (several() ? fillDown(block()) : say("Choose a block first: Shift and the arrows.")),
  z: (event) => go(event.shiftKey ? redo() : undo()),
  y: () => go(redo()),
};

export function pressed(event) {
  if (event.isComposing || event.altKey) return;
  const control = event.ctrlKey || event.metaKey;
  const deed = control ? CONTROL[event.key.toLowerCase()] : DEEDS[event.key];
  if (deed) {
    event.preventDefault();
    return deed(event);
  }
  if (event.key === "Backspace" && several()) {
    event.preventDefault();
    return empty();
  }
  if (event.target.readOnly && !control && (event.key.length === 1 || event.key === "Backspace")) change([[event.target, ""]]);
  if (Object.hasOwn(WAYS, event.key) && (!control || event.key === "Home" || event.key === "End")) travel(event);
}

function travel(event) {
  const to = WAYS[event.key](event);
  if (to === undefined) return;
  event.preventDefault();
  if (to) go(to, event.shiftKey && (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End"));
}

function putBack(input) {
  chooseOnlyHere();
  const code = onArrival();
  if (tidy(input.value) === code && !input.getAttribute("aria-invalid")) return;
  input.value = code;
  change([[input, code]]);
  input.select();
}

function empty() {
  const filled = block().flat().filter((input) => input.value);
  change(filled.map((input) => [input, ""]), several() ? 0 : PAUSE);
}

function agree() {
  const unsure = confirm(block().flat());
  if (!unsure) return say("Nothing copied here. Space confirms a copied mark.");
  if (!several()) go(next());
}

export function swallow(event) {
  if (event.inputType === "insertText" && swallows(event.data)) event.preventDefault();
}

export function typed(event) {
  const input = event.target;
  if (oneKey && input.value.length > 1 && /^[A-Z]/i.test(input.value)) input.value = event.data || input.value.slice(-1);
  const text = tidy(input.value);
  const code = whole(text, false);
  if (code) return finish(input, text, code);
  if (text && (text.length >= longest || !could(text))) {
    // Not a mark: it is sent all the same, so that the refusal and its reason are the record's own.
    change([[input, text]]);
    return input.select();
  }
  if (!text) return change([[input, ""]], PAUSE);
  paint(input);
  return settle([input], PAUSE);
}

function finish(input, text, code) {
  expect(text, code);
  const cells = several() ? block().flat() : [input];
  change(cells.map((one) => [one, code]), PAUSE);
  if (cells.length > 1) input.select();
  else if (!go(next())) input.select();
}

// A cell that is left with the beginning of a code holds that code.
export function left(input) {
  const text = tidy(input.value);
  if (text === standing(input)) return;
  const code = whole(text, true);
  if (code && code !== text) change([[input, code]]);
  else if (text !== before(input)) change([[input, text]]);
}

export function onLink(event) {
  const line = rows.indexOf(event.target.closest("tr"));
  const ways = { ArrowRight: at(line, 0), ArrowUp: name(line - 1), ArrowDown: name(line + 1) };
  if (!ways[event.key]) return;
  event.preventDefault();
  ways[event.key].focus();
}
const name = (line) => rows[line]?.querySelector("th a");
