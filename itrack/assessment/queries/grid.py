"""What the marks page shows, in a number of questions that does not grow with the class."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, QuerySet, Value

from itrack.assessment.models import Judgement
from itrack.assessment.queries.choice import Asked, Choice, Missing, choose
from itrack.assessment.queries.judgements import last_before
from itrack.assessment.queries.results import results_in_short
from itrack.assessment.queries.wanted import wanted_instead
from itrack.assessment.rules.arranging import Arrangement, arrange
from itrack.assessment.rules.grid import Grid, Mark, Marks, Who, lay_out, mark_of, mostly
from itrack.assessment.rules.marks import Cell, RefusedCell
from itrack.foundation import clock
from itrack.foundation.composed import Composed, among
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import PupilLine, class_roll
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
    arrangement: Arrangement
    grid: Grid
    before: PointRow | None
    before_alone: bool
    last_saved: datetime | None
    beside: Beside | None

    @property
    def fields(self) -> list[tuple[str, str | int]]:
        """The sheet as an address or a form says it, with what of it is shown."""
        asked = (("show", self.arrangement.show), ("sort", self.arrangement.sort))
        return [*self.choice.fields, *((name, value) for name, value in asked if value)]

    @property
    def mixed(self) -> bool:
        """Whether the pupils are of several year groups; then each is judged by their own, and it is shown."""
        return len({row.who.year_group for row in self.grid.rows}) > 1


def marks_page(
    *, viewer: Viewer, asked: Asked, now: datetime, refused: Mapping[Cell, RefusedCell] | None = None
) -> MarksPage | Missing | None:
    """The page for what is asked, refused cells left as typed; None when it is not this person's to mark."""
    on = clock.day_of(now)
    choice = choose(viewer=viewer, asked=asked, on=on)
    if choice is None or isinstance(choice, Missing):
        return choice
    lines = class_roll(school=viewer.school, on=on, year=choice.year, group=choice.group.id)
    pupils = [Who(line.id, line.name, line.flags, line.year_group) for line in lines]
    stands, before, last_saved = _told(viewer.school, choice, pupils)
    wanted = wanted_instead(viewer=viewer, choice=choice, pupils=[who.id for who in pupils], now=now)
    marks = Marks(_placed(choice, stands), _letters(choice, before), refused or {}, choice.closed_columns, wanted)
    arranged = arrange(pupils, choice.columns, marks.now, show=asked.show, sort=asked.sort)
    return MarksPage(
        choice,
        arranged,
        lay_out(arranged.pupils, choice.columns, marks),
        *_before(choice, before),
        last_saved,
        _beside(viewer.school, choice.year, lines, asked.about),
    )


# Of a mark as it is read: the pupil, subject and point by id, its code and band, and whether it is confirmed.
type _Told = tuple[int, int, int, str, str, bool]


def _told(school: int, choice: Choice, pupils: Sequence[Who]) -> tuple[list[_Told], list[_Told], datetime | None]:
    """The marks that stand, of each cell the last mark before, and when the latest was made: in one question.

    Over time nothing comes before: it stands in the column beside.
    """
    here = [point.id for point in choice.shown_points]
    year, slot = (0, 0) if choice.over else (choice.point.year, choice.point.slot)
    told = _MARKS.rows(
        school=school,
        pupils=[who.id for who in pupils],
        subjects=[subject for subject, _ in choice.chosen],
        points=here,
        assessment=choice.assessed.id,
        year=year,
        slot=slot,
    )
    stands = [row[1:] for row in told if row[3] in here]
    before = [row[1:] for row in told if row[3] not in here]
    return stands, before, next((at for at, *_ in told if at is not None), None)


def _marks(given: Callable[[str], Any]) -> QuerySet[Any, Any]:
    rows = Judgement.objects.filter(
        among("pupil_id", given("pupils")),
        among("subject_id", given("subjects")),
        school_id=given("school"),
        assessment_id=given("assessment"),
        ended_at__isnull=True,
    )
    now = rows.filter(among("point_id", given("points")))
    fields = ("pupil_id", "subject_id", "point_id", "code", "band", "confirmed")
    # The mark made last comes alone in front with its time: read of each mark, times would be the dearest column.
    latest = now.order_by("-added_at")[:1].values_list("added_at", *fields)
    last = last_before(rows, year=given("year"), slot=given("slot"))
    return latest.union(now.order_by().values_list(NO_TIME, *fields), last.values_list(NO_TIME, *fields), all=True)


NO_TIME = Value(None, DateTimeField())
_MARKS = Composed(_marks)


def _placed(choice: Choice, stands: Sequence[_Told]) -> dict[Cell, Mark]:
    names = {option.code: option.name for option in choice.options}
    known: dict[tuple[str, str, bool], Mark] = {}
    placed: dict[Cell, Mark] = {}
    column, kind = choice.sheet.column, choice.assessed.scale.kind
    for pupil, subject, point, code, band, confirmed in stands:
        key = (code, band, confirmed)
        mark = known.get(key) or known.setdefault(key, mark_of(*key, names=names, kind=kind))
        placed[pupil, column(point, subject)] = mark
    return placed


def _letters(choice: Choice, before: Sequence[_Told]) -> dict[Cell, str]:
    return {(pupil, subject): code for pupil, subject, _, code, *_ in before}


def _before(choice: Choice, before: Sequence[_Told]) -> tuple[PointRow | None, bool]:
    points = [point for _, _, point, *_ in before]
    usual = mostly(points)
    return next((point for point in choice.points if point.id == usual), None), len(set(points)) == 1


def _beside(school: int, year: int, lines: Sequence[PupilLine], wanted: int) -> Beside | None:
    """A pupil who is not of the class is not told about: the first one is."""
    about = next((line for line in lines if line.id == wanted), next(iter(lines), None))
    if about is None:
        return None
    results = results_in_short(school=school, pupil=about.id, year=year, year_group=about.year_group)
    return Beside(about.id, about.spoken, results, [FLAG_WORDS[flag] for flag in about.flags])
