// Sends what waits, keeps it on this computer until it is acknowledged, and tries again when a send did not get through.

import { address, parcel, post } from "./post.js";
import { could, longest, whole } from "./codes.js";
import {
  confirming, copied, count, every, form, learn, named, noteAll, nowStands, paint, stands, tidy, turnedDown, waits, wasOf,
} from "./sheet.js";
import { say, sayRefused } from "./voice.js";
import { sheets, store } from "../ui/waiting.js";

export const PAUSE = 400; // after the last key, in milliseconds
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60000;
const here = address();
const kept = new Set(); // cells this page has put on this computer; another tab's are left alone
let timer = 0;
let retry = FIRST_RETRY;
let busy = false;
let saves = 0;
let safe = true; // what waits is on this computer too
let out = false; // the last answer was that nobody is signed in

export const isBusy = () => busy;
export const savesSoFar = () => saves;

// A code that could still grow into another waits for the next key, or for the cell to be left.
function finished(input) {
  const typed = tidy(input.value);
  return input !== document.activeElement || !typed || typed.length >= longest || !could(typed) || whole(typed, false) !== "";
}

const ready = () => every.filter((input) => waits(input) && finished(input));

export function keep() {
  const cells = { ...sheets()[here] };
  for (const input of every) {
    if (waits(input)) cells[input.name] = [tidy(input.value), stands(input), confirming.has(input) ? 1 : 0];
    else if (kept.has(input.name)) delete cells[input.name];
    if (waits(input)) kept.add(input.name);
  }
  form.dataset.waiting = String(Object.keys(cells).length);
  safe = store(here, cells);
}

export function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
}

// One save is under way at a time, so each knows what the one before it left standing.
async function send() {
  if (busy) return;
  const sent = new Map(ready().map((input) => [input, [tidy(input.value), stands(input), confirming.has(input) ? 1 : 0]]));
  if (!sent.size) return;
  busy = true;
  // Who is on the way to the link that signs in must find it where it stood.
  if (!out) say("Saving…");
  const answer = await post(form.dataset.cells, parcel(here, Array.from(sent, ([input, told]) => [input.name, ...told])));
  busy = false;
  out = answer.failed === "out";
  if (answer.failed) return wait(answer.failed);
  retry = FIRST_RETRY;
  take(sent, answer);
  soon(PAUSE);
}

const marks = (n) => `${n} mark${n === 1 ? " waits" : "s wait"}`;

function wait(why) {
  const waiting = marks(ready().length) + (safe ? " on this computer" : " on this page: keep it open");
  if (out) {
    return say(`You are signed out. ${waiting}.`, "bad", ["Sign in to save", signInAddress()]);
  }
  if (why === "network") say(`No connection: ${waiting}`, "wait");
  else say(`Not saved: the record was not changed. ${waiting}.`, "bad");
  soon(retry);
  retry = Math.min(retry * 2, LONGEST_RETRY);
}

const signInAddress = () => `${form.dataset.signIn}?next=${encodeURIComponent(here)}`;

function take(sent, answer) {
  const refused = new Map(answer.refused.map((one) => [one.cell, one]));
  learn(answer.shown);
  const fresh = [];
  for (const [input, [typed]] of sent) {
    const no = refused.get(input.name);
    if (no) {
      turnDown(input, typed, no);
      fresh.push(input);
    } else {
      nowStands(input, spelt(input, typed, answer.shown?.[input.name]));
      turnedDown.delete(input);
    }
    confirming.delete(input);
    paint(input);
  }
  saves += 1;
  noteAll(sent.keys());
  sayRefused(fresh);
  keep();
  count();
  say(`Saved at ${answer.at}`, "ok");
  form.dispatchEvent(new Event("saved"));
}

// The record may write a mark otherwise than it was typed: 67.0 is 67, and 2E is 2:E.
function spelt(input, typed, told) {
  if (!told) return typed;
  if (tidy(input.value) === typed) input.value = told[0];
  return told[0];
}

function turnDown(input, typed, no) {
  nowStands(input, no.stands);
  turnedDown.set(input, { typed, reason: no.reason, overtaken: no.overtaken });
  // What somebody else put there is shown, so that no later save replaces it unawares.
  if (no.overtaken && tidy(input.value) === typed) input.value = no.stands.replace("?", "");
}

// What an earlier visit left waiting here goes back into its cells, with what the page had shown then.
export function restore() {
  const left = Object.entries(sheets()[here] ?? {}).filter(([name]) => named(name));
  for (const [name, [code, was, confirms]] of left) {
    const input = named(name);
    kept.add(name);
    nowStands(input, was);
    input.value = code;
    if (confirms && copied(input)) confirming.add(input);
    paint(input);
  }
  keep();
  if (left.length) say(`${marks(left.length)} on this computer. Saving…`, "wait");
  soon(left.length ? 0 : PAUSE);
}

window.addEventListener("online", () => soon(0));
window.addEventListener("beforeunload", (event) => {
  if (!safe && !form.dataset.leaving && every.some(waits)) event.preventDefault();
});
form.addEventListener("submit", () => { form.dataset.leaving = "yes"; });
