// What somebody else has changed on this sheet since it was shown: looked up now and then, and shown without a reload.

import { current } from "./cursor.js";
import { remember } from "./deeds.js";
import { get, standingNow } from "./post.js";
import { confirming, copied, count, every, form, learn, noteAll, nowStands, paint, pupilOf, stands, tidy, told, turnedDown, waits } from "./sheet.js";
import { isBusy, savesSoFar } from "./saving.js";
import { say } from "./voice.js";

const EVERY = 10000;
const IDLE = 10 * 60 * 1000; // nobody is there any more: stop asking, so that the session may end
const opened = Date.now();
const AFTER_SAVE = 1500; // who typed in the same cell at the same moment is told soon
const heard = new Map();
let lastKey = opened;
let next = 0;

export async function look() {
  if (document.hidden || isBusy() || Date.now() - lastKey > IDLE) return;
  const before = savesSoFar();
  const answer = await get(standingNow());
  if (answer.failed || isBusy() || savesSoFar() !== before) return;
  learn(answer.shown);
  const news = every.filter((input) => apply(input, answer));
  if (!news.length) return;
  noteAll(news);
  count();
  const what = heard.has(news[0]) ? "Two of you in one cell" : "Changed by somebody else";
  say(news.length === 1 ? `${what}: ${told.get(news[0])}` : `${news.length} marks were changed, or wanted otherwise, by somebody else. The notes say which.`, "wait");
}

function apply(input, answer) {
  const line = answer.rows[pupilOf(input)];
  if (line === undefined || waits(input)) return false;
  if (hear(input, answer.wanted[input.name])) return true;
  // By its id: subjects may have come, gone or changed places since this page was shown.
  const code = line.split(",")[answer.columns.indexOf(Number(input.name.split("-")[1]))];
  if (code === undefined || code === stands(input)) return false;
  nowStands(input, code);
  confirming.delete(input);
  if (input !== document.activeElement || tidy(input.value) !== code) input.value = code.replace("?", "");
  turnedDown.delete(input);
  if (input === current() && document.activeElement === input) input.select();
  remember(input);
  told.set(input, answer.said[input.name] ?? (copied(input) ? "copied from the last point." : "this mark was taken back."));
  paint(input);
  return true;
}

// A colleague would have put another mark in place of this person's, and was told that it stands. Said once.
function hear(input, words) {
  if (!words || heard.get(input) === words) return false;
  heard.set(input, words);
  told.set(input, words);
  return true;
}

document.addEventListener("keydown", () => { lastKey = Date.now(); });
document.addEventListener("pointerdown", () => { lastKey = Date.now(); });
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
function lookSoon() {
  clearTimeout(next);
  next = setTimeout(look, AFTER_SAVE);
}
form.addEventListener("saved", lookSoon);
lookSoon();
