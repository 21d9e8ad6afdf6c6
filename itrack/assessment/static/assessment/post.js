// How a set of cells travels: the same fields the form has, so that the server needs to know one shape only.

import { form } from "./sheet.js";

// A sheet is a class at a point, or in a subject over time, of one assessment; a page of another kind says itself which
// fields it is known by. Its address names what waits on this computer, in ids alone.
const USUAL = form.elements.over ? ["group", "over", "subject", "assessment"] : ["group", "point", "assessment"];
const OF_A_SHEET = form.dataset.sheet?.split(" ") ?? USUAL;

export const address = () => `${form.dataset.page}?${fields(OF_A_SHEET)}`;

// Where to ask what stands in the columns that are shown.
export const standingNow = () => `${form.dataset.standing}?${fields([...new Set([...OF_A_SHEET, "subject"])])}`;

function fields(names) {
  const there = names.filter((name) => form.elements[name]?.value);
  return new URLSearchParams(there.map((name) => [name, form.elements[name].value]));
}

// `cells` is [PUPIL-COLUMN, code, what the page had shown, 1 if confirmed].
export function parcel(sheet, cells) {
  const body = new FormData();
  for (const [name, value] of new URLSearchParams(sheet.split("?")[1])) body.set(name, value);
  const columns = Array.from(new Set(cells.map(([name]) => name.split("-")[1])));
  const shown = new Map(cells.map(([name, , was]) => [name, was]));
  body.set("columns", columns.join(","));
  body.set("account", form.elements.account.value);
  body.set("taken-on", form.elements["taken-on"]?.value ?? "");
  for (const [name, code, , confirms] of cells) {
    const pupil = name.split("-")[0];
    body.set(name, code);
    body.set(`was-${pupil}`, columns.map((column) => shown.get(`${pupil}-${column}`) ?? "").join(","));
    if (confirms) body.append("confirm", name);
  }
  return body;
}

// The answer as data, or {failed: "network" | "out" | "refused"}.
export async function post(to, body) {
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };
  return read(await fetch(to, { method: "POST", body, headers, redirect: "manual" }).catch(() => null));
}

export async function get(from) {
  return read(await fetch(from, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null));
}

async function read(answer) {
  if (answer === null) return { failed: "network" };
  if (answer.type === "opaqueredirect" || answer.status === 401) return { failed: "out" };
  if (!answer.ok) return { failed: answer.status >= 502 ? "network" : "refused" };
  return answer.json().catch(() => ({ failed: "network" }));
}
