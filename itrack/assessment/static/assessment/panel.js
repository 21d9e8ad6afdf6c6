// Beside the grid: what is known of the pupil whose cell this is. Asked for once a pupil and subject, and not while
// the cursor only passes by. Every word goes in as text.

import { get } from "./post.js";
import { form, inputs, nameOf, pupilOf, subjectId, subjectOf } from "./sheet.js";

const LOOK = 250; // how long a cell is held before the panel turns to it, in milliseconds
const about = document.getElementById("about");
const panel = document.getElementById("beside");
const known = new Map();
let glance = 0;
let shown = "";

export function turnTo(input) {
  clearTimeout(glance);
  glance = setTimeout(tell, LOOK, input);
}

async function tell(input) {
  const [pupil, subject] = [pupilOf(input), subjectId(input)];
  const asked = `${pupil}-${subject}`;
  if (shown === asked) return;
  shown = asked;
  about.value = pupil;
  const answer = known.get(shown) ?? (await get(`${form.dataset.results.replace("/0", `/${pupil}`)}?subject=${subject}`));
  if (shown !== asked) return;
  if (answer.failed) {
    shown = "";
    return fill(input, { unread: true, results: ["Not read: no connection, or no longer signed in."], flags: [], marks: [] });
  }
  known.set(asked, answer);
  fill(input, answer);
}

function fill(input, answer) {
  document.getElementById("results-h").textContent = nameOf(input).split(", ").reverse().join(" ");
  const earlier = answer.marks.length ? ": earlier marks" : ": no earlier mark";
  document.getElementById("about-subject").textContent = `${subjectOf(input)}${answer.unread ? "" : earlier}`;
  document.getElementById("earlier").hidden = !answer.marks.length;
  document.getElementById("earlier-marks").replaceChildren(...answer.marks.map(line));
  document.getElementById("results").replaceChildren(...answer.results.map((words) => element("li", words)));
  document.getElementById("no-results").hidden = answer.results.length > 0;
  tellStatements(answer.statements);
  document.getElementById("about-flags").textContent = answer.flags.length ? `Flags: ${answer.flags.join(", ")}` : "";
}

function line(mark) {
  const row = document.createElement("tr");
  const head = element("th", mark.of ? `${mark.point}, ${mark.of}` : mark.point);
  head.scope = "row";
  const cell = document.createElement("td");
  cell.append(element("span", mark.code, mark.css ? `band ${mark.css}` : "tag"));
  cell.firstChild.title = mark.name;
  row.append(head, cell, element("td", mark.by, "mute"));
  return row;
}

// Where the subject uses objectives: how far the pupil is in each strand begun, and what comes next.
function tellStatements(told) {
  document.getElementById("about-statements")?.remove();
  if (!told) return;
  const part = document.createElement("div");
  part.id = "about-statements";
  part.className = "small stack";
  part.append(element("p", told.title), list(told.lines.length ? told.lines : ["None taught yet."]));
  if (told.steps.length) part.append(element("p", "Next steps"), list(told.steps));
  document.getElementById("results").before(part);
}

function list(lines) {
  const made = element("ul", "", "list");
  made.append(...lines.map((words) => element("li", words)));
  return made;
}

function element(tag, words, css = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  if (css) made.className = css;
  return made;
}

// F6 goes there and back.
export function visit(event, back) {
  if (event.key !== "F6") return;
  event.preventDefault();
  if (panel.contains(document.activeElement)) back.focus();
  else panel.focus();
}

about.addEventListener("change", () => {
  const line = inputs.find(([first]) => pupilOf(first) === about.value);
  if (line) tell(line[0]);
});
