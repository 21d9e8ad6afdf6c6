// A block to and from a spreadsheet, as text with tabs between columns: what Excel and Sheets put on the clipboard.

import { isCode, longest } from "./codes.js";
import { block, corners, several } from "./cursor.js";
import { change, putBlock } from "./deeds.js";
import { tidy } from "./sheet.js";

// No mark is so long: of anything longer the start says enough to mend it.
const LONGEST_CELL = 40;

// Cells may be quoted, with "" for a quote and line breaks inside. The last line break ends the last row.
export function read(text) {
  const table = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  const body = text.replace(/(\r\n|\n|\r)$/, "");
  for (let found = pattern.exec(body); found; found = pattern.exec(body)) {
    table.at(-1).push((found[1] ?? found[2]).replaceAll('""', '"').slice(0, LONGEST_CELL));
    if (!found[3]) break;
    if (found[3] !== "\t") table.push([]);
  }
  return withoutNames(table);
}

// A first column in which nothing is a mark holds the names that were copied along.
function withoutNames(table) {
  const names = table.every((line) => line.length > 1 && tidy(line[0]) && !isCode(tidy(line[0])));
  const long = table.some((line) => line[0].trim().length > longest);
  return names && long ? table.map((line) => line.slice(1)) : table;
}

export function paste(event) {
  const text = event.clipboardData.getData("text/plain");
  event.preventDefault();
  if (!text) return; // a picture, say: nothing is no mark, and clears none
  const table = read(text);
  if (table.length === 1 && table[0].length === 1 && several()) {
    return change(block().flat().map((input) => [input, tidy(table[0][0])]));
  }
  const { top, left } = corners();
  putBlock(table, top, left);
}

export function copy(event) {
  const text = block().map((line) => line.map((input) => tidy(input.value)).join("\t")).join("\r\n");
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
}
