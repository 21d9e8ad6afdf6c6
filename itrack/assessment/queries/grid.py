"""What the marks page shows, in a number of questions that does not grow with the class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from itrack.assessment.models import Judgement
from itrack.assessment.queries.choice import Asked, Choice, Missing, choose
from itrack.assessment.queries.results import results_in_short, with_results
from itrack.assessment.rules.grid import Grid, Mark, Marks, Who, lay_out, mostly
from itrack.assessment.rules.marks import Cell, RefusedCell
from itrack.curriculum.rules import BAND_OF
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import PupilLine, pupils_on_roll
from itrack.schools.api import PointRow


@dataclass(frozen=True, slots=True)
class Beside:
    """The panel beside the grid: the pupils who have statutory results, and the results of one of them."""

    pupils: list[Who]
    about: Who | None
    results: list[str]


@dataclass(frozen=True, slots=True)
class MarksPage:
    """`before` is the point that most small letters are of, `before_alone` whether all are."""

    choice: Choice
    grid: Grid
    before: PointRow | None
    before_alone: bool
    last_saved: datetime | None
    beside: Beside


def marks_page(
    *, viewer: Viewer, asked: Asked, on: date, refused: Mapping[Cell, RefusedCell] | None = None
) -> MarksPage | Missing | None:
    """The page for what is asked, refused cells left as typed; None when it is not this person's to mark."""
    choice = choose(viewer=viewer, asked=asked, on=on)
    if choice is None or isinstance(choice, Missing):
        return choice
    lines = pupils_on_roll(school=viewer.school, on=on, year=choice.year, group=choice.group.id)
    pupils = [Who(line.id, line.name, line.flags) for line in lines]
    now, last_saved = _now(viewer.school, choice, pupils)
    before = _before(viewer.school, choice, pupils)
    letters = {cell: code for cell, (code, _) in before.items()}
    of_points = [point for _, point in before.values()]
    usual = mostly(of_points)
    return MarksPage(
        choice,
        lay_out(pupils, choice.chosen, Marks(now, letters, refused or {})),
        next((point for point in choice.points if point.id == usual), None),
        len(set(of_points)) == 1,
        last_saved,
        _beside(viewer.school, choice.year, lines, asked.about),
    )


def _now(school: int, choice: Choice, pupils: Sequence[Who]) -> tuple[dict[Cell, Mark], datetime | None]:
    """The marks that stand at the point, and when the latest of them was saved."""
    rows = _standing(school, choice, pupils).filter(point_id=choice.point.id)
    marks: dict[Cell, Mark] = {}
    moments = []
    told = rows.values_list("pupil_id", "subject_id", "option__code", "option__name", "option__band", "added_at")
    for pupil, subject, code, name, band, at in told:
        marks[pupil, subject] = Mark(code, BAND_OF[band].css if band else "", name)
        moments.append(at)
    return marks, max(moments, default=None)


def _before(school: int, choice: Choice, pupils: Sequence[Who]) -> dict[Cell, tuple[str, int]]:
    """The last mark of each cell at an earlier point, with that point."""
    year, slot = choice.point.year, choice.point.slot
    earlier = Q(point__year__lt=year) | Q(point__year=year, point__slot__lt=slot)
    rows = _standing(school, choice, pupils).filter(earlier)
    last = rows.order_by("pupil_id", "subject_id", "-point__year", "-point__slot").distinct("pupil_id", "subject_id")
    told = last.values_list("pupil_id", "subject_id", "option__code", "point_id")
    return {(pupil, subject): (code, point) for pupil, subject, code, point in told}


def _standing(school: int, choice: Choice, pupils: Sequence[Who]) -> QuerySet[Judgement]:
    return Judgement.objects.filter(
        school_id=school,
        pupil_id__in=[who.id for who in pupils],
        subject_id__in=[subject for subject, _ in choice.chosen],
        ended_at__isnull=True,
    )


def _beside(school: int, year: int, lines: Sequence[PupilLine], wanted: int) -> Beside:
    """A pupil who is not of the class is not told about: the first one with results is."""
    having = with_results(school=school, pupils=[line.id for line in lines])
    pupils = [line for line in lines if line.id in having]
    about = next((line for line in pupils if line.id == wanted), next(iter(pupils), None))
    results = results_in_short(school=school, pupil=about.id, year=year, year_group=about.year_group) if about else []
    told = [Who(line.id, line.name, ()) for line in pupils]
    return Beside(told, next((who for who in told if about and who.id == about.id), None), results)
