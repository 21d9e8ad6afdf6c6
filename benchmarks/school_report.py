"""The attainment overview of a school of 400, 8 subjects and 6 points against the bare SQL that brings its rows.

All six points are reported one after another, each as `itrack report attainment` gives it: groups, bands, names left
out. The floor asks, point by point, for the same judgements, roll, classes and circumstances in four statements
written by hand, and does nothing with the answer. With 8 readers at once a thread each asks for reports by turns,
without HTTP.
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from random import Random
from typing import Any

from benchmarks.ground import analyse, empty_database
from benchmarks.timing import least, timed

NOW = datetime(2027, 7, 1, 10, 0, tzinfo=UTC)
PUPILS, SUBJECTS, POINTS, READERS, TURNS = 400, 8, 6, 8, 5
MOST = 3.0
BARE = (
    "select j.pupil_id, j.subject_id, j.code, j.band from assessment_judgement j "
    "where j.school_id = {school} and j.point_id = {point} and j.ended_at is null",
    "select p.id, p.legal_surname, p.legal_forename, p.preferred_surname, p.preferred_forename, p.sex, p.dob, "
    "p.first_language, e.starts, e.ends from pupils_pupil p join pupils_enrolment e "
    "on e.school_id = p.school_id and e.pupil_id = p.id where p.school_id = {school} and e.ended_at is null",
    "select pupil_id, kind, key, code, starts, ends from pupils_circumstance "
    "where school_id = {school} and ended_at is null and kind in ('year', 'sen', 'fsm', 'care')",
    "select l.pupil_id, g.id, g.name, l.starts, l.ends from pupils_groupplace l join pupils_group g "
    "on g.school_id = l.school_id and g.id = l.group_id "
    "where l.school_id = {school} and l.ended_at is null and g.year = 2026",
)


def measure() -> list[dict[str, Any]]:
    """One row. `median`, `p95` (seconds a report) and `requests_a_second` are those of 8 readers at once."""
    with empty_database() as server:
        viewer, points = a_school()
        analyse(server)
        _reports(viewer, points)
        ours, floor = least(TURNS, lambda: _reports(viewer, points), lambda: _bares(viewer, points))
        together = _readers(viewer, list(points))
    ratio = ours.seconds / floor.seconds
    return [
        {
            "name": "school report",
            "measured": round(ours.seconds, 4),
            "floor": round(floor.seconds, 4),
            "ratio": round(ratio, 2),
            "unit": "seconds",
            "target": f"<= {MOST:g} x bare SQL",
            "met": ratio <= MOST,
            "processor": round(ours.processor, 4),
            "floor_processor": round(floor.processor, 4),
            **together,
        }
    ]


def _reports(viewer: Any, points: dict[int, int]) -> None:
    for slot in points:
        report(viewer, slot)


def _bares(viewer: Any, points: dict[int, int]) -> None:
    for point in points.values():
        bare(viewer.school, point)


def report(viewer: Any, slot: int) -> None:
    from itrack.foundation.tenancy.windows import reading
    from itrack.reports.api import report_data

    asked: dict[str, Any] = {"year": "2026", "point": str(slot), "subject": None, "group": None, "as_at": None}
    with reading(viewer.school):
        found = report_data("attainment", viewer=viewer, now=NOW, **asked)
    rows = found["tables"][0]["rows"]
    if len(rows) != SUBJECTS or rows[0]["Counted"]["n"] != PUPILS:
        raise RuntimeError("the report does not count the school that was built for it")


def bare(school: int, point: int) -> None:
    from django.db import connection

    from itrack.foundation.tenancy.windows import reading

    with reading(school), connection.cursor() as cursor:
        for statement in BARE:
            cursor.execute(statement.format(school=school, point=point))
            cursor.fetchall()


def _readers(viewer: Any, slots: list[int]) -> dict[str, Any]:
    def read(_: int) -> list[float]:
        from django.db import connection

        try:
            return [timed(partial(report, viewer, slot)) for slot in slots]
        finally:
            connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(READERS) as pool:
        each = sorted(seconds for turn in pool.map(read, range(READERS)) for seconds in turn)
    took = time.perf_counter() - started
    return {
        "readers": READERS,
        "median": round(statistics.median(each), 4),
        "p95": round(each[len(each) * 95 // 100], 4),
        "requests_a_second": round(len(each) / took, 1),
    }


def a_school() -> tuple[Any, dict[int, int]]:
    """A head, and the points of 2026/27 by slot. Every pupil has a mark in every subject at every point."""
    from itrack.accounts.api import add_member, viewers_named
    from itrack.foundation.tenancy.windows import writing
    from itrack.foundation.viewer import Role
    from itrack.schools.api import NewSchool, add_school, points

    school = add_school(new=NewSchool("200001", "999", "2001", "School of four hundred"))
    with writing(school):
        told: Any = {"username": "head", "password": "Not-used-to-sign-in-7", "name": "Hana Head", "job_title": "Head"}
        member = add_member(school=school, role=Role.HEAD, by=None, at=NOW, **told)
        pupils = _pupils(school, member)
        slots = {point.slot: point.id for point in points(school=school)}
        _marks(school, member, pupils, list(slots.values()))
    return viewers_named(username="head")[0], slots


def _pupils(school: int, member: int) -> list[int]:
    """On roll since September 2026 with a year group, some with needs and free meals, in fourteen classes."""
    from itrack.foundation.versions import merge
    from itrack.pupils.api import PupilEntry, store_pupils
    from itrack.pupils.models import Group, GroupPlace

    deed, chance, first = _deed(school, member), Random(7), date(2026, 9, 1)
    entries = []
    for number in range(PUPILS):
        year = ("year", "2026", str(number % 7 or "R"), "", None, first, date(2027, 8, 31), None, True)
        sen = ("sen", "2026-09-01", chance.choice("NNNNKE"), "", None, first, None, None, True)
        meals = ("fsm", "2025-09-01|ENG", "ENG", "", None, date(2025, 9, 1), None, None, True)
        fields: Any = {"legal_surname": f"Surname{number:03}", "legal_forename": "Ottilie", "sex": chance.choice("FM")}
        fields |= {"dob": date(2021 - number % 7, 1 + number % 12, 3), "first_language": chance.choice(("ENG", "POL"))}
        circumstances = [year, sen, *([meals] if number % 4 == 0 else [])]
        entries.append(PupilEntry(pupil=None, fields=fields, circumstances=circumstances, enrolment=(first, None)))
    pupils = list(store_pupils(deed=deed, entries=entries).pupils)
    made = [
        Group.objects.create(school_id=school, added_by_id=deed.change_set, year=2026, name=f"C{n}").pk
        for n in range(14)
    ]
    rows = [(made[place % 14], pupil, first, date(2027, 8, 31)) for place, pupil in enumerate(pupils)]
    merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=rows)
    return pupils


def _deed(school: int, member: int) -> Any:
    from itrack.curriculum.api import set_up_curriculum
    from itrack.curriculum.models import Subject
    from itrack.foundation.changes.actions import open_change_set
    from itrack.foundation.models import ChangeSet
    from itrack.foundation.versions import Deed
    from itrack.schools.api import set_up_year

    opened = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=member, at=NOW)
    set_up_year(school=school, year=2026, change_set=opened)
    set_up_curriculum(school=school, change_set=opened)
    for place in range(Subject.objects.filter(school_id=school).count(), SUBJECTS):
        Subject.objects.create(school_id=school, added_by_id=opened.pk, name=f"Subject {place}", position=place)
    return Deed(school, opened.pk, NOW)


def _marks(school: int, member: int, pupils: list[int], points: list[int]) -> None:
    from itrack.assessment.models import Judgement
    from itrack.curriculum.api import assessments, mark_options, subjects
    from itrack.foundation.changes.actions import open_change_set
    from itrack.foundation.models import ChangeSet
    from itrack.foundation.versions import Deed, merge

    opened = open_change_set(school=school, kind=ChangeSet.Kind.MARKS, by=member, at=NOW)
    banded = [(option.id, option.code, option.band) for option in mark_options(school=school) if option.band]
    main = assessments(school=school)[0]
    taught, chance = [pk for pk, _ in subjects(school=school)], Random(8)
    rows = [
        (point, pk, pupil, main.id, *chance.choice(banded), main.scheme, "")
        for point in points
        for pk in taught
        for pupil in pupils
    ]
    deed, key = Deed(school, opened.pk, NOW), ("point_id", "subject_id", "pupil_id", "assessment_id")
    merge(Judgement, deed=deed, key=key, values=("option_id", "code", "band", "scheme_id", "of_year"), rows=rows)
