// What was typed and not yet saved, kept on this computer: for one account, in ids and codes, never a name.
//
// Under the account's key lies {address of the sheet: {cell: [code, what was shown, 1 if confirmed]}}. Nobody else's is
// ever read, except to be counted on the sign-in page.

const KEY = "itrack.waiting.";

export const account = document.querySelector("form.me")?.dataset.account ?? "";

export function sheets(whose = account) {
  try {
    return JSON.parse(localStorage.getItem(KEY + whose)) ?? {};
  } catch {
    return {};
  }
}

// Replaces what waits for one sheet; false when this browser keeps nothing.
export function store(sheet, cells) {
  const all = sheets();
  if (Object.keys(cells).length) all[sheet] = cells;
  else delete all[sheet];
  try {
    if (Object.keys(all).length) localStorage.setItem(KEY + account, JSON.stringify(all));
    else localStorage.removeItem(KEY + account);
    return true;
  } catch {
    return false;
  }
}

export function erase() {
  try {
    localStorage.removeItem(KEY + account);
  } catch {
    // A browser that keeps nothing has nothing to erase.
  }
}

const size = (all) => Object.values(all).reduce((sum, cells) => sum + Object.keys(cells).length, 0);
export const waiting = () => size(sheets());

// Of everybody who has used this computer.
export function waitingForAnybody() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEY));
    return keys.reduce((sum, key) => sum + size(sheets(key.slice(KEY.length))), 0);
  } catch {
    return 0;
  }
}
