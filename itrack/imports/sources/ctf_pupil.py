"""Turns one `Pupil` element into a raw pupil: the parts of the table kept, everything else counted and read past."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, cast

from lxml import etree
from lxml.etree import _ProcessingInstruction

from itrack.imports.rules.codes import STAGES
from itrack.imports.rules.raw import RawPupil
from itrack.imports.rules.results import is_whole, result_row
from itrack.imports.sources.ctf_header import local
from itrack.imports.sources.ctf_shape import KEY_STAGE, PUPIL, RESULT, Part
from itrack.imports.sources.refused import Refused

if TYPE_CHECKING:
    from lxml.etree import _Element

    from itrack.imports.rules.raw import Texts
    from itrack.imports.rules.rows import ResultRow
    from itrack.imports.sources.shorthand import Shorthand

MOST_NAMES: Final = 200  # of elements read past; the names are the file's, so a hostile one cannot fill our receipt
LONGEST_NAME: Final = 60  # characters
OTHER_ELEMENTS: Final = "other elements"
DEEPEST: Final = 16  # levels from the root; the deepest a transfer file has is 8
KEY_STAGE_PATH: Final = "Pupil/StageAssessments/KeyStage"

_LAST_EXACT_LINE: Final = 65_535
_below_deepest = etree.XPath(f"boolean({'/'.join('*' * (DEEPEST - 3))})")


class PupilReader:
    """Reads pupils one after another. `ignored` counts the topmost elements read past, `results` the results met."""

    def __init__(self, shorthand: Shorthand) -> None:
        self.ignored: Counter[str] = Counter()
        self.results = 0
        self._strays = 0
        self._shorthand = shorthand
        self._rows: dict[str, Texts] = {}
        self._results: dict[str, dict[str, ResultRow]] = {stage: {} for stage in STAGES}
        self._last_was_clean = False

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
        if isinstance(element, _ProcessingInstruction):
            self._row_out_of_place(cast("str", element.text), path)
            return
        if len(element) and _below_deepest(element):
            raise Refused("The file's elements are nested deeper than any Common Transfer File's. Nothing was read.")
        self._count(f"{path}/{local(element.tag)[:LONGEST_NAME]}")

    def _row_out_of_place(self, number: str, path: str) -> None:
        """A number alone stands for a result where none belongs; with a plus it follows one already counted."""
        if not number.startswith("+"):
            self._count(f"{path}/StageAssessment")

    def _count(self, name: str) -> None:
        if name not in self.ignored and len(self.ignored) >= MOST_NAMES:
            name = OTHER_ELEMENTS
        self.ignored[name] += 1
        self._strays += 1

    def _key_stage(self, key_stage: _Element, raw: RawPupil) -> None:
        """Add the results of one key stage: rows known by number, and rows in full."""
        texts: Texts = {}
        found: list[str | Texts] = []
        for child in key_stage:
            if isinstance(child, _ProcessingInstruction):
                self._numbered(cast("str", child.text), found)
            elif child.tag == "StageAssessment":
                found.append(self._whole_row(child, raw))
            elif child.tag == "Stage":
                self._leaf(child, "stage", texts, raw, KEY_STAGE_PATH)
            else:
                self._read_past(child, KEY_STAGE_PATH)
        self.results += len(found)
        self._add_results(raw, texts.get("stage", ""), found)

    def _whole_row(self, element: _Element, raw: RawPupil) -> Texts:
        texts: Texts = {}
        strays, unfit = self._strays, len(raw.unfit)
        self._walk(element, RESULT, texts, raw, f"{KEY_STAGE_PATH}/StageAssessment")
        self._last_was_clean = strays == self._strays and unfit == len(raw.unfit)
        return texts

    def _numbered(self, number: str, found: list[str | Texts]) -> None:
        """A number alone is a row; behind a row it is what that row shall be called, if nothing in it was odd."""
        if not number.startswith("+"):
            found.append(number)
            return
        texts, number = found[-1], number[1:]
        if self._last_was_clean and not isinstance(texts, str) and is_whole(texts):
            self._rows[number] = texts
            self._shorthand.learn(number)

    def _add_results(self, raw: RawPupil, stage: str, found: list[str | Texts]) -> None:
        known = self._results.get(stage, {})
        for row in found:
            if type(row) is str:
                raw.results.append(known.get(row) or self._known_result(raw, stage, row))
            elif result := result_row(raw, stage, cast("Texts", row)):
                raw.results.append(result)

    def _known_result(self, raw: RawPupil, stage: str, number: str) -> ResultRow:
        result = cast("ResultRow", result_row(raw, stage, self._rows[number]))  # learnt rows are whole
        if stage in STAGES:
            self._results[stage][number] = result
        return result


def line_of(element: _Element) -> int:
    """The line on which an element starts, also past 65,535.

    libxml2 keeps 16 bits for an element's line; past that it answers with the line of the first thing inside. Going
    back over the line ends before that thing leads to the element itself.
    """
    line = cast("int", element.sourceline)
    return line if line <= _LAST_EXACT_LINE else line - (element.text or "").count("\n")


def _drop_namespaces(pupil: _Element) -> None:
    for element in pupil.iter("*"):
        element.tag = local(element.tag)
