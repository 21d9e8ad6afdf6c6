// Says that a report is being worked out, when that takes longer than a moment. Without scripts the browser alone says
// so. A page brought back from the browser's memory is not being worked out, whatever it said as it was left.

const AFTER = 300;
const place = document.getElementById("working");
const words = place.querySelector("template").content;
const FILE = /\.[a-z]+$/;
let clock = 0;

function rest() {
  clearTimeout(clock);
  place.querySelector("p")?.remove();
}

function start() {
  rest();
  clock = setTimeout(() => place.append(words.cloneNode(true)), AFTER);
}

// A file is fetched beside the page, which stays as it is; so does the page for a place in itself or for another tab.
function leadsOn(link, event) {
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const away = link.origin !== location.origin || link.target || link.hasAttribute("download");
  const here = link.hash && link.pathname + link.search === location.pathname + location.search;
  return plain && !away && !here && link.pathname.startsWith("/reports/") && !FILE.test(link.pathname);
}

// On the window, after everybody else has had the chance to keep the page from going.
addEventListener("submit", (event) => {
  const to = event.target.getAttribute("action") ?? "";
  if (!event.defaultPrevented && event.target.closest("main") && !FILE.test(to)) start();
});
addEventListener("click", (event) => {
  const link = event.target.closest?.("main a[href]");
  if (link && !event.defaultPrevented && leadsOn(link, event)) start();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") rest();
});
addEventListener("pagehide", rest);
addEventListener("pageshow", rest);
