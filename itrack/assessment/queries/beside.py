"""What the page's script asks for while it is open: one pupil for the panel, and what stands on the sheet now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Subquery

from itrack.assessment.models import Judgement
from itrack.assessment.queries.choice import Asked, Choice, choose
from itrack.assessment.queries.judgements import SAID
from itrack.assessment.queries.marking import on_sheet
from itrack.assessment.queries.results import results_in_short
from itrack.assessment.queries.wanted import wanted_instead
from itrack.assessment.rules.grid import mark_of, shown_beside
from itrack.assessment.rules.marks import plain
from itrack.assessment.rules.profile import short_point
from itrack.curriculum.api import main_assessment
from itrack.curriculum.rules_schemes import Kind
from itrack.foundation import clock
from itrack.foundation.viewer import Viewer
from itrack.objectives.api import StatementsBeside, statements_beside
from itrack.pupils.api import class_roll, may_see_pupil, pupil_line, year_group_of
from itrack.pupils.rules_flags import FLAG_WORDS
from itrack.schools.api import academic_year_on

# As many as a panel shows; the rest are on the pupil's own page.
RECENT = 6
# Who changed a mark is told to a page that was open then, so no longer than this is looked back.
LOOKED_BACK = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class EarlierMark:
    """One line of the panel: "Y4 Aut 1", the mark, and "Tom Teacher, 16 October"; `of` names another assessment."""

    point: str
    code: str
    css: str
    name: str
    by: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """`marks` are the pupil's judgements in the subject, latest point first; `statements` where it uses objectives."""

    results: list[str]
    marks: list[EarlierMark]
    flags: list[str]
    statements: StatementsBeside | None


@dataclass(frozen=True, slots=True)
class Standing:
    """`rows`: pupil → the marks that stand, in the order of `columns`. `said`: cell → who put it there, lately.

    `wanted`: cell of this person's → who would have had another mark there. `shown`: cell → (code, class of the band,
    what stands beside it), of marks that are no code of the scheme.
    """

    columns: list[int]
    rows: dict[int, str]
    said: dict[str, str]
    wanted: dict[str, str]
    shown: dict[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A class at a point or in a subject: whose marks a save or an undo here is about."""

    choice: Choice
    pupils: list[int]


def about(*, viewer: Viewer, pupil: int, subject: int, on: date) -> About | None:
    """What stands beside a cell; None when this person does not see the pupil."""
    year = academic_year_on(on)
    if not may_see_pupil(viewer=viewer, pupil=pupil, on=on):
        return None
    line = pupil_line(school=viewer.school, pupil=pupil, on=on, year=year)
    if line is None:
        return None
    results = results_in_short(school=viewer.school, pupil=pupil, year=year, year_group=line.year_group)
    return About(
        results,
        _earlier(viewer.school, pupil, subject, {year: line.year_group}),
        [FLAG_WORDS[flag] for flag in line.flags],
        statements_beside(viewer=viewer, pupil=pupil, subject=subject, year=year, year_group=line.year_group),
    )


def _earlier(school: int, pupil: int, subject: int, known: dict[int, str]) -> list[EarlierMark]:
    rows = Judgement.objects.filter(
        school_id=school, pupil_id=pupil, subject_id=subject, ended_at__isnull=True, confirmed=True
    ).annotate(main=Subquery(main_assessment(school=school)))
    rows = rows.select_related("point", "option", "assessment", "scheme", "added_by__by")
    return [_line(row, known) for row in rows.order_by("-point__year", "-point__slot")[:RECENT]]


def _line(row: Any, known: dict[int, str]) -> EarlierMark:
    day = row.taken_on or clock.day_of(row.added_at)
    names = {row.option.code: row.option.name} if row.option else {}
    mark = mark_of(row.code, row.band, row.confirmed, names=names, kind=Kind(row.scheme.kind))
    point = short_point(row.point.name, year_group_of(known, row.point.year))
    of = "" if row.assessment_id == row.main else row.assessment.name
    return EarlierMark(point, mark.code, mark.css, mark.name, f"{row.added_by.by.name}, {day.day} {day:%b}", of)


def sheet_of(*, viewer: Viewer, asked: Asked, on: date) -> Sheet | None:
    """None when it is not this person's to mark, or there is nothing to mark."""
    choice = choose(viewer=viewer, asked=asked, on=on)
    if not isinstance(choice, Choice):
        return None
    lines = class_roll(school=viewer.school, on=on, year=choice.year, group=choice.group.id)
    return Sheet(choice, [line.id for line in lines])


def standing_now(*, viewer: Viewer, asked: Asked, now: datetime) -> Standing | None:
    """What stands in every cell of a sheet, so that a page left open learns of what others do."""
    sheet = sheet_of(viewer=viewer, asked=asked, on=clock.day_of(now))
    if sheet is None:
        return None
    fixed, points = sheet.choice.sheet, [point.id for point in sheet.choice.shown_points]
    held = Judgement.objects.filter(school_id=viewer.school, pupil_id__in=sheet.pupils, ended_at__isnull=True)
    rows = on_sheet(held, school=viewer.school, sheet=fixed, points=points).values_list(
        "pupil_id", "point_id", "subject_id", SAID, "added_at", "added_by__by_id", "added_by__by__name", "band"
    )
    told = {(row[0], fixed.column(row[1], row[2])): row[3:7] for row in rows}
    bands = {(row[0], fixed.column(row[1], row[2])): (plain(row[3]), row[7]) for row in rows}
    codes = {cell: row[0] for cell, row in told.items()}
    said = {
        f"{pupil}-{column}": _said(code, at, "You" if by == viewer.member else name)
        for (pupil, column), (code, at, by, name) in told.items()
        if at > now - LOOKED_BACK
    }
    columns = [column for column, _ in sheet.choice.columns]
    lines = {who: ",".join(codes.get((who, column), "") for column in columns) for who in sheet.pupils}
    wanted = wanted_instead(viewer=viewer, choice=sheet.choice, pupils=sheet.pupils, now=now)
    heard = {f"{pupil}-{column}": words for (pupil, column), words in wanted.items()}
    return Standing(columns, lines, said, heard, shown_beside(bands, sheet.choice.assessed.scale))


def _said(code: str, at: datetime, who: str) -> str:
    deed = "typed" if code == plain(code) else "copied"
    return f"{who} {deed} {plain(code)} at {at.astimezone(clock.LONDON):%H:%M}."
