// The entry grid by keyboard and clipboard. Nothing is stored before Save; without this script the form works as it is.

const form = document.getElementById("results");
const state = document.getElementById("state");
const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td.m input")]);
const heads = [...form.querySelectorAll("thead th[data-scale]")];
const first = new Map(rows.flat().map((input) => [input, input.value]));
let saving = false;

const place = (input) => {
  const row = rows.findIndex((cells) => cells.includes(input));
  return row < 0 ? null : [row, rows[row].indexOf(input)];
};
const at = (row, column) => rows[row]?.[column];
const changed = () => [...first].filter(([input, value]) => input.value !== value).length;

function tell() {
  const n = changed();
  state.textContent = n ? `${n} typed, not saved yet` : "Nothing typed yet";
  state.className = n ? "state wait" : "state";
}

function go(row, column) {
  const input = at(row, column);
  if (!input) return false;
  input.focus();
  input.select();
  return true;
}

const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };

form.addEventListener("keydown", (event) => {
  const here = event.target.matches("td.m input") && place(event.target);
  if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
  const [row, column] = here;
  const { selectionStart: start, selectionEnd: end, value } = event.target;
  const whole = start === 0 && end === value.length;
  let move = moves[event.key];
  if (event.key === "Enter" && event.shiftKey) move = [-1, 0];
  if (event.key === "ArrowLeft" && (whole || start === 0)) move = [0, -1];
  if (event.key === "ArrowRight" && (whole || end === value.length)) move = [0, 1];
  if (event.key === "Home" && whole) move = [0, -column];
  if (event.key === "End" && whole) move = [0, rows[row].length - 1 - column];
  if (event.key === "Escape") {
    event.target.value = first.get(event.target);
    tell();
  }
  // Enter never sends the form: one key too many would save half a row.
  if (move || event.key === "Enter") event.preventDefault();
  if (move && !go(row + move[0], column + move[1]) && event.key === "Enter") go(0, column + 1);
});

form.addEventListener("focusin", (event) => {
  const here = event.target.matches("td.m input") && place(event.target);
  if (!here) return;
  event.target.select();
  // The codes of this column are the ones to read beside it.
  const scale = document.getElementById(`scale-${heads[here[1]].dataset.scale}`);
  for (const other of document.querySelectorAll("details[id^='scale-']")) other.open = other === scale;
});

form.addEventListener("input", (event) => {
  if (!event.target.matches("td.m input")) return;
  event.target.removeAttribute("aria-invalid");
  event.target.closest("td").classList.remove("refused");
  tell();
});

form.addEventListener("paste", (event) => {
  const here = event.target.matches("td.m input") && place(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!here || event.target.readOnly || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  let outside = 0;
  lines.forEach((line, down) => line.split("\t").forEach((value, across) => {
    const input = at(here[0] + down, here[1] + across);
    if (input) input.value = value.trim().slice(0, 20);
    else if (value.trim()) outside += 1;
  }));
  tell();
  if (outside) state.textContent += `. ${outside} pasted beyond the grid, left out`;
});

form.addEventListener("submit", () => {
  saving = true;
  state.textContent = "Saving …";
});
window.addEventListener("beforeunload", (event) => {
  if (!saving && changed()) event.preventDefault();
});
