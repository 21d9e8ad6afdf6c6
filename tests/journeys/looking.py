"""What axe finds in a page as it is shown: its rules for what stands there, and those for how it is coloured.

Colours are most of axe's work. A page is full of text that is written alike, and pages are alike among themselves, so
axe is shown a few of each way to write; a way that passed is not shown again. The ways are read anew at every size and
in every colour scheme, so a way that is only found in the dark, on a phone, or in the last row is shown as well.
"""

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WRITTEN = Path(__file__).with_name("colours.js").read_text(encoding="utf-8")
COLOURS = ["color-contrast", "link-in-text-block"]
# The rows of a table come from one loop, so the later ones of a long table are left out.
ROWS = {"exclude": ["tbody tr:nth-child(n+41)", "tbody:nth-of-type(n+9)"]}
STRUCTURE = """([where, colours]) => axe.run(where, {
  resultTypes: ["violations"], rules: Object.fromEntries(colours.map((rule) => [rule, {enabled: false}])),
}).then(({violations}) => violations)"""
# First, middle and last of each way, as one of them may lie behind something and prove nothing. A way on a picture is
# one that axe never judges.
CONTRAST = """async ([ways, colours]) => {
  const some = ways.map((way) => written.get(way)).map((all) => [all[0], all[all.length >> 1], all.at(-1)]);
  const {violations, passes, incomplete} = await axe.run({include: some.flat()}, {runOnly: colours, elementRef: true});
  const onPicture = ({any: [check]}) => ["bgGradient", "bgImage"].includes(check?.data?.messageKey);
  const of = (results) => results.filter(({id}) => id === "color-contrast").flatMap(({nodes}) => nodes);
  const settled = new Set([...of(passes), ...of(incomplete).filter(onPicture)].map(({element}) => element));
  return [
    violations.map(({id, help, nodes}) => ({id, help, nodes: nodes.map(({html}) => ({html}))})),
    ways.filter((_, number) => some[number].some((node) => settled.has(node))),
  ];
}"""

_settled: set[str] = set()


def found_by_axe(page: Page) -> list[str]:
    """What axe has to say of what stands on the page, a line for each element. It is brought once a page."""
    _bring(page)
    return _told(page.evaluate(STRUCTURE, [ROWS, COLOURS]))


def found_in_colours(page: Page) -> list[str]:
    """The same of how it is coloured, as it is shown now."""
    new = [way for way in page.evaluate(WRITTEN) if way not in _settled]
    if not new:
        return []
    _bring(page)
    violations, settled = page.evaluate(CONTRAST, [new, COLOURS])
    if not violations:
        _settled.update(settled)
    return _told(violations)


def _bring(page: Page) -> None:
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE_SCRIPT)


def _told(violations: list[dict[str, Any]]) -> list[str]:
    return [f"{fault['id']}: {fault['help']}: {node['html'][:160]}" for fault in violations for node in fault["nodes"]]
