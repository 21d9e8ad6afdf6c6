"""What may be marked and what stands, asked before marks are saved: two questions, whatever the number of cells."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from itrack.accounts.api import member_row
from itrack.assessment.models import Judgement
from itrack.assessment.queries.judgements import SAID, last_before, of_assessment
from itrack.assessment.rules.marks import Cell, LastChange, Marking, Sheet
from itrack.assessment.rules.placing import months_old
from itrack.curriculum.api import Named, named_of, named_rows, subject_rows
from itrack.curriculum.rules_reading import read
from itrack.curriculum.rules_schemes import Kind, Reading, Scale
from itrack.foundation import clock
from itrack.foundation.models import ChangeSet
from itrack.foundation.viewer import LEADERS, Role
from itrack.pupils.api import births, pupils_to_mark, year_group_of, years_of_pupils
from itrack.schools.api import academic_year_on, is_past, point_rows
from itrack.ui.words import long_date

MARKS_ALL = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO})
NOTHING = Value(0, IntegerField())
NO_WORD = Value("", TextField())
OPEN, PAST = 0, 1
BAR = Value("|", TextField())
# Of a point: "Autumn 2|2026-12-18|2026-11-02|2026|2".
DATES = (piece for name in ("closes_on", "opens_on", "year", "slot") for piece in (BAR, Cast(name, TextField())))
CALENDAR = Concat(Cast("name", TextField()), *DATES)
AHEAD = "The day of the test lies ahead."
NO_SCALE = Scale(0, "", Kind.CODED)
RETIRED_ON = Coalesce(Cast("retired_on", TextField()), NO_WORD)


def marking(
    *, school: int, sheet: Sheet, cells: Mapping[Cell, str], by: int, at: datetime, taken_on: date | None = None
) -> Marking:
    """Locks the pupils until the transaction ends, then reads what stands, so nobody can come between.

    `cells` are those to be marked with what is typed in each; `taken_on` is the day of a test.
    """
    day, pupils = clock.day_of(at), {pupil for pupil, _ in cells}
    year = academic_year_on(day)
    here = pupils_to_mark(school=school, pupils=pupils, member=by, on=day, year=year)
    rows = _rows(school, sheet, {sheet.place(column)[0] for _, column in cells} or {sheet.point}, here, by, day)
    found = named_of(rows)
    scale = found.scale if found else NO_SCALE
    role, theirs = _whose(rows, here)
    calendar = {point: word.rsplit("|", 4) for kind, point, _, word in rows if kind == "point"}
    return Marking(
        leads=role in LEADERS.roles,
        pupils=theirs,
        year_groups=_year_groups(school, theirs, year, calendar) if _years_matter(scale, cells.values()) else {},
        ages=_ages(school, theirs, taken_on) if scale.kind is Kind.AGE else {},
        stands={(pupil, column): code for kind, pupil, column, code in rows if kind == "stands" and pupil in theirs},
        **_of_points(calendar, {point for kind, point, state, _ in rows if kind == "point" and state == PAST}),
        **_of_subjects({subject: word for kind, subject, _, word in rows if kind == "subject"}),
        **_of_assessment(found, sheet, ahead=taken_on is not None and taken_on > day),
    )


def _of_subjects(retired: Mapping[int, str]) -> dict[str, Any]:
    return {"subjects": set(retired), "retired": {subject: word for subject, word in retired.items() if word}}


def _whose(rows: Sequence[tuple[str, int, int, str]], here: Mapping[int, bool]) -> tuple[str, set[int]]:
    """The person's role, and the pupils that are theirs to mark: of a teacher those they teach."""
    role = next((word for kind, _, _, word in rows if kind == "role"), "")
    return role, {pupil for pupil, taught in here.items() if role in MARKS_ALL or (role == Role.TEACHER and taught)}


def _of_assessment(found: Named | None, sheet: Sheet, *, ahead: bool) -> dict[str, Any]:
    if found is None:
        none = "There is no such assessment in this school."
        return {"sheet": sheet, "scale": NO_SCALE, "only_for": (), "read_only": none}
    history = f"{found.name} is kept as history and takes no new marks." if found.read_only else ""
    told = {"scale": found.scale, "only_for": found.subjects, "read_only": history or (AHEAD if ahead else "")}
    return {"sheet": replace(sheet, assessment=found.id), **told}


def _of_points(calendar: Mapping[int, Sequence[str]], past: Collection[int]) -> dict[str, Any]:
    return {
        "points": calendar.keys(),
        "past": {point: _closed(calendar[point]) for point in past},
        "slots": {point: int(words[4]) for point, words in calendar.items()},
        "opens": {point: words[2] for point, words in calendar.items()},
    }


def _closed(words: Sequence[str]) -> str:
    return f"{words[0]} closed on {long_date(date.fromisoformat(words[1]))}"


def _years_matter(scale: Scale, typed: Iterable[str]) -> bool:
    """Whether a band depends on the pupil's year group: by a rule, or because a mark is against another year."""
    if scale.by_year:
        return True
    told = (read(text, scale) for text in set(typed))
    return any(isinstance(one, Reading) and one.of_year for one in told)


def _year_groups(
    school: int, pupils: Collection[int], year: int, calendar: Mapping[int, Sequence[str]]
) -> dict[tuple[int, int], str]:
    now = years_of_pupils(pupils, school=school, year=year)
    return {
        (pupil, point): year_group_of({year: code}, int(words[3])) if code else ""
        for pupil, code in now.items()
        for point, words in calendar.items()
    }


def _ages(school: int, pupils: Collection[int], day: date | None) -> dict[int, int]:
    born = births(school=school, pupils=pupils) if day else {}
    ages = {pupil: months_old(of, day) for pupil, of in born.items()}
    return {pupil: age for pupil, age in ages.items() if age is not None}


def on_sheet(rows: QuerySet[Judgement], *, school: int, sheet: Sheet, points: Collection[int]) -> QuerySet[Judgement]:
    """Of these judgements the ones with a cell on the sheet whose columns are at these points."""
    one = {"subject_id": sheet.subject} if sheet.subject else {}
    return of_assessment(rows.filter(point_id__in=points, **one), school, sheet.assessment)


def _rows(
    school: int, sheet: Sheet, points: Collection[int], pupils: Collection[int], by: int, day: date
) -> list[tuple[str, int, int, str]]:
    """(kind, id, id or place, word): six lists in one round trip."""
    held = Judgement.objects.filter(school_id=school, pupil_id__in=list(pupils), ended_at__isnull=True)
    stands = on_sheet(held, school=school, sheet=sheet, points=points)
    past = Case(When(is_past(on=day), then=Value(PAST)), default=Value(OPEN), output_field=IntegerField())
    return list(
        _said("stands", stands, "pupil_id", "point_id" if sheet.subject else "subject_id", SAID).union(
            _said("role", member_row(school=school, member=by), "pk", NOTHING, "role"),
            _said("point", point_rows(school=school).filter(pk__in=points), "pk", past, CALENDAR),
            _said("subject", subject_rows(school=school), "pk", NOTHING, RETIRED_ON),
            *named_rows(school=school, assessment=sheet.assessment),
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
        assessment_id=sheet.assessment,
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


def last_codes(*, school: int, point: int, subject: int, assessment: int, pupils: Collection[int]) -> dict[int, str]:
    """The code of each pupil's last mark in the subject before the point; without marks that no band has."""
    year, slot = point_rows(school=school).values_list("year", "slot").get(pk=point)
    rows = Judgement.objects.filter(
        school_id=school,
        subject_id=subject,
        assessment_id=assessment,
        pupil_id__in=list(pupils),
        ended_at__isnull=True,
    )
    told = last_before(rows, year=year, slot=slot).values_list("pupil_id", "code", "band")
    return {pupil: code for pupil, code, band in told if band}


def last_own_change(
    *, school: int, sheet: Sheet, points: Collection[int], pupils: Collection[int], by: int
) -> int | None:
    """The change set with which this person last touched the sheet's marks of these pupils, if it still holds."""
    held = Judgement.objects.filter(school_id=school, pupil_id__in=list(pupils))
    marks = on_sheet(held, school=school, sheet=sheet, points=points)
    touched = marks.filter(Q(added_by_id=OuterRef("pk")) | Q(ended_by_id=OuterRef("pk")))
    own = ChangeSet.objects.filter(school_id=school, by_id=by, kind=ChangeSet.Kind.MARKS, undone_at__isnull=True)
    return own.filter(Exists(touched)).order_by("-pk").values_list("pk", flat=True).first()
