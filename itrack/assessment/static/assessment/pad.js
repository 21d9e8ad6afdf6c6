// Where there is a touch screen: a row of keys with the marks, in place of the screen's keyboard, which would cover half
// of the class. A keyboard that is plugged in goes on working.

import { block, current, go, next, several } from "./cursor.js";
import { scored, signs } from "./codes.js";
import { change } from "./deeds.js";
import { PAUSE } from "./saving.js";
import { every, form, grid } from "./sheet.js";

function put(code) {
  const cells = several() ? block().flat() : [current()];
  change(cells.map((input) => [input, code]), PAUSE);
  if (cells.length > 1 || !go(next())) go(current(), true);
}

// A figure is typed as a keyboard would type it: it takes the place of a mark that is there, and is added to its own.
function type(figure) {
  const input = current();
  if (input.readOnly) return;
  const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  input.value = all ? figure : input.value + figure;
  input.dispatchEvent(new InputEvent("input", { bubbles: true, data: figure }));
}

function key(words, deed, css) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = css ? `button ${css}` : "button";
  made.textContent = words;
  // The cell stays the place where one is: a tap here does not take the focus from it.
  made.addEventListener("pointerdown", (event) => event.preventDefault());
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", deed);
  return made;
}

export function lay() {
  if (form.querySelector(".pad") || every.every((input) => input.readOnly)) return;
  const pad = document.createElement("div");
  pad.className = "pad no-print";
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", "Marks to tap");
  const codes = grid.dataset.codes.trim().split(" ").filter(Boolean).map((pair) => pair.split(":"));
  if (scored) pad.append(...Array.from(`1234567890${signs}`, (figure) => key(figure, () => type(figure), "")));
  pad.append(...codes.map(([code, css]) => key(code, () => put(code), css)), key("Clear", () => put(""), ""));
  if (scored) pad.append(key("Next", () => go(next()), ""));
  grid.parentElement.after(pad);
  for (const input of every) input.inputMode = "none";
}

if (matchMedia("(pointer: coarse)").matches) lay();
else grid.addEventListener("pointerdown", (event) => event.pointerType === "touch" && lay());
