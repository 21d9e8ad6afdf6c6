// Narrows the roll to the names that hold what is typed. It happens in the page: a name never reaches an address.

const box = document.getElementById("find");
const field = document.getElementById("find-name");
const roll = document.getElementById("roll");
const said = document.getElementById("find-said");

const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

function show() {
  const words = plain(field.value).split(/[\s,]+/).filter(Boolean);
  let shown = 0;
  for (const row of roll.querySelectorAll("tbody tr")) {
    const name = plain(row.cells[0].textContent);
    row.hidden = !words.every((word) => name.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  said.textContent = words.length ? (shown ? `${shown} found` : "No name on this page is like that.") : "";
}

if (box && roll) {
  box.hidden = false;
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Escape") {
      field.value = "";
      show();
    }
  });
  // A name left in the field by the browser's Back is applied, not just shown.
  show();
}
