// When is a code whole? One letter is at once; EXS as soon as no other begins like it, and what is typed of it after
// that is swallowed, so that E alone and EXS written out do the same.

import { grid } from "./sheet.js";

const codes = grid.dataset.codes.trim().split(" ").filter(Boolean).map((pair) => pair.split(":")[0]);
const [kind, low, high] = (grid.dataset.typing ?? "").split(" ");
export const scored = Boolean(high);
// What a score has beside figures.
export const signs = { age: ":", percentage: "." }[kind] ?? "";
const aYear = !["ladder", "age", "statement"].includes(kind);
const LONGEST_SCORE = 6; // 100.25, or 12:11
export const longest = Math.max(scored ? LONGEST_SCORE : 0, ...codes.map((code) => code.length)) + (aYear ? 3 : 0);
// One key is a whole mark: then a cell needs no place inside it to be at.
export const oneKey = !scored && codes.every((code) => code.length === 1);
const starts = new Set(codes.map((code) => code[0]));

const scoreSeen = (text) => scored && /^[0-9]+([.:][0-9]+)?%?$/.test(text);
export const isCode = (text) => codes.includes(text) || scoreSeen(text) || Boolean(ofYear(text)[0]);

// "2E" and "2:E" are E against Year 2: [what stands in front, the rest]. Of scores only the second is one.
function ofYear(text) {
  const found = aYear && !codes.includes(text) && (scored ? /^([0-9R]{1,2}:)(.*)$/ : /^([0-9]{1,2}:?|R:)(.*)$/).exec(text);
  return found ? [found[1], found[2]] : ["", text];
}

// The mark that a typed text comes to, "" while it may still become another; `left` says that the cell is being left.
export function whole(typed, left) {
  const [year, text] = ofYear(typed);
  if (year && !text) return "";
  const mark = scored && /^[0-9]/.test(text) ? wholeScore(text, left) : wholeCode(text, left);
  return mark && year + mark;
}

function wholeCode(text, left) {
  const could = codes.filter((code) => code.startsWith(text));
  if (!text || !could.length) return "";
  if (could.length > 1) return left && codes.includes(text) ? text : "";
  const rest = could[0].slice(text.length);
  const safe = Array.from(rest).every((letter) => !starts.has(letter));
  return left || safe ? could[0] : "";
}

// Whether what is typed so far may become a mark.
export function could(typed) {
  const [, text] = ofYear(typed);
  return !text || (scored && /^[0-9]/.test(text)) || codes.some((code) => code.startsWith(text));
}

// A score is whole as soon as another figure would take it out of range, so that most need no Enter.
function wholeScore(text, left) {
  if (left) return text;
  if (kind === "age") return /^[0-9]{1,2}:[0-9]{2}$/.test(text) ? text : "";
  if (kind === "percentage") return text === "100" || text.endsWith("%") ? text : "";
  const most = Number(high);
  if (!/^[0-9]+$/.test(text) || Number(text) > most) return text;
  return grows(Number(text), Number(low), most) ? "" : text;
}

// Whether more figures may still make a score of it: 1 is none from 70 to 130, but may become 104.
function grows(figures, least, most) {
  for (let more = 10; figures && figures * more <= most; more *= 10) {
    if (figures * more + more - 1 >= least) return true;
  }
  return false;
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
