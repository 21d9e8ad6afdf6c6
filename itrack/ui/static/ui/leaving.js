// On every page: says that something typed still waits on this computer, and asks before signing out erases it.

import { account, erase, sheets, waiting, waitingForAnybody } from "./waiting.js";

const leave = document.querySelector("form.me");
const note = document.getElementById("waiting");
const count = (n) => `${n} mark${n === 1 ? "" : "s"}`;

function element(tag, words, css = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  if (css) made.className = css;
  return made;
}

// The sign-in page cannot know whose they are, and does not say.
if (note && waitingForAnybody()) {
  const n = waitingForAnybody();
  note.textContent = `${count(n)} typed on this computer ${n === 1 ? "waits" : "wait"} to be saved. That happens when the person who typed ${n === 1 ? "it" : "them"} signs in, and for nobody else.`;
  note.hidden = false;
}

function banner() {
  const made = element("div", "", "banner wait");
  const words = element("p", "");
  words.append(element("strong", `${count(waiting())} not saved yet.`), " Typed on this computer before. ");
  for (const sheet of Object.keys(sheets())) {
    const link = element("a", "Open and save");
    link.href = sheet;
    words.append(link, " ");
  }
  made.append(words);
  document.querySelector("main .head")?.after(made);
}

// The page of the marks themselves says so in its own line.
if (account && waiting() && !document.getElementById("marks")) banner();

function ask() {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "leaving-h");
  const heading = element("h2", `${count(waiting())} not saved`);
  heading.id = "leaving-h";
  const words = element("p", "What you typed waits on this computer for a connection. Signing out erases it, so that nobody else finds it here.");
  const stay = element("button", "Stay signed in", "button primary");
  const go = element("button", `Sign out and erase ${count(waiting())}`, "button");
  const row = element("div", "", "row");
  row.append(stay, go);
  dialog.append(heading, words, row);
  document.body.append(dialog);
  stay.addEventListener("click", () => dialog.remove());
  dialog.addEventListener("close", () => dialog.remove());
  go.addEventListener("click", () => {
    erase();
    leave.submit();
  });
  dialog.showModal();
}

leave?.addEventListener("submit", (event) => {
  if (waiting()) {
    event.preventDefault();
    ask();
  } else erase();
});
