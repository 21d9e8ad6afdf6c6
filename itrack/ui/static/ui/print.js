// The button that prints the page. It stands in the page hidden, so that nobody presses it where no script runs.

for (const button of document.querySelectorAll("button[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
