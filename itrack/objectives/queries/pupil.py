"""One pupil's objectives: the statements of a subject and years with their marks, next steps, and all else judged."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from itrack.foundation import clock
from itrack.foundation.viewer import Viewer
from itrack.frameworks.rules.years import band_name
from itrack.objectives.models import StatementMark
from itrack.objectives.queries.grid import wordings
from itrack.objectives.queries.marks import scale_of
from itrack.objectives.queries.offered import offered_strands
from itrack.objectives.queries.use import used_subjects
from itrack.objectives.rules.choice import StrandChoice, by_band, courses, titles, usual_strand
from itrack.objectives.rules.depth import NOT_FOR_THEM, Depth
from itrack.objectives.rules.grid import Who, Wording
from itrack.objectives.rules.progress import Figures, figures
from itrack.objectives.rules.telling import PupilTold, tell_class
from itrack.pupils.api import PupilLine, may_see_pupil, pupil_line
from itrack.schools.api import academic_year_on


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement with what stands: `mark` None for nothing yet."""

    wording: Wording
    mark: Depth | None = None
    taken_on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is judged of other years, subjects, frameworks or of retired statements, counted."""

    title: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Chosen:
    """The subject and years shown, with the ways to others: (title, strand, whether it is the one shown)."""

    title: str
    band: str
    scale: list[Depth]
    told: PupilTold
    strands: list[tuple[str, list[Judged]]]
    subjects: list[tuple[str, StrandChoice, bool]]
    bands: list[tuple[str, StrandChoice, bool]]

    @property
    def highest(self) -> int:
        return max((depth.value for depth in self.scale), default=0)


@dataclass(frozen=True, slots=True)
class PupilObjectives:
    """`chosen` is None while no subject uses objectives."""

    line: PupilLine
    chosen: Chosen | None
    elsewhere: list[Elsewhere] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Held:
    """A standing mark with where its statement belongs."""

    mark: Depth
    taken_on: date
    by: str
    where: str


def pupil_objectives(*, viewer: Viewer, pupil: int, strand: int, now: datetime) -> PupilObjectives | None:
    """None when this person does not see the pupil, or asks for a strand the school has not."""
    on, school = clock.day_of(now), viewer.school
    year = academic_year_on(on)
    if not may_see_pupil(viewer=viewer, pupil=pupil, on=on):
        return None
    line = pupil_line(school=school, pupil=pupil, on=on, year=year)
    offered = offered_strands(school=school, year=year, used=used_subjects(school=school))
    if line is None or (strand and strand not in {row.id for row in offered}):
        return None
    held = _held(school, pupil)
    if not offered:
        return PupilObjectives(line, None, _elsewhere(held, ()))
    usual = usual_strand(offered, courses(offered, [line.year_group])[0], [line.year_group])
    here = next((row for row in offered if row.id == strand), usual)
    chosen, shown = _chosen(school, line, offered, here, held)
    return PupilObjectives(line, chosen, _elsewhere(held, shown))


def _held(school: int, pupil: int) -> dict[int, _Held]:
    rows = StatementMark.objects.filter(school_id=school, pupil_id=pupil, ended_at__isnull=True)
    of_depth = ("depth_id", "depth__code", "depth__name", "depth__value", "depth__taught", "depth__secure")
    of_strand = ("framework__name", "framework__version", "strand__subject")
    years = ("strand__from_year_group", "strand__to_year_group")
    told = rows.order_by("statement__framework_id", "statement__strand__position").values_list(
        "statement_id", "taken_on", "added_by__by__name", *of_depth,
        *(f"statement__{name}" for name in (*of_strand, *years)),
    )  # fmt: skip
    return {
        statement: _Held(Depth(*row[:6]) if row[0] else NOT_FOR_THEM, taken_on, by, _where(*row[6:]))
        for statement, taken_on, by, *row in told
    }


def _where(framework: str, version: str, subject: str, first: str, last: str) -> str:
    return f"{subject}, {band_name(first, last)}: {framework}{f', {version}' if version else ''}"


def _chosen(
    school: int, line: PupilLine, offered: list[StrandChoice], here: StrandChoice, held: dict[int, _Held]
) -> tuple[Chosen, set[int]]:
    strands = [row for row in offered if (row.course, row.band) == (here.course, here.band)]
    every = wordings(school=school, strands=[row.id for row in strands])
    scale = scale_of(school=school, framework=here.course.framework)
    depths = {depth.id: depth for depth in (*scale, NOT_FOR_THEM)}
    marks = {one.id: depths[held[one.id].mark.id] for one in every if one.id in held}
    [told] = tell_class(
        [Who(line.id, line.name)], every, {(line.id, one): mark for one, mark in marks.items()}, scale
    ).pupils
    judged = [(row.name, [_judged(one, marks, held) for one in every if one.strand == row.id]) for row in strands]
    years = [line.year_group]
    found = courses(offered, years)
    said = titles(found)
    subjects = [(said[course], usual_strand(offered, course, years), course == here.course) for course in found]
    bands = [(name, rows[0], rows[0].band == here.band) for name, rows in by_band(offered, here.course)]
    return Chosen(said[here.course], here.band_name, scale, told, judged, subjects, bands), {one.id for one in every}


def _judged(one: Wording, marks: dict[int, Depth], held: dict[int, _Held]) -> Judged:
    if one.id not in marks:
        return Judged(one)
    return Judged(one, marks[one.id], held[one.id].taken_on, held[one.id].by)


def _elsewhere(held: dict[int, _Held], shown: set[int] | tuple[()]) -> list[Elsewhere]:
    by_place: defaultdict[str, list[Depth]] = defaultdict(list)
    for statement, one in held.items():
        if statement not in shown:
            by_place[one.where].append(one.mark)
    return [Elsewhere(where, figures(marks)) for where, marks in by_place.items()]
