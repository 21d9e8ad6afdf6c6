"""The entry grid: whose results of which year, what stands, and who may type."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from itrack.accounts.api import member_row
from itrack.assessment.api import ResultLine, last_results_change, standing_results
from itrack.foundation import clock
from itrack.foundation.viewer import LEADERS, Role, Viewer
from itrack.pupils.api import pupils_to_mark
from itrack.schools.api import academic_year_on, year_title
from itrack.statutory.queries.cohorts import Entrant, cohorts, seen_by
from itrack.statutory.queries.figures import standards
from itrack.statutory.rules.assessments import ASSESSMENTS, Assessment, Component, slot_of
from itrack.statutory.rules.codes import Scale
from itrack.statutory.rules.entry import Cell, Entry, RefusedCell
from itrack.statutory.rules.rows import HEADINGS, Comes, comes_to

ENTERS_ALL = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO})
YEARS_BACK = 8
type Refusals = Mapping[Cell, RefusedCell]


@dataclass(frozen=True, slots=True)
class EntryCell:
    name: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """`was` is what the cells showed, as JSON the form sends back. `reasons` say what was refused and why not."""

    pupil: int
    name: str
    class_name: str
    cells: list[EntryCell]
    was: str
    comes: Comes
    reasons: list[str]
    left: bool

    @property
    def notes(self) -> list[str]:
        return [*self.reasons, *(["Left before the day. Left out of every figure."] if self.left else [])]

    @property
    def refused(self) -> bool:
        return bool(self.reasons)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`held` is why there is nothing to type, `closed` why one may only look."""

    assessment: Assessment
    year: int
    years: list[tuple[int, str]]
    classes: list[tuple[int, str]]
    group: int
    held: str
    closed: str
    rows: list[EntryRow]
    components: list[Component]
    day: date | None = None

    @property
    def title(self) -> str:
        return f"{self.assessment.title}, {self.year}"

    @property
    def year_title(self) -> str:
        return year_title(self.year - 1)

    @property
    def scales(self) -> list[Scale]:
        """How the columns are written, each once: the codes to explain."""
        return list({part.scale_name: part.scale for part in self.components}.values())

    @property
    def first_coded(self) -> Scale | None:
        """The first of them that has codes: its list stands open."""
        return next((scale for scale in self.scales if scale.codes), None)

    @property
    def has_notes(self) -> bool:
        return any(row.notes for row in self.rows)

    @property
    def note(self) -> str:
        return self.assessment.note(self.year)

    @property
    def outcome_heading(self) -> tuple[str, str] | None:
        """What the end of a row says, short and in full."""
        return HEADINGS.get(self.assessment.name)

    @property
    def fields(self) -> list[tuple[str, object]]:
        return [("assessment", self.assessment.name), ("year", self.year), ("group", self.group)]

    @property
    def heads(self) -> list[tuple[Component, int]]:
        """Each column with how many of its cells hold something."""
        return [
            (part, sum(bool(row.cells[place].text) for row in self.rows)) for place, part in enumerate(self.components)
        ]


def years_for(assessment: Assessment, *, on: date) -> list[int]:
    """The year under way first, then those before it."""
    now = academic_year_on(on) + 1
    return [year for year in range(now, now - YEARS_BACK, -1) if year >= assessment.first]


def closed_for(year: int, *, role: str, on: date) -> str:
    """Why this role can no longer change results of the year; "" when it can."""
    if year > academic_year_on(on) or role in LEADERS.roles:
        return ""
    return (
        f"The school year {year_title(year - 1)} is over. Not saved. A head or an administrator can change its results."
    )


def entry_page(
    *, viewer: Viewer, assessment: str, year: int, group: int, now: datetime, refused: Refusals | None = None
) -> EntryPage | None:
    """The sheet asked for; None when there is no such assessment, year or class for this person. Year 0: the latest."""
    on, told = clock.day_of(now), ASSESSMENTS.get(assessment)
    offered = years_for(told, on=on) if told else []
    year = year or next(iter(offered), 0)
    if told is None or year not in offered:
        return None
    titles = [(each, f"{each} ({year_title(each - 1)})") for each in offered]
    if held := told.held(year):
        return EntryPage(told, year, titles, [], 0, held, "", [], []) if not group else None
    day, entrants = _entrants(viewer, told, year, on)
    classes = sorted({one.group for one in entrants.values() if one.group}, key=lambda row: row[1])
    if group and group not in {pk for pk, _ in classes}:
        return None
    chosen = [one for one in entrants.values() if not group or (one.group and one.group[0] == group)]
    rows = _rows(viewer.school, told, year, chosen, refused or {})
    closed, parts = closed_for(year, role=viewer.role, on=on), told.components(year)
    return EntryPage(told, year, titles, classes, group, "", closed, rows, parts, day)


def _entrants(viewer: Viewer, told: Assessment, year: int, on: date) -> tuple[date, dict[int, Entrant]]:
    found = cohorts(school=viewer.school, assessments=[told], year=year, on=on)
    seen = seen_by(viewer, on=on)
    entrants = found.entrants[told.name]
    return found.days[told.name], {pk: one for pk, one in entrants.items() if seen is None or pk in seen}


def _rows(school: int, told: Assessment, year: int, entrants: Sequence[Entrant], refused: Refusals) -> list[EntryRow]:
    lines = standing_results(school=school, pupils=[one.pupil.id for one in entrants])
    given, parts = standards(school=school), told.components(year)
    order = sorted(entrants, key=lambda one: (one.pupil.surname.casefold(), one.pupil.forename.casefold()))
    return [
        _row(
            one,
            parts,
            texts_of(held := lines.get(one.pupil.id, []), year),
            {part.name: cell for part in parts if (cell := refused.get((one.pupil.id, part.name)))},
            comes_to(told.name, year, held, given),
        )
        for one in order
    ]


def _row(
    one: Entrant,
    parts: Sequence[Component],
    texts: Mapping[str, str],
    refused: Mapping[str, RefusedCell],
    comes: Comes,
) -> EntryRow:
    return EntryRow(
        one.pupil.id,
        one.pupil.name,
        one.group[1] if one.group else "",
        [_cell(f"{one.pupil.id}-{part.name}", texts.get(part.name, ""), refused.get(part.name)) for part in parts],
        json.dumps(dict(texts), separators=(",", ":")),
        comes,
        [f"{part.short}: {refused[part.name].reason}" for part in parts if part.name in refused],
        not one.here,
    )


def _cell(name: str, text: str, refused: RefusedCell | None) -> EntryCell:
    return EntryCell(name, refused.typed, refused.reason) if refused else EntryCell(name, text)


def lines_by_slot(lines: Sequence[ResultLine], year: int) -> dict[str, list[ResultLine]]:
    """The results of one year by component; more than one where files brought rows that differ in their qualifier."""
    found: dict[str, list[ResultLine]] = {}
    for line in lines:
        if line.year == year and (slot := slot_of(line)):
            found.setdefault(slot, []).append(line)
    return found


def texts_of(lines: Sequence[ResultLine], year: int) -> dict[str, str]:
    """What a cell shows: the result, or the two of them when they differ."""
    return {slot: "/".join(sorted({line.result for line in held})) for slot, held in lines_by_slot(lines, year).items()}


@dataclass(frozen=True, slots=True)
class Entering:
    """What an action needs: the rules' view of the sheet, and the rows that stand, by pupil and component."""

    entry: Entry
    assessment: Assessment
    lines: Mapping[Cell, list[ResultLine]]
    past: bool


def entering(*, school: int, assessment: str, year: int, pupils: Collection[int], by: int, at: datetime) -> Entering:
    """Locks the pupils until the transaction ends, then reads what stands, so nobody can come between."""
    on, told = clock.day_of(at), ASSESSMENTS[assessment]
    found = cohorts(school=school, assessments=[told], year=year, on=on)
    entrants, day = found.entrants[told.name], found.days[told.name]
    taught = pupils_to_mark(school=school, pupils=pupils, member=by, on=day, year=year - 1)
    role = member_row(school=school, member=by).values_list("role", flat=True).first() or ""
    every = role in ENTERS_ALL
    theirs = {pk for pk in entrants if every or (role == Role.TEACHER and taught.get(pk, False))} & set(pupils)
    lines = {
        (pupil, slot): rows
        for pupil, held in standing_results(school=school, pupils=sorted(theirs)).items()
        for slot, rows in lines_by_slot(held, year).items()
    }
    entry = Entry(
        year=year,
        components={part.name: part for part in told.components(year)},
        pupils=theirs,
        stands={cell: "/".join(sorted({line.result for line in rows})) for cell, rows in lines.items()},
        closed=told.held(year) or closed_for(year, role=role, on=on),
    )
    return Entering(entry, told, lines, year <= academic_year_on(on))


def last_own_entry(*, school: int, assessment: str, year: int, by: int) -> int | None:
    """The change set with which this person last touched this assessment's results of the year."""
    parts = ASSESSMENTS[assessment].components(year)
    return last_results_change(
        school=school, by=by, year=year, stages={part.key[0] for part in parts}, parts={part.key[3] for part in parts}
    )
