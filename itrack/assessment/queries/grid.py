"""What the marks page shows, in a number of questions that does not grow with the class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from itrack.assessment.models import Judgement
from itrack.assessment.queries.choice import Asked, Choice, Missing, choose
from itrack.assessment.queries.judgements import last_before
from itrack.assessment.queries.results import results_in_short
from itrack.assessment.queries.wanted import wanted_instead
from itrack.assessment.rules.grid import Grid, Mark, Marks, Who, lay_out, mostly
from itrack.assessment.rules.marks import Cell, RefusedCell
from itrack.curriculum.rules import BAND_OF
from itrack.foundation import clock
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import PupilLine, pupils_on_roll
from itrack.pupils.rules_flags import FLAG_WORDS
from itrack.schools.api import PointRow


@dataclass(frozen=True, slots=True)
class Beside:
    """The panel beside the grid: a pupil of the class, their statutory results and what their flags mean."""

    about: int
    spoken: str
    results: list[str]
    flags: list[str]


@dataclass(frozen=True, slots=True)
class MarksPage:
    """`before` is the point that most small letters are of, `before_alone` whether all are."""

    choice: Choice
    grid: Grid
    before: PointRow | None
    before_alone: bool
    last_saved: datetime | None
    beside: Beside | None


def marks_page(
    *, viewer: Viewer, asked: Asked, now: datetime, refused: Mapping[Cell, RefusedCell] | None = None
) -> MarksPage | Missing | None:
    """The page for what is asked, refused cells left as typed; None when it is not this person's to mark."""
    on = clock.day_of(now)
    choice = choose(viewer=viewer, asked=asked, on=on)
    if choice is None or isinstance(choice, Missing):
        return choice
    lines = pupils_on_roll(school=viewer.school, on=on, year=choice.year, group=choice.group.id)
    pupils = [Who(line.id, line.name, line.flags) for line in lines]
    told = _told(viewer.school, choice, pupils)
    here = {point.id for point in choice.shown_points}
    stands = [row for row in told if row.point in here]
    before = [row for row in told if row.point not in here]
    wanted = wanted_instead(viewer=viewer, choice=choice, pupils=[who.id for who in pupils], now=now)
    marks = Marks(_placed(choice, stands), _letters(before), refused or {}, choice.closed_columns, wanted)
    return MarksPage(
        choice,
        lay_out(pupils, choice.columns, marks),
        *_before(choice, before),
        max((row.at for row in stands), default=None),
        _beside(viewer.school, choice.year, lines, asked.about),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A judgement as read: `point` is the page's own for the marks that stand now, an earlier one for the last."""

    pupil: int
    subject: int
    point: int
    code: str
    name: str
    band: str
    at: datetime
    confirmed: bool


def _placed(choice: Choice, stands: Sequence[_Told]) -> dict[Cell, Mark]:
    return {(row.pupil, choice.sheet.column(row.point, row.subject)): _mark(row) for row in stands}


def _before(choice: Choice, before: Sequence[_Told]) -> tuple[PointRow | None, bool]:
    usual = mostly([row.point for row in before])
    return next((point for point in choice.points if point.id == usual), None), len({row.point for row in before}) == 1


def _letters(before: Sequence[_Told]) -> dict[Cell, str]:
    return {(row.pupil, row.subject): row.code for row in before}


def _mark(row: _Told) -> Mark:
    return Mark(row.code, BAND_OF[row.band].css if row.band else "", row.name, copied=not row.confirmed)


def _told(school: int, choice: Choice, pupils: Sequence[Who]) -> list[_Told]:
    """The marks that stand at the point, and of each cell the last mark before it: two lists in one question."""
    rows = Judgement.objects.filter(
        school_id=school,
        pupil_id__in=[who.id for who in pupils],
        subject_id__in=[subject for subject, _ in choice.chosen],
        ended_at__isnull=True,
    )
    last = last_before(rows, year=choice.point.year, slot=choice.point.slot)
    option = ("option__code", "option__name", "option__band")
    fields = ("pupil_id", "subject_id", "point_id", *option, "added_at", "confirmed")
    now = rows.filter(point_id__in=[point.id for point in choice.shown_points]).order_by()
    if choice.over:  # what came before stands in the column beside
        return [_Told(*row) for row in now.values_list(*fields)]
    return [_Told(*row) for row in now.values_list(*fields).union(last.values_list(*fields), all=True)]


def _beside(school: int, year: int, lines: Sequence[PupilLine], wanted: int) -> Beside | None:
    """A pupil who is not of the class is not told about: the first one is."""
    about = next((line for line in lines if line.id == wanted), next(iter(lines), None))
    if about is None:
        return None
    results = results_in_short(school=school, pupil=about.id, year=year, year_group=about.year_group)
    return Beside(about.id, about.spoken, results, [FLAG_WORDS[flag] for flag in about.flags])
