"""Turns one `Pupil` element into a raw pupil: the parts of the table kept, everything else counted and read past."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from itrack.imports.rules.raw import RawPupil
from itrack.imports.rules.results import result_row
from itrack.imports.sources.ctf_header import local
from itrack.imports.sources.ctf_shape import KEY_STAGE, PUPIL, Part
from itrack.imports.sources.refused import Refused

if TYPE_CHECKING:
    from lxml.etree import _Element

    from itrack.imports.rules.raw import Texts
    from itrack.imports.rules.rows import ResultRow

MOST_NAMES: Final = 200  # of elements read past; the names are the file's, so a hostile one cannot fill our receipt
LONGEST_NAME: Final = 60  # characters
OTHER_ELEMENTS: Final = "other elements"
DEEPEST: Final = 16  # levels from the root; the deepest a transfer file has is 8
MOST_KNOWN: Final = 10_000  # results remembered

_LAST_EXACT_LINE: Final = 65_535
_ROW_START: Final = "<StageAssessment>"
_below_deepest = etree.XPath(f"boolean({'/'.join('*' * (DEEPEST - 3))})")


class PupilReader:
    """Reads pupils one after another. `ignored` counts the topmost elements read past, `results` the results met."""

    def __init__(self) -> None:
        self.ignored: Counter[str] = Counter()
        self.results = 0
        self._strays = 0
        self._known: dict[str, dict[str, ResultRow]] = {}
        self._remembered = 0

    def read(self, pupil: _Element) -> RawPupil:
        """What this pupil's element states. Raises Refused where it is nested too deep."""
        raw = RawPupil(line_of(pupil))
        if "}" in pupil.tag:
            _drop_namespaces(pupil)
        self._walk(pupil, PUPIL, raw.texts, raw, "Pupil")
        return raw

    def _walk(self, element: _Element, part: Part, texts: Texts, raw: RawPupil, path: str) -> None:
        shape = part.shape
        for child in element:
            name = child.tag
            what = shape.get(name)
            if type(what) is str:
                self._leaf(child, what, texts, raw, path)
            elif what is KEY_STAGE:
                self._key_stage(child, raw)
            elif isinstance(what, Part):
                self._part(child, what, texts, raw, f"{path}/{name}")
            else:
                self._read_past(child, path)

    def _leaf(self, child: _Element, key: str, texts: Texts, raw: RawPupil, path: str) -> None:
        """Keep a text. A second of the same name, and elements inside a text, are read past."""
        if key in texts:
            self._read_past(child, path)
            return
        raw.put(texts, key, child.text)
        if len(child):
            for stray in child:
                self._read_past(stray, f"{path}/{child.tag}")

    def _part(self, child: _Element, part: Part, texts: Texts, raw: RawPupil, path: str) -> None:
        if part.kind:
            texts = {}
            raw.rows.setdefault(part.kind, []).append(texts)
        if part.own:
            raw.put(texts, part.own, child.text)
        self._walk(child, part, texts, raw, path)

    def _read_past(self, element: _Element, path: str) -> None:
        if len(element) and _below_deepest(element):
            raise Refused("The file's elements are nested deeper than any Common Transfer File's. Nothing was read.")
        name = f"{path}/{local(element.tag)[:LONGEST_NAME]}"
        if name not in self.ignored and len(self.ignored) >= MOST_NAMES:
            name = OTHER_ELEMENTS
        self.ignored[name] += 1
        self._strays += 1

    def _key_stage(self, key_stage: _Element, raw: RawPupil) -> None:
        """Add the results of one key stage.

        A class's results repeat: "maths, teacher's judgement, expected" is one row for all who have it. So the key
        stage is written out and cut at its rows (fast, in C), and rows whose very text was read before are the rows
        they were then. Only what is new is walked. A key stage is remembered only if nothing in it was odd, which
        makes the pieces unambiguous: each is one whole row.
        """
        head, *pieces = etree.tostring(key_stage, encoding="unicode", with_tail=False).split(_ROW_START)
        known = self._known.get(head)
        if known is not None:
            rows = [known.get(piece) for piece in pieces]
            if None not in rows:
                raw.results += rows  # type: ignore[arg-type]  # no None is left
                self.results += len(rows)
                return
        walked = self._walk_key_stage(key_stage, raw)
        if walked is not None and len(walked) == len(pieces) and "<Stage>" in head:
            self._remember(head, dict(zip(pieces, walked, strict=True)))

    def _walk_key_stage(self, key_stage: _Element, raw: RawPupil) -> list[ResultRow] | None:
        """Read every row; the rows, or None where anything was odd (a warning, an element read past)."""
        strays, apart, stage = self._strays, RawPupil(raw.line), dict[str, str]()
        self._walk(key_stage, KEY_STAGE, stage, apart, "Pupil/StageAssessments/KeyStage")
        rows = [result_row(apart, stage.get("stage", ""), texts) for texts in apart.rows.get("result", ())]
        self.results += len(rows)
        good = [row for row in rows if row is not None]
        raw.results += good
        raw.warnings += apart.warnings
        raw.unfit |= apart.unfit
        odd = apart.warnings or apart.unfit or strays != self._strays
        return None if odd else good

    def _remember(self, head: str, rows: dict[str, ResultRow]) -> None:
        if self._remembered > MOST_KNOWN:
            self._known.clear()
            self._remembered = 0
        known = self._known.setdefault(head, {})
        before = len(known)
        known |= rows
        self._remembered += len(known) - before


def line_of(element: _Element) -> int:
    """The line on which an element starts, also past 65,535.

    libxml2 keeps 16 bits for an element's line; past that it answers with the line of the first thing inside. Going
    back over the line ends before that thing leads to the element itself.
    """
    line = cast("int", element.sourceline)
    return line if line <= _LAST_EXACT_LINE else line - (element.text or "").count("\n")


def _drop_namespaces(pupil: _Element) -> None:
    for element in pupil.iter():
        element.tag = local(element.tag)
