"""The entry grid: whose results of which year, what stands, and who may type."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class EntryCell:
    name: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """`was` is what the cells showed, as JSON the form sends back. `notes` say what was refused, or that they left."""

    pupil: int
    name: str
    class_name: str
    cells: list[EntryCell]
    was: str
    comes: Comes
    notes: list[str]
    refused: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`held` is why there is nothing to type, `closed` why one may only look. `scales` explain the codes."""

    assessment: Assessment
    year: int
    years: list[tuple[int, str]]
    classes: list[tuple[int, str]]
    group: int
    held: str
    closed: str
    rows: list[EntryRow]
    components: list[Component]
    scales: list[Scale]
    day: date | None = None
    entered: list[int] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.assessment.title}, {self.year}"

    @property
    def year_title(self) -> str:
        return year_title(self.year - 1)

    @property
    def note(self) -> str:
        return self.assessment.note(self.year)

    @property
    def outcome_heading(self) -> str:
        return HEADINGS.get(self.assessment.name, "")

    @property
    def fields(self) -> list[tuple[str, object]]:
        return [("assessment", self.assessment.name), ("year", self.year), ("group", self.group)]

    @property
    def heads(self) -> list[tuple[Component, int]]:
        return list(zip(self.components, self.entered, strict=True))


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
    *,
    viewer: Viewer,
    assessment: str,
    year: int,
    group: int,
    now: datetime,
    refused: Mapping[Cell, RefusedCell] | None = None,
) -> EntryPage | None:
    """The sheet asked for; None when there is no such assessment, year or class for this person. Year 0: the latest."""
    on, told = clock.day_of(now), ASSESSMENTS.get(assessment)
    if told is None:
        return None
    offered = years_for(told, on=on)
    year = year or offered[0]
    if year not in offered:
        return None
    titles = [(each, f"{each} ({year_title(each - 1)})") for each in offered]
    if held := told.held(year):
        return EntryPage(told, year, titles, [], 0, held, "", [], [], []) if not group else None
    day, entrants = _entrants(viewer, told, year, on)
    classes = sorted({one.group for one in entrants.values() if one.group}, key=lambda row: row[1])
    if group and group not in {pk for pk, _ in classes}:
        return None
    chosen = {pk: one for pk, one in entrants.items() if not group or (one.group and one.group[0] == group)}
    components = told.components(year)
    lines = standing_results(school=viewer.school, pupils=list(chosen))
    rows = _rows(told, year, chosen, lines, standards(school=viewer.school), day, refused or {})
    counted = [sum(bool(row.cells[place].text) for row in rows) for place in range(len(components))]
    scales = list({part.scale_name: part.scale for part in components}.values())
    closed = closed_for(year, role=viewer.role, on=on)
    return EntryPage(told, year, titles, classes, group, "", closed, rows, components, scales, day, counted)


def _entrants(viewer: Viewer, told: Assessment, year: int, on: date) -> tuple[date, dict[int, Entrant]]:
    found = cohorts(school=viewer.school, assessments=[told], year=year, on=on)
    seen = seen_by(viewer, on=on)
    entrants = found.entrants[told.name]
    return found.days[told.name], {pk: one for pk, one in entrants.items() if seen is None or pk in seen}


def _rows(
    told: Assessment,
    year: int,
    entrants: Mapping[int, Entrant],
    lines: Mapping[int, Sequence[ResultLine]],
    given: Mapping[int, int],
    day: date,
    refused: Mapping[Cell, RefusedCell],
) -> list[EntryRow]:
    order = sorted(entrants.values(), key=lambda one: (one.pupil.surname.casefold(), one.pupil.forename.casefold()))
    components = told.components(year)
    return [_row(told.name, year, one, components, lines.get(one.pupil.id, ()), given, day, refused) for one in order]


def _row(
    assessment: str,
    year: int,
    one: Entrant,
    components: Sequence[Component],
    lines: Sequence[ResultLine],
    given: Mapping[int, int],
    day: date,
    refused: Mapping[Cell, RefusedCell],
) -> EntryRow:
    pupil = one.pupil
    texts = texts_of(lines, year)
    shown = [texts.get(part.name, "") for part in components]
    bad = {part.name: refused[pupil.id, part.name] for part in components if (pupil.id, part.name) in refused}
    cells = [
        EntryCell(f"{pupil.id}-{part.name}", bad[part.name].typed, bad[part.name].reason)
        if part.name in bad
        else EntryCell(f"{pupil.id}-{part.name}", text)
        for part, text in zip(components, shown, strict=True)
    ]
    notes = [f"{part.short}: {bad[part.name].reason}" for part in components if part.name in bad]
    if not one.here:
        notes.append("Left before the day. Left out of every figure.")
    return EntryRow(
        pupil.id,
        pupil.name,
        one.group[1] if one.group else "",
        cells,
        json.dumps({name: text for name, text in texts.items() if text}, separators=(",", ":")),
        comes_to(assessment, year, lines, given),
        notes,
        bool(bad),
    )


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
