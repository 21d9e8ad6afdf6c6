// The page's table as rows and cells: what stands in each, what was typed, and how that looks. Sends nothing.
//
// What stands in the record is kept in one place, the hidden field `was-PUPIL` of each row, so that a plain save by the
// button says the same as a save from here. A copied mark that nobody has confirmed stands there with a question mark.

export const form = document.getElementById("marks");
export const grid = form.querySelector("table.grid");
export const rows = Array.from(grid.tBodies[0].rows);
export const inputs = rows.map((row) => Array.from(row.querySelectorAll("td.m input")));
export const every = inputs.flat();
export const turnedDown = new Map(); // cell → {typed, reason, overtaken}: not sent again until it is typed anew
export const told = new Map(); // cell → what somebody else did there
export const confirming = new Set(); // copied cells that were said to be right
const byName = new Map(every.map((input) => [input.name, input]));
const uncounted = new Map(JSON.parse(grid.dataset.uncounted || "[]"));
const COPIED = "?";

// Signs that steer writing and are not seen come along from other pages: they are no part of a mark.
export const tidy = (text) => text.replace(/\p{Cf}/gu, "").trim().toUpperCase();
export const named = (name) => byName.get(name);
export const rowOf = (input) => input.closest("tr").sectionRowIndex;
export const placeOf = (input) => [rowOf(input), inputs[rowOf(input)].indexOf(input)];
export const wasOf = (input) => input.closest("tr").querySelector("th input");
export const stands = (input) => wasOf(input).value.split(",")[placeOf(input)[1]];
export const standing = (input) => stands(input).replace(COPIED, "");
export const copied = (input) => stands(input).endsWith(COPIED);
export const pupilOf = (input) => input.name.split("-")[0];
export const columnOf = (input) => headOf(placeOf(input)[1]).firstChild.textContent.trim();
export const subjectOf = (input) => grid.dataset.subject ?? columnOf(input);
export const subjectId = (input) => (form.elements.over ? form.elements.subject.value : input.name.split("-")[1]);
export const sinceWhen = (input) => headOf(placeOf(input)[1]).querySelector("small[id^=x]").textContent;
export const nameOf = (input) => input.closest("tr").querySelector("th a").textContent;
const headOf = (column) => grid.tHead.rows[0].cells[column + 1];

// Changed or confirmed, and not just turned down as it is.
export function waits(input) {
  const typed = tidy(input.value);
  return (typed !== standing(input) || confirming.has(input)) && turnedDown.get(input)?.typed !== typed;
}

export function nowStands(input, code) {
  const marks = wasOf(input).value.split(",");
  marks[placeOf(input)[1]] = code;
  wasOf(input).value = marks.join(",");
}

const bands = new Map(grid.dataset.codes.trim().split(" ").filter(Boolean).map((pair) => pair.split(":")));
// Cell → [code, class of its band, what stands beside it], of marks whose band only the record knows: a score's, that of
// a ladder's step, and that of a code which means another band for some.
const shown = new Map();

export function learn(told = {}) {
  for (const [cell, look] of Object.entries(told)) if (named(cell)) shown.set(named(cell), look);
}
for (const input of every) {
  const cell = input.parentElement;
  const css = ["b", "w", "e", "g"].find((one) => cell.classList.contains(one)) ?? "";
  if (input.value && bands.get(tidy(input.value)) !== css) shown.set(input, [standing(input), css, cell.dataset.p ?? ""]);
}

// The class of the band and what stands beside a mark as it is in its cell.
function lookOf(input, typed) {
  const [code, css, beside] = shown.get(input) ?? [];
  return code === typed ? [css, beside] : [bands.get(typed) ?? "", ""];
}

export function paint(input) {
  const cell = input.parentElement;
  const typed = tidy(input.value);
  const refused = turnedDown.has(input) && !turnedDown.get(input).overtaken;
  const unsure = copied(input) && typed === standing(input) && !confirming.has(input);
  cell.classList.remove("b", "w", "e", "g");
  cell.classList.toggle("refused", refused);
  cell.classList.toggle("q", unsure && !refused);
  const [css, beside] = lookOf(input, typed);
  if (css && !refused) cell.classList.add(css);
  if (beside && !refused) cell.dataset.p = beside;
  else delete cell.dataset.p;
  if (refused) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const [row, column] = placeOf(input).map((place) => place + 1);
  input.setAttribute("aria-labelledby", `p${row} c${column}${unsure && !refused ? ` k${column}` : ""}`);
  if (refused) input.setAttribute("aria-describedby", `n${row}`);
  else input.removeAttribute("aria-describedby");
}

function notCounted(code, others) {
  const where = others.filter((input) => tidy(input.value) === code).map(columnOf);
  return `${where.join(", ")}: ${code}, ${uncounted.get(code)}. Not counted.`;
}

// Why something is not saved comes first, then what others did, then which marks no figure counts.
export function note(row) {
  const cell = row.querySelector(".why");
  const line = inputs[row.sectionRowIndex];
  const refused = line.filter((input) => turnedDown.has(input));
  const heard = line.filter((input) => told.has(input));
  const others = refused.length || heard.length ? [] : line.filter((input) => uncounted.has(tidy(input.value)));
  const words = [
    ...refused.map((input) => `${columnOf(input)}: ${turnedDown.get(input).reason}`),
    ...heard.map((input) => `${columnOf(input)}: ${told.get(input)}`),
    ...new Set(others.map((input) => notCounted(tidy(input.value), others))),
  ].join(" ");
  cell.id = `n${row.sectionRowIndex + 1}`;
  cell.classList.toggle("bad", refused.length > 0);
  if (cell.textContent !== words) cell.textContent = words;
}

export const noteAll = (some) => new Set(Array.from(some, (input) => input.closest("tr"))).forEach(note);

export function count() {
  inputs[0].forEach((_, column) => countColumn(column));
  const unsure = every.filter(copied).length;
  document.getElementById("entered").textContent = String(every.filter(standing).length - unsure);
  const line = document.getElementById("copied");
  line.textContent = unsure ? `${unsure} copied, not confirmed` : "";
  line.className = unsure ? "state wait" : "";
}

function countColumn(column) {
  const cells = inputs.map((line) => line[column]);
  const unsure = cells.filter(copied).length;
  const words = unsure ? `${unsure} copied, not confirmed` : `${cells.filter(standing).length} of ${rows.length}`;
  headOf(column).querySelector("small").textContent = words;
  const confirm = headOf(column).querySelector("button[name=confirm-column]");
  if (confirm && !unsure) confirm.remove();
  else if (confirm) confirm.firstChild.textContent = `Confirm ${unsure}`;
}

// What the server has turned down is on the page when a plain form came back.
for (const input of every.filter((one) => one.getAttribute("aria-invalid"))) {
  const reason = input.closest("tr").querySelector(".why").textContent.trim();
  turnedDown.set(input, { typed: tidy(input.value), reason: reason.replace(`${columnOf(input)}: `, "") });
}
