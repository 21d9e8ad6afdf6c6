"""What may be marked and what stands, asked before marks are saved: two questions, whatever the number of cells."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from itrack.accounts.api import member_row
from itrack.assessment.models import Judgement
from itrack.assessment.queries.judgements import SAID, last_before
from itrack.assessment.rules.marks import Cell, LastChange, Marking, Sheet
from itrack.curriculum.api import option_rows, subject_rows
from itrack.foundation import clock
from itrack.foundation.models import ChangeSet
from itrack.foundation.viewer import LEADERS, Role
from itrack.pupils.api import pupils_to_mark
from itrack.schools.api import academic_year_on, is_past, point_rows
from itrack.ui.words import long_date

MARKS_ALL = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO})
NOTHING = Value(0, IntegerField())
NO_WORD = Value("", TextField())
OPEN, PAST = 0, 1
BAR = Value("|", TextField())
DAYS = (Cast("closes_on", TextField()), BAR, Cast("opens_on", TextField()))
CALENDAR = Concat(Cast("name", TextField()), BAR, *DAYS)
RETIRED_ON = Coalesce(Cast("retired_on", TextField()), NO_WORD)


def marking(*, school: int, sheet: Sheet, cells: Collection[Cell], by: int, at: datetime) -> Marking:
    """Locks the pupils until the transaction ends, then reads what stands, so nobody can come between."""
    day = clock.day_of(at)
    pupils = {pupil for pupil, _ in cells}
    here = pupils_to_mark(school=school, pupils=pupils, member=by, on=day, year=academic_year_on(day))
    points = {sheet.place(column)[0] for _, column in cells} or {sheet.point}
    rows = _rows(school, sheet, points, here, by, day)
    role = next((word for kind, _, _, word in rows if kind == "role"), "")
    theirs = {pupil for pupil, taught in here.items() if role in MARKS_ALL or (role == Role.TEACHER and taught)}
    options = sorted((place, code, option) for kind, option, place, code in rows if kind == "option")
    return Marking(
        sheet=sheet,
        points={point for kind, point, _, _ in rows if kind == "point"},
        past={point: _closed(word) for kind, point, state, word in rows if kind == "point" and state == PAST},
        leads=role in LEADERS.roles,
        pupils=theirs,
        subjects={subject for kind, subject, _, _ in rows if kind == "subject"},
        options={code: option for _, code, option in options},
        opens={point: word.rpartition("|")[2] for kind, point, _, word in rows if kind == "point"},
        retired={subject: word for kind, subject, _, word in rows if kind == "subject" and word},
        stands={(pupil, column): code for kind, pupil, column, code in rows if kind == "stands" and pupil in theirs},
    )


def _closed(word: str) -> str:
    name, day, _ = word.rsplit("|", 2)
    return f"{name} closed on {long_date(date.fromisoformat(day))}"


def on_sheet(rows: QuerySet[Judgement], *, sheet: Sheet, points: Collection[int]) -> QuerySet[Judgement]:
    """Of these judgements the ones with a cell on the sheet whose columns are at these points."""
    return rows.filter(point_id__in=points, **({"subject_id": sheet.subject} if sheet.subject else {}))


def _rows(
    school: int, sheet: Sheet, points: Collection[int], pupils: Collection[int], by: int, day: date
) -> list[tuple[str, int, int, str]]:
    """(kind, id, id or place, word): five lists in one round trip."""
    held = Judgement.objects.filter(school_id=school, pupil_id__in=list(pupils), ended_at__isnull=True)
    stands = on_sheet(held, sheet=sheet, points=points)
    past = Case(When(is_past(on=day), then=Value(PAST)), default=Value(OPEN), output_field=IntegerField())
    return list(
        _said("stands", stands, "pupil_id", "point_id" if sheet.subject else "subject_id", SAID).union(
            _said("role", member_row(school=school, member=by), "pk", NOTHING, "role"),
            _said("point", point_rows(school=school).filter(pk__in=points), "pk", past, CALENDAR),
            _said("subject", subject_rows(school=school), "pk", NOTHING, RETIRED_ON),
            _said("option", option_rows(school=school), "pk", "position", "code"),
            all=True,
        )
    )


def _said(kind: str, rows: QuerySet[Any], first: str, second: Any, word: Any) -> QuerySet[Any]:
    return rows.order_by().values_list(
        Value(kind, TextField()), first, second, Cast(word, TextField()) if isinstance(word, str) else word
    )


def last_changes(*, school: int, sheet: Sheet, cells: Collection[Cell], now: datetime) -> dict[Cell, LastChange]:
    """Who last typed in or emptied each of the cells."""
    places = [sheet.place(column) for _, column in cells]
    rows = Judgement.objects.filter(
        school_id=school,
        point_id__in={point for point, _ in places},
        pupil_id__in={pupil for pupil, _ in cells},
        subject_id__in={subject for _, subject in places},
    )
    begun = ("added_by__by_id", "added_by__by__name", "added_at")
    ended = ("ended_by__by_id", "ended_by__by__name", "ended_at")
    # In the order they were made, so the last of a cell's versions remains.
    told = rows.order_by("pk").values_list("pupil_id", "point_id", "subject_id", "pk", *begun, *ended)
    return {
        (row[0], sheet.column(row[1], row[2])): _change(row[7:] if row[9] else row[4:7], row[3], now) for row in told
    }


def _change(told: tuple[int, str, datetime], mark: int, now: datetime) -> LastChange:
    by, name, at = told
    here = at.astimezone(clock.LONDON)
    same_day = clock.day_of(at) == clock.day_of(now)
    return LastChange(by, name, f"at {here:%H:%M}" if same_day else f"on {here.day} {here:%B}", mark)


def last_options(*, school: int, point: int, subject: int, pupils: Collection[int]) -> dict[int, int]:
    """Each pupil's last mark in the subject before the point, as its option; without marks that no band has."""
    year, slot = point_rows(school=school).values_list("year", "slot").get(pk=point)
    rows = Judgement.objects.filter(
        school_id=school, subject_id=subject, pupil_id__in=list(pupils), ended_at__isnull=True
    )
    told = last_before(rows, year=year, slot=slot).values_list("pupil_id", "option_id", "option__band")
    return {pupil: option for pupil, option, band in told if band}


def last_own_change(
    *, school: int, sheet: Sheet, points: Collection[int], pupils: Collection[int], by: int
) -> int | None:
    """The change set with which this person last touched the sheet's marks of these pupils, if it still holds."""
    held = Judgement.objects.filter(school_id=school, pupil_id__in=list(pupils))
    marks = on_sheet(held, sheet=sheet, points=points)
    touched = marks.filter(Q(added_by_id=OuterRef("pk")) | Q(ended_by_id=OuterRef("pk")))
    own = ChangeSet.objects.filter(school_id=school, by_id=by, kind=ChangeSet.Kind.MARKS, undone_at__isnull=True)
    return own.filter(Exists(touched)).order_by("-pk").values_list("pk", flat=True).first()
