// When is a code whole? One letter is at once; EXS as soon as no other begins like it, and what is typed of it after
// that is swallowed, so that E alone and EXS written out do the same.

import { grid } from "./sheet.js";

const codes = grid.dataset.codes.trim().split(" ").map((pair) => pair.split(":")[0]);
export const longest = Math.max(...codes.map((code) => code.length));
const starts = new Set(codes.map((code) => code[0]));

export const isCode = (text) => codes.includes(text);

// The code that a typed text comes to, "" while it may still become another; `left` says that the cell is being left.
export function whole(text, left) {
  const could = codes.filter((code) => code.startsWith(text));
  if (!text || !could.length) return "";
  if (could.length > 1) return left && isCode(text) ? text : "";
  const rest = could[0].slice(text.length);
  const safe = Array.from(rest).every((letter) => !starts.has(letter));
  return left || safe ? could[0] : "";
}

let rest = "";
export function expect(typed, code) {
  rest = code.slice(typed.length);
}

// True when this letter is the tail of a code that was complete without it.
export function swallows(letter) {
  const tail = letter && letter.toUpperCase() === rest[0];
  rest = tail ? rest.slice(1) : "";
  return Boolean(tail);
}
