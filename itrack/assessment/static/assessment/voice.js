// The one line that says how saving stands, spoken at most once a second, and the one that says at once what was refused.

import { columnOf, turnedDown } from "./sheet.js";

const GAP = 1000;
const state = document.getElementById("state");
const refusals = document.getElementById("refusals");
let last = 0;
let timer = 0;
let due = null;
let left = "";

// `link` is [words, address]; a line that is already there is not said again.
export function say(words, kind = "", link = null) {
  due = { words, kind, link };
  clearTimeout(timer);
  timer = setTimeout(utter, Math.max(0, last + GAP - Date.now()));
}

function utter() {
  const { words, kind, link } = due;
  last = Date.now();
  state.className = `state ${kind}`;
  if (state.dataset.said === words) return;
  state.dataset.said = words;
  // A link that stays is left in its place: somebody may be pressing it.
  const anchor = link && (state.querySelector("a") ?? document.createElement("a"));
  if (!anchor?.isConnected) state.replaceChildren(words, ...(anchor ? [" ", anchor] : []));
  else state.firstChild.data = words;
  if (anchor) [anchor.textContent, anchor.href] = link;
}

export function sayRefused(fresh) {
  const words = [turnedDown.size && `${turnedDown.size} not accepted`, left].filter(Boolean).join(". ");
  refusals.className = turnedDown.size ? "state bad" : left && "state wait";
  if (fresh.length || (refusals.firstChild?.textContent ?? "") !== words) refusals.textContent = words;
  if (!fresh.length) return;
  const heard = document.createElement("span");
  heard.className = "seen-by-ear";
  heard.textContent = `: ${fresh.map((input) => `${columnOf(input)}: ${turnedDown.get(input).reason}`).join(" ")}`;
  refusals.append(heard);
}

// What a deed had to leave alone stays said until the next one.
export function sayLeft(words) {
  left = words;
  sayRefused([]);
}
