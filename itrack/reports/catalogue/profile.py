"""A pupil on one page: marks over time, results, tests, targets and objectives; flags, but not for parents.

It shows one pupil's own record and compares it with nobody's: no share, no mean, no rank.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from itrack.assessment.rules.profile import Profile
from itrack.assessment.rules.results import Told
from itrack.curriculum.rules import BANDS
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Viewer
from itrack.reports.queries.profile import Held, held_of_pupil
from itrack.reports.rules.answer import Answer, Cell, Column, Mark, Person, Row, Section, Table
from itrack.reports.rules.pictures import BandSteps
from itrack.reports.rules.plain import answer_data
from itrack.targets.rules.track import TRACK_WORDS
from itrack.ui.words import long_date, percent

if TYPE_CHECKING:
    from itrack.objectives.rules.progress import Figures

# What one page holds: a year of six points and half of the one before.
MOST_POINTS = 9
MOST_STEPS = 4
OF_CSS = {band.css: band for band in BANDS}
GOAL, LEVEL = "Early years: ", "Early years: good level of development"
ABOUT = "One pupil’s own record. Nothing in it is compared with other pupils."


@dataclass(frozen=True, slots=True)
class ProfileSheet:
    """`marks` go across the page, `left` and `right` stand side by side below. `earlier`: marks that did not fit."""

    heading: str
    lead: str
    marks: Section
    left: Sequence[Section]
    right: Sequence[Section]
    person: Person
    for_parents: bool

    @property
    def answer(self) -> Answer:
        sections = [one for one in (self.marks, *self.left, *self.right) if one.tables]
        return Answer(ABOUT, sections, people={self.person.id: self.person}, counted=frozenset({self.person.id}))


def sheet_of_pupil(*, viewer: Viewer, pupil: int, now: datetime, for_parents: bool) -> ProfileSheet | None:
    """None when there is no such pupil, or none whose marks this person sees."""
    held = held_of_pupil(viewer=viewer, pupil=pupil, now=now)
    return sheet_of(held, for_parents=for_parents) if held else None


def sheet_of(held: Held, *, for_parents: bool) -> ProfileSheet:
    record, line = held.page.record, held.page.record.line
    since = f" On roll since {long_date(record.on_roll_since)}." if record.on_roll_since else " Not on roll today."
    place = ", ".join(part for part in (line.year_group_name, line.class_name) if part)
    right = [targets(held, for_parents), objectives(held)]
    return ProfileSheet(
        heading=line.spoken,
        lead=f"{place}. Born {long_date(record.dob)}.{since}",
        marks=marks(held.page.profile, held.mains),
        left=[results(held.page.results), tests(held.page.profile, held.mains), attendance(held)],
        right=right if for_parents else [*right, flags(held)],
        person=Person(line.id, line.surname, line.forename, line.class_id, line.class_name),
        for_parents=for_parents,
    )


def marks(profile: Profile, mains: frozenset[str]) -> Section:
    """The main assessment: the picture and, of the same points, the table."""
    heads = [point.short for point in profile.points[-MOST_POINTS:]]
    rows = [(name, found[-MOST_POINTS:]) for name, found in profile.rows if name in mains]
    if not rows:
        return Section([], "Marks", words="No mark has been entered yet.")
    steps = [(name, [OF_CSS.get(mark.css) if mark else None for mark in found]) for name, found in rows]
    before = len(profile.points) - len(heads)
    note = f"Marks of {before} earlier points are on the pupil’s page." if before > 0 else ""
    columns = [Column("Subject", numeric=False), *(Column(head, numeric=False) for head in heads)]
    table = Table("Marks", columns, [Row([name, *map(_mark, found)]) for name, found in rows])
    return Section([table], "Marks", picture=BandSteps("Marks over time", heads, steps), notes=[note] if note else [])


def _mark(mark: Any) -> Cell:
    band = OF_CSS.get(mark.css) if mark else None
    return Mark(mark.code, band.code if band else "") if mark else "–"


def tests(profile: Profile, mains: frozenset[str]) -> Section:
    """Scores and other assessments, each with its last mark and the one before."""
    found = [
        (name, [(point.short, mark) for point, mark in zip(profile.points, told, strict=True) if mark][-2:])
        for name, told in profile.rows
        if name not in mains
    ]
    rows = [Row([name, *_last(told[-1]), *(_last(told[-2]) if len(told) > 1 else ("", ""))]) for name, told in found]
    heads = [Column(head, numeric=False) for head in ("Test", "Last", "When", "Before", "When before")]
    return Section([Table("Tests and other assessments", heads, rows)] if rows else [], "Tests")


def _last(told: tuple[str, Any]) -> tuple[Cell, Cell]:
    return _mark(told[1]), told[0]


def results(told: Sequence[Told]) -> Section:
    """National assessments in words. The early years' goals are told together, by what was reached."""
    rows = [Row([one.title, one.when, one.result, one.meaning]) for one in told if not _is_goal(one)]
    rows = [*_goals([one for one in told if _is_goal(one)]), *rows]
    heads = [Column(head, numeric=False) for head in ("Assessment", "When", "Result", "In words")]
    return Section([Table("National assessments", heads, rows)] if rows else [], "National assessments")


def _is_goal(one: Told) -> bool:
    return one.title.startswith(GOAL) and one.title != LEVEL


def _goals(told: Sequence[Told]) -> Iterator[Row]:
    """ "Emerging" with the goals' names; those expected only counted, for they are most of seventeen."""
    by_meaning = sorted(told, key=lambda one: (one.when, one.meaning))
    for (when, meaning), some in groupby(by_meaning, key=lambda one: (one.when, one.meaning)):
        goals = list(some)
        names = f"{len(goals)} goals" if meaning == "Expected" else ", ".join(_in(one.title) for one in goals)
        yield Row(["Early years goals", when, meaning, names])


def _in(title: str) -> str:
    return title.removeprefix(GOAL)


def targets(held: Held, for_parents: bool) -> Section:
    lines = held.targets.lines if held.targets else []
    heads = ["Subject", "Target for", "Target", "Last mark", *([] if for_parents else ["On track"])]
    rows = [Row(list(_target(one, for_parents))) for one in lines]
    columns = [Column(head, numeric=False) for head in heads]
    return Section([Table("Targets", columns, rows)] if rows else [], "Targets")


def _target(line: Any, for_parents: bool) -> Iterator[Cell]:
    standing = line.standing
    yield f"{line.subject_name}: {line.of}" if line.of else line.subject_name
    yield line.title
    yield Mark(standing.target.code, standing.target.band)
    yield Mark(standing.mark.code, standing.mark.band) if standing.mark else "–"
    if not for_parents:
        yield TRACK_WORDS[standing.track] if standing.track else standing.out


def objectives(held: Held) -> Section:
    """How many statements are secure of those taught, subject by subject, and what comes next."""
    told = held.objectives
    found: list[tuple[str, Figures]] = [(one.title, one.figures) for one in told.elsewhere] if told else []
    steps: list[str] = []
    if told and told.chosen:
        found = [(f"{told.chosen.title}, {told.chosen.band}", told.chosen.told.figures), *found]
        steps = [f"Next in {told.chosen.title}: {step.text}" for step in told.chosen.told.steps[:MOST_STEPS]]
    rows = [
        Row([title, f"{one.secure} of {one.taught}", percent(one.secure, one.taught), f"{one.applying}"])
        for title, one in found
        if one.taught
    ]
    heads = ("Objectives", "Secure of those taught", "Share", "In all")
    columns = [Column(heads[0], numeric=False), *(Column(head) for head in heads[1:])]
    return Section([Table("Objectives", columns, rows)] if rows else [], "Objectives", notes=steps)


def attendance(held: Held) -> Section:
    rows = [
        Row([row.title, f"{row.attended} of {row.possible}", percent(row.attended, row.possible)])
        for row in held.page.record.attendance[:2]
    ]
    columns = [Column("School year", numeric=False), Column("Sessions attended"), Column("Share")]
    return Section([Table("Attendance", columns, rows)] if rows else [], "Attendance")


def flags(held: Held) -> Section:
    """What this reader is told of the pupil's circumstances, for staff alone."""
    rows = [Row([cell.title, cell.words]) for cell in held.page.flags.cells]
    columns = [Column("About", numeric=False), Column("As known", numeric=False)]
    return Section([Table("For staff", columns, rows)] if rows else [], "For staff")


def profile_data(viewer: Viewer, said: Mapping[str, str], now: datetime, names: bool) -> dict[str, Any]:
    """`pupil` is an id; `version` "parents" leaves out what is for staff."""
    if unfit := [name for name in said if name not in ("pupil", "version")]:
        raise Refused(f"The profile is of one pupil as they stand today: {unfit[0]} has no place in it.")
    if not said.get("pupil", "").isdecimal():
        raise Refused("Name the pupil by the number in the address of their page: --choose pupil=17.")
    sheet = sheet_of_pupil(
        viewer=viewer, pupil=int(said["pupil"]), now=now, for_parents=said.get("version") == "parents"
    )
    if sheet is None:
        raise Refused("There is no such pupil among those this person sees.")
    return {"report": "pupil-profile", "school": viewer.school_name, **answer_data(sheet.answer, names=names)}
