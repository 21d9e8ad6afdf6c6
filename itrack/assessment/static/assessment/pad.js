// Where there is a touch screen: a row of keys with the marks, in place of the screen's keyboard, which would cover half
// of the class. A keyboard that is plugged in goes on working.

import { block, current, go, next, several } from "./cursor.js";
import { change } from "./deeds.js";
import { PAUSE } from "./saving.js";
import { every, form, grid } from "./sheet.js";

function put(code) {
  const cells = several() ? block().flat() : [current()];
  change(cells.map((input) => [input, code]), PAUSE);
  if (cells.length > 1 || !go(next())) go(current(), true);
}

function key(words, code, css) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = css ? `button ${css}` : "button";
  made.textContent = words;
  // The cell stays the place where one is: a tap here does not take the focus from it.
  made.addEventListener("pointerdown", (event) => event.preventDefault());
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", () => put(code));
  return made;
}

export function lay() {
  if (form.querySelector(".pad") || every.every((input) => input.readOnly)) return;
  const pad = document.createElement("div");
  pad.className = "pad no-print";
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", "Marks to tap");
  const codes = grid.dataset.codes.trim().split(" ").map((pair) => pair.split(":"));
  pad.append(...codes.map(([code, css]) => key(code, code, css)), key("Clear", "", ""));
  grid.parentElement.after(pad);
  for (const input of every) input.inputMode = "none";
}

if (matchMedia("(pointer: coarse)").matches) lay();
else grid.addEventListener("pointerdown", (event) => event.pointerType === "touch" && lay());
