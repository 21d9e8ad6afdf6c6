// Saves marks as they are typed and moves between cells. The form works without it.
//
// What stands in the record is kept in one place, the hidden field `was-PUPIL` of each row, so that a plain save by the
// button says the same as a save from here. What is typed is only ever in its cell: a save that fails changes nothing
// on the page, and the next one sends it again.

const PAUSE = 400; // after the last key, in milliseconds
const LOOK = 150; // how long a cell is held before the panel turns to its pupil
const PAUSE_BEFORE_EMPTYING = 1200; // a cell is often emptied only to be typed anew

const form = document.getElementById("marks");
const grid = form.querySelector("table.grid");
const rows = Array.from(grid.tBodies[0].rows);
const inputs = rows.map((row) => Array.from(row.querySelectorAll("td.m input")));
const codes = new Map(grid.dataset.codes.trim().split(" ").map((pair) => pair.split(":")));
const longest = Math.max(...Array.from(codes.keys(), (code) => code.length));
const state = document.getElementById("state");
const refusals = document.getElementById("refusals");
const turnedDown = new Map(); // cell → {typed, reason, overtaken}: not sent again until it is typed anew
const about = document.getElementById("about");
const fetched = new Map(); // pupil → lines
let timer = 0;
let glance = 0;
let busy = false;

const tidy = (text) => text.trim().toUpperCase();
const every = () => inputs.flat();
const placeOf = (input) => {
  const across = input.closest("tr").sectionRowIndex;
  return [across, inputs[across].indexOf(input)];
};
const wasOf = (input) => input.closest("tr").querySelector("th input");
const standing = (input) => wasOf(input).value.split(",")[placeOf(input)[1]];
const subjectOf = (input) => grid.tHead.rows[0].cells[placeOf(input)[1] + 1].firstChild.textContent;

function nowStands(input, code) {
  const marks = wasOf(input).value.split(",");
  marks[placeOf(input)[1]] = code;
  wasOf(input).value = marks.join(",");
}

// Changed, and not just turned down as it is.
const waits = (input) => {
  const typed = tidy(input.value);
  return typed !== standing(input) && turnedDown.get(input)?.typed !== typed;
};

// A code that could still grow into another waits for the next key, or for the cell to be left.
function finished(input) {
  const typed = tidy(input.value);
  if (input !== document.activeElement || !typed) return true;
  const grows = Array.from(codes.keys()).some((code) => code !== typed && code.startsWith(typed));
  return codes.has(typed) ? !grows : typed.length >= longest;
}

function say(words, kind) {
  if (state.textContent !== words) state.textContent = words;
  state.className = `state ${kind}`;
}

function paint(input) {
  const cell = input.parentElement;
  const refused = turnedDown.has(input) && !turnedDown.get(input).overtaken;
  cell.classList.remove("b", "w", "e", "g", "copied");
  cell.classList.toggle("refused", refused);
  const band = codes.get(tidy(input.value));
  if (band && !refused) cell.classList.add(band);
  if (refused) {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `n${input.closest("tr").sectionRowIndex + 1}`);
  } else {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
}

function note(row) {
  const cell = row.querySelector(".why");
  const refused = inputs[row.sectionRowIndex].filter((input) => turnedDown.has(input));
  cell.id = `n${row.sectionRowIndex + 1}`;
  cell.classList.toggle("bad", refused.length > 0);
  cell.textContent = refused.map((input) => `${subjectOf(input)}: ${turnedDown.get(input).reason}`).join(" ");
}

function count() {
  inputs[0].forEach((_, column) => {
    const entered = inputs.filter((line) => standing(line[column])).length;
    grid.tHead.rows[0].cells[column + 1].querySelector("small").textContent = `${entered} of ${rows.length}`;
  });
  document.getElementById("entered").textContent = String(every().filter(standing).length);
}

function announceRefusals(fresh) {
  refusals.className = turnedDown.size ? "state bad" : "";
  if (!turnedDown.size) refusals.textContent = "";
  if (!fresh.length) return;
  const heard = document.createElement("span");
  heard.className = "seen-by-ear";
  heard.textContent = `: ${fresh.map((input) => `${subjectOf(input)}: ${turnedDown.get(input).reason}`).join(" ")}`;
  refusals.textContent = `${turnedDown.size} not accepted`;
  refusals.append(heard);
}

function parcel(sent) {
  const body = new FormData();
  for (const name of ["group", "point", "columns"]) body.set(name, form.elements[name].value);
  for (const [input, typed] of sent) {
    body.set(input.name, typed);
    body.set(wasOf(input).name, wasOf(input).value);
  }
  return body;
}

async function post(sent) {
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };
  const options = { method: "POST", body: parcel(sent), headers, redirect: "manual", credentials: "same-origin" };
  const answer = await fetch(form.dataset.cells, options).catch(() => null);
  if (answer === null) return "Not saved: no connection. What you typed stays here and is sent when it is back.";
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    return "Not saved: you are no longer signed in here. What you typed stays on this page.";
  }
  if (!answer.ok) return "Not saved: the record was not changed. What you typed stays here. Use Save marks.";
  return answer.json();
}

function take(sent, answer) {
  const refused = new Map(answer.refused.map((one) => [one.cell, one]));
  const fresh = [];
  for (const [input, typed] of sent) {
    const no = refused.get(input.name);
    if (no) {
      nowStands(input, no.stands);
      turnedDown.set(input, { typed, reason: no.reason, overtaken: no.overtaken });
      // What somebody else put there is shown, so that no later save replaces it unawares.
      if (no.overtaken && tidy(input.value) === typed) input.value = no.stands;
      fresh.push(input);
    } else {
      nowStands(input, typed);
      turnedDown.delete(input);
    }
    paint(input);
  }
  new Set(Array.from(sent.keys(), (input) => input.closest("tr"))).forEach(note);
  announceRefusals(fresh);
  count();
  say(`Saved at ${answer.at}`, "ok");
}

// One save is under way at a time, so each knows what the one before it left standing.
async function send() {
  if (busy) return;
  const sent = new Map(every().filter((input) => waits(input) && finished(input)).map((i) => [i, tidy(i.value)]));
  if (!sent.size) return;
  busy = true;
  say("Saving…", "");
  const answer = await post(sent);
  busy = false;
  if (typeof answer === "string") return say(answer, "bad");
  take(sent, answer);
  soon(PAUSE);
}

function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
}

function typed(event) {
  const input = event.target;
  turnedDown.delete(input);
  paint(input);
  note(input.closest("tr"));
  announceRefusals([]);
  soon(input.value ? PAUSE : PAUSE_BEFORE_EMPTYING);
}

const atEdge = (input, start) => longest === 1 || input.selectionStart !== input.selectionEnd ||
  input.selectionStart === (start ? 0 : input.value.length);

const STEPS = {
  ArrowUp: () => [-1, 0],
  ArrowDown: () => [1, 0],
  Enter: (event) => [event.shiftKey ? -1 : 1, 0],
  ArrowLeft: (event) => (atEdge(event.target, true) ? [0, -1] : null),
  ArrowRight: (event) => (atEdge(event.target, false) ? [0, 1] : null),
};

function move(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Escape") {
    event.target.value = standing(event.target);
    return typed(event);
  }
  const step = Object.hasOwn(STEPS, event.key) && STEPS[event.key](event);
  if (!step) return;
  event.preventDefault();
  const [down, across] = placeOf(event.target);
  inputs[down + step[0]]?.[across + step[1]]?.focus();
}

// Beside the grid: what is known of the pupil whose cell this is. Asked for once a pupil, and not while passing by.
async function tellAbout(pupil) {
  if (about.dataset.shown === pupil) return;
  about.dataset.shown = pupil;
  about.value = pupil;
  const lines = await resultsOf(pupil);
  if (about.dataset.shown !== pupil) return;
  document.getElementById("no-results").hidden = lines.length > 0;
  document.getElementById("results").replaceChildren(...lines.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
}

async function resultsOf(pupil) {
  if (fetched.has(pupil)) return fetched.get(pupil);
  const address = form.dataset.results.replace("/0", `/${pupil}`);
  const answer = await fetch(address, { redirect: "manual", credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return ["Not read: no connection, or no longer signed in."];
  fetched.set(pupil, (await answer.json()).results);
  return fetched.get(pupil);
}

function arrive(event) {
  event.target.select();
  clearTimeout(glance);
  glance = setTimeout(tellAbout, LOOK, wasOf(event.target).name.slice("was-".length));
}

function rememberRefusals() {
  for (const input of every().filter((one) => one.getAttribute("aria-invalid"))) {
    const reason = input.closest("tr").querySelector(".why").textContent.trim();
    const subject = `${subjectOf(input)}: `;
    turnedDown.set(input, { typed: tidy(input.value), reason: reason.replace(subject, "") });
  }
}

const inCell = (react) => (event) => event.target.matches("td.m input") && react(event);
for (const input of every()) input.maxLength = longest; // left out of the page, which is kept small
rememberRefusals();
grid.addEventListener("input", inCell(typed));
grid.addEventListener("keydown", inCell(move));
grid.addEventListener("focusin", inCell(arrive));
grid.addEventListener("focusout", inCell(() => soon(0)));
about.addEventListener("change", () => tellAbout(about.value));
window.addEventListener("online", () => soon(0));
window.addEventListener("beforeunload", (event) => every().some(waits) && !form.dataset.leaving && event.preventDefault());
form.addEventListener("submit", () => { form.dataset.leaving = "yes"; });
soon(PAUSE);
