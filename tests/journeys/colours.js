// What in a page is written alike: the same colours on the same ground, in letters of the same size. axe's answer about
// contrast depends on that alone, so one of each has to be shown to it; what two pages share, once in all.
() => {
  const NO_TEXT = "input:is([type=hidden], [type=checkbox], [type=radio], [type=range], [type=color], [type=file])";
  const PLAIN = "rgba(0, 0, 0, 0)|none|1|none|normal|static";
  const styles = new Map(), grounds = new Map();
  const style = (node) => styles.get(node) ?? styles.set(node, getComputedStyle(node)).get(node);

  // Everything that is painted behind a node or changes how it is, from the root on.
  const ground = (node) => {
    if (!node) return "";
    if (!grounds.has(node)) {
      const s = style(node);
      const own = [s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode, s.position].join("|");
      grounds.set(node, ground(node.parentElement) + (own === PLAIN ? "" : `/${own}`));
    }
    return grounds.get(node);
  };
  const letters = (node) => {
    const s = style(node);
    return [s.color, s.fontSize, s.fontWeight, s.textDecorationLine, s.textShadow, s.borderBottomStyle].join("|");
  };
  const speaks = (node) => {
    if (node.matches("input, select, textarea")) return !node.matches(NO_TEXT);
    return [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  };
  // The others nobody sees, or nothing can be done with them: axe passes them over.
  const isJudged = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.bottom + scrollY > 0 && box.right + scrollX > 0
      && node.checkVisibility({ visibilityProperty: true }) && !node.closest(":disabled, [aria-disabled=true]") && !node.control?.disabled;
  };

  globalThis.written = new Map();
  for (const node of document.body.querySelectorAll("*")) {
    if (!speaks(node) || !isJudged(node)) continue;
    const key = [node.localName, letters(node), letters(node.parentElement), ground(node)].join(" ");
    written.has(key) ? written.get(key).push(node) : written.set(key, [node]);
  }
  return [...written.keys()];
}
