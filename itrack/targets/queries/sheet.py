"""The grid in which targets are set: what stands, what is suggested, and what was refused a moment ago."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from itrack.assessment.api import last_marks, marks_of, standing_results
from itrack.curriculum.api import named
from itrack.curriculum.rules import BAND_OF
from itrack.curriculum.rules_schemes import Scale, Sitting, shown
from itrack.foundation import clock
from itrack.foundation.viewer import Viewer
from itrack.frameworks.rules.years import subject_key
from itrack.pupils.api import PupilLine
from itrack.targets.queries.asked import WHOLE, Asked, Looked, look, roll_of
from itrack.targets.queries.rules_kept import kept_rules
from itrack.targets.queries.setting import NO_SCALE, sittings
from itrack.targets.queries.standing import standing_targets
from itrack.targets.rules.setting import RefusedTarget, may_set
from itrack.targets.rules.standings import Cell, Target
from itrack.targets.rules.suggesting import bands_of_results, suggestion

LAST, RESULTS = "last", "results"
type Suggest = Callable[[Cell], str]


@dataclass(frozen=True, slots=True)
class TargetCell:
    """One field: what it holds, the class of its band, and whether that is refused or a suggestion."""

    name: str
    text: str
    css: str = ""
    refused: bool = False
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`was` are the targets that stand, in the order of the subjects; `notes` say what was refused and why."""

    line: PupilLine
    cells: list[TargetCell]
    was: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class TargetSheet:
    """`sources` are what may be suggested from, `source` the one chosen, "" for none."""

    looked: Looked
    scale: Scale
    rows: list[SheetRow]
    sources: list[tuple[str, str]]
    source: str

    @property
    def suggested(self) -> int:
        return sum(cell.suggested for row in self.rows for cell in row.cells)

    @property
    def standing(self) -> int:
        return sum(bool(code) for row in self.rows for code in row.was.split(","))

    @property
    def possible(self) -> int:
        return len(self.rows) * len(self.looked.subjects)

    @property
    def options(self) -> list[tuple[str, str]]:
        """(code, what it is called) of the marks that can be a target."""
        return [(option.code, option.name) for option in self.scale.options.values() if option.band]

    @property
    def range(self) -> tuple[str, str]:
        low, high = self.scale.range
        return shown(low, self.scale.kind), shown(high, self.scale.kind)


def target_sheet(
    *,
    viewer: Viewer,
    asked: Asked,
    source: str,
    now: datetime,
    refused: Mapping[Cell, RefusedTarget] | None = None,
) -> TargetSheet | None:
    """The grid of a class or a year group; None when it is not this person's to set."""
    on, school = clock.day_of(now), viewer.school
    looked = look(viewer=viewer, asked=asked, on=on, whole_school=False)
    if looked is None or looked.whose == WHOLE or not may_set(viewer.role, kept_rules(school=school).teachers_set):
        return None
    pupils = roll_of(school=school, looked=looked)
    ids = [line.id for line in pupils]
    of = named(school=school, assessment=looked.assessment.id)
    scale = of.scale if of else NO_SCALE
    stands = standing_targets(school=school, pupils=ids, point=looked.point.id, assessment=looked.assessment.id)
    sources = _sources(looked)
    if source and source not in dict(sources):
        return None
    suggest = _suggest(school, looked, ids, scale, source)
    rows = [_row(line, looked, stands, suggest, refused or {}) for line in pupils]
    return TargetSheet(looked, scale, rows, sources, source)


def _sources(looked: Looked) -> list[tuple[str, str]]:
    """(value, words): the last mark, the marks of an earlier point, statutory results."""
    at = looked.point.year, looked.point.slot
    earlier = [point for point in looked.points if (point.year, point.slot) < at and point.opens_on <= looked.day]
    points = [(f"point-{point.id}", f"marks of {point.title}") for point in reversed(earlier[-6:])]
    results = [(RESULTS, "results of Key Stage 1 and the early years")]
    return [(LAST, "each pupil’s last mark"), *points, *(results if looked.is_main else [])]


def _suggest(school: int, looked: Looked, pupils: list[int], scale: Scale, source: str) -> Suggest:
    if not source:
        return lambda _: ""
    held = _held(school, looked, pupils, source)
    taught = [pk for pk, _ in looked.subjects]
    when = sittings(school=school, pupils=pupils, subjects=taught, point=looked.point, scale=scale)
    return lambda cell: suggestion(*held.get(cell, ("", "")), scale, when.get(cell, Sitting()))


def _held(school: int, looked: Looked, pupils: list[int], source: str) -> dict[Cell, tuple[str, str]]:
    """(pupil, subject) → (code, band) of what the suggestion follows from; of a result the code is ""."""
    of, point = looked.assessment.id, looked.point
    if source == RESULTS:
        found = standing_results(school=school, pupils=pupils)
        bands = {pupil: bands_of_results(lines) for pupil, lines in found.items()}
        told = {
            (who, pk): held.get(subject_key(name), "") for who, held in bands.items() for pk, name in looked.subjects
        }
        return {cell: ("", band) for cell, band in told.items() if band}
    if source == LAST:
        marks = last_marks(school=school, pupils=pupils, assessment=of, year=point.year, slot=point.slot)
        return {cell: (mark.code, mark.band) for cell, mark in marks.items() if mark.band}
    rows = marks_of(school=school, point=int(source.removeprefix("point-")), assessment=of)
    return {(row.pupil, row.subject): (row.code, row.band) for row in rows if row.confirmed and row.band}


def _row(
    line: PupilLine,
    looked: Looked,
    stands: Mapping[Cell, Target],
    suggest: Suggest,
    refused: Mapping[Cell, RefusedTarget],
) -> SheetRow:
    cells = [_cell((line.id, pk), stands, suggest, refused) for pk, _ in looked.subjects]
    held = [stands.get((line.id, pk)) for pk, _ in looked.subjects]
    told = [(name, refused.get((line.id, pk))) for pk, name in looked.subjects]
    notes = [f"{name}: {cell.reason}" for name, cell in told if cell]
    return SheetRow(line, cells, ",".join(one.code if one else "" for one in held), notes)


def _cell(
    cell: Cell, stands: Mapping[Cell, Target], suggest: Suggest, refused: Mapping[Cell, RefusedTarget]
) -> TargetCell:
    name, held = f"{cell[0]}-{cell[1]}", stands.get(cell)
    if no := refused.get(cell):
        return TargetCell(name, no.typed, refused=True)
    if held:
        return TargetCell(name, held.code, BAND_OF[held.band].css)
    text = suggest(cell)
    return TargetCell(name, text, suggested=bool(text))
