// htmx makes nodes of an answer with Document.parseHTMLUnsafe, which the page's Trusted Types rule refuses for plain
// text. This module runs before htmx and puts one narrow gate there: the answer is parsed into an inert document and
// whatever could run is taken out. No default policy exists, so innerHTML and its kin stay refused everywhere.

const RUNS = "script, iframe, object, embed, base, meta[http-equiv]";
const rules = { createHTML: (text) => text };
// The policy never leaves this module: the only way to it is the function below, which disarms what it parses.
const policy = window.trustedTypes ? window.trustedTypes.createPolicy("itrack", rules) : rules;

function disarm(tree) {
  for (const element of tree.querySelectorAll(RUNS)) element.remove();
  for (const template of tree.querySelectorAll("template")) disarm(template.content);
}

function parse(text) {
  const parsed = new DOMParser().parseFromString(policy.createHTML(String(text)), "text/html");
  disarm(parsed);
  return parsed;
}

Object.defineProperty(Document, "parseHTMLUnsafe", { value: parse, writable: false, configurable: false });
