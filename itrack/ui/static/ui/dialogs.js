// Buttons with commandfor open and close a dialog without script where the browser knows them; elsewhere this does it.

const DEEDS = { "show-modal": (dialog) => dialog.showModal(), close: (dialog) => dialog.close() };

function obey(event) {
  const button = event.target.closest("button[commandfor]");
  const dialog = button && document.getElementById(button.getAttribute("commandfor"));
  const deed = button && DEEDS[button.getAttribute("command")];
  if (dialog && deed) deed(dialog);
}

if (!("commandForElement" in HTMLButtonElement.prototype)) document.addEventListener("click", obey);
