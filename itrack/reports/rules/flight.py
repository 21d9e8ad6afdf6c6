"""One line a pupil: statutory results, then the marks of a subject over points, in the order asked for.

results_of(lines, "Reading", standards) → {"phonics": Mark("34 met"), "ks1": Mark("EXS", "expected")}
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from itrack.assessment.rules.results import ResultLine
from itrack.curriculum.rules import BANDS
from itrack.reports.rules.answer import Mark, Person
from itrack.reports.rules.prior import PRIOR
from itrack.reports.rules.transition import DOWN, SAME, UP
from itrack.statutory.rules.assessments import slot_of
from itrack.statutory.rules.verdicts import found_in

# What may stand before the marks: code, title, short title.
RESULTS = (
    ("gld", "Good level of development", "GLD"),
    ("phonics", "Phonics check", "Phonics"),
    ("ks1", "Key Stage 1", "KS1"),
    ("tables", "Multiplication tables check", "Tables"),
    ("ks2", "Key Stage 2", "KS2"),
)
# A subject of the school by any of these names is the national one.
NATIONAL = {"reading": "reading", "writing": "writing", "maths": "maths", "mathematics": "maths"}
_ORDER = {band.code: place for place, band in enumerate(BANDS)}


def results_of(lines: Sequence[ResultLine], subject: str, standards: Mapping[int, int]) -> dict[str, Mark]:
    """The results that belong beside the subject; those of other subjects are left out."""
    national = NATIONAL.get(subject.casefold(), "")
    held = {slot_of(line): line for line in lines if slot_of(line)}
    found = {code: _met(code, lines, standards) for code in ("gld", "phonics")}
    found["ks1"] = _teacher(f"ks1-{national}", lines, standards)
    found["tables"] = _as_written(held, "tables") if national == "maths" else None
    found["ks2"] = _as_written(held, f"{national}-scaled", "ks2-writing" if national == "writing" else "")
    return {code: mark for code, mark in found.items() if mark}


def _met(code: str, lines: Sequence[ResultLine], standards: Mapping[int, int]) -> Mark | None:
    stand = PRIOR[code].stand(lines, standards)
    steps = {step.code: step.name for step in PRIOR[code].steps}
    mark, _, _ = stand.said.partition(" of 40")
    if not stand.place:
        return Mark(stand.why.partition(",")[0]) if stand.why else None
    shown = f"{mark} " if mark.isdecimal() else ""
    return Mark(f"{shown}{steps[stand.place].lower()}" if shown else steps[stand.place])


def _teacher(code: str, lines: Sequence[ResultLine], standards: Mapping[int, int]) -> Mark | None:
    if code not in PRIOR:
        return None
    stand = PRIOR[code].stand(lines, standards)
    texts = [held.text for year in sorted({line.year for line in lines}) if (held := found_in(lines, year).get(code))]
    return Mark(texts[-1], stand.place) if texts else None


def _as_written(held: Mapping[str, ResultLine], *slots: str) -> Mark | None:
    return next((Mark(held[slot].result) for slot in slots if slot in held), None)


@dataclass(frozen=True, slots=True)
class Flight:
    """A pupil's row. `marks` has a place for each point, None without a mark."""

    pupil: Person
    results: Mapping[str, Mark]
    marks: Sequence[Mark | None]

    @property
    def bands(self) -> list[str]:
        """The bands of the marks that have one, the earliest first."""
        return [mark.band for mark in self.marks if mark and mark.band]

    @property
    def steps(self) -> int | None:
        """How many bands the last mark lies above the first, only to put rows in order; None without two marks."""
        return _ORDER[self.bands[-1]] - _ORDER[self.bands[0]] if len(self.bands) > 1 else None

    @property
    def way(self) -> str:
        """Whether the last mark is in a higher band than the first, in the same or a lower one; "" without two."""
        steps = self.steps
        return "" if steps is None else UP if steps > 0 else DOWN if steps < 0 else SAME


@dataclass(frozen=True, slots=True)
class Order:
    """One way of putting rows in order; those `last` speaks of come last, and equals stand by name."""

    code: str
    words: str
    key: Callable[[Flight], object]
    last: Callable[[Flight], bool] = lambda row: False


def _latest(row: Flight) -> int:
    return _ORDER[row.bands[-1]]


def _no_mark(row: Flight) -> bool:
    return not row.bands


def _no_way(row: Flight) -> bool:
    return row.steps is None


ORDERS = (
    Order("name", "Name", lambda row: 0),
    Order("class", "Class, then name", lambda row: row.pupil.class_name),
    Order("lowest", "Latest mark, lowest first", _latest, _no_mark),
    Order("highest", "Latest mark, highest first", lambda row: -_latest(row), _no_mark),
    Order("fell", "Moved down the most first", lambda row: row.steps or 0, _no_way),
    Order("rose", "Moved up the most first", lambda row: -(row.steps or 0), _no_way),
)


def in_order(rows: Sequence[Flight], code: str) -> list[Flight]:
    order = next(one for one in ORDERS if one.code == code)
    by_name = sorted(rows, key=lambda row: row.pupil.order)
    told = [row for row in by_name if not order.last(row)]
    return [*sorted(told, key=order.key), *(row for row in by_name if order.last(row))]  # type: ignore[arg-type]
