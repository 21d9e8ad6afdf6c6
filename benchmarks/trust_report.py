"""The trust dashboard over 50 schools, 8 subjects and 6 points against the bare SQL that brings its rows.

All six points are reported one after another, each as `itrack report trust` gives it: filters understood, schools put
in order, pooled, told in a sentence, made ready for JSON. The floor asks, point by point, for the same rows in
statements written by hand and does nothing with the answer. Both run by turns, and their medians are compared.
The roll-ups are made here with one figure in sixteen held back. What making them costs is no part of a look: it is
that of the school's own overview, once a point, in a job.
"""

import statistics
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import Any

from benchmarks.ground import analyse, empty_database
from benchmarks.timing import Spent, spent

NOW = datetime(2027, 8, 20, 10, 0, tzinfo=UTC)
SCHOOLS, SUBJECTS, POINTS, TURNS = 50, 8, 6, 15
MOST = 2.0
BARE = (
    "select id, year, slot, name, opens_on, closes_on from schools_assessmentpoint "
    "where school_id = {school} and shown order by year, slot",
    "select name from curriculum_subject where school_id in ({all}) group by name "
    "order by count(*) desc, min(position), name",
    "select r.school_id, s.name, r.made_at, r.as_at, p.closes_on, r.upto, coalesce(n.upto, 5), r.below, r.towards, "
    "r.expected, r.greater, r.secure, r.counted from reports_rollup r join schools_school s on s.id = r.school_id "
    "left join schools_assessmentpoint p "
    "on p.school_id = r.school_id and p.year = 2026 and p.slot = {slot} and p.shown "
    "left join reports_smallnumbers n on n.school_id = r.school_id "
    "where r.school_id in ({all}) and r.year = 2026 and r.slot = {slot} and r.subject = 'Subject 0'",
)


def measure() -> list[dict[str, Any]]:
    """One row: the median seconds of a point's dashboard, and of its bare SQL."""
    with empty_database() as server:
        viewer = _trust()
        analyse(server)
        ours, floor = _by_turns(viewer)
    ratio = ours.seconds / floor.seconds
    return [
        {
            "name": "trust report",
            "measured": round(ours.seconds, 4),
            "floor": round(floor.seconds, 4),
            "ratio": round(ratio, 2),
            "unit": "seconds",
            "target": f"<= {MOST:g} x bare SQL",
            "met": ratio <= MOST,
            "processor": round(ours.processor, 4),
            "floor_processor": round(floor.processor, 4),
        }
    ]


def _by_turns(viewer: Any) -> tuple[Spent, Spent]:
    held: tuple[list[Spent], list[Spent]] = ([], [])
    for turn in range(TURNS + 1):
        for slot in range(1, POINTS + 1):
            ours, floor = spent(partial(_report, viewer, slot)), spent(partial(_bare, viewer, slot))
            if turn:  # the first is warming up
                held[0].append(ours)
                held[1].append(floor)
    return _median(held[0]), _median(held[1])


def _median(runs: list[Spent]) -> Spent:
    told = [(one.seconds, one.processor) for one in runs]
    return Spent(*(statistics.median(each) for each in zip(*told, strict=True)))


def _report(viewer: Any, slot: int) -> None:
    from itrack.foundation.tenancy.windows import reading
    from itrack.reports.api import report_data

    asked: dict[str, Any] = {"year": "2026", "point": str(slot), "subject": "Subject 0", "group": None, "as_at": None}
    with reading(*viewer.schools):
        found = report_data("trust", viewer=viewer, now=NOW, choices={"sort": "share"}, **asked)
    shown = [row for row in found["tables"][0]["rows"] if row["Counted"] and not row.get("note")]
    if len(shown) <= SCHOOLS:
        raise RuntimeError("the report does not show the schools that were built for it")


def _bare(viewer: Any, slot: int) -> None:
    from django.db import connection

    from itrack.foundation.tenancy.windows import reading

    every = ",".join(map(str, viewer.schools))
    with reading(*viewer.schools), connection.cursor() as cursor:
        for statement in BARE:
            cursor.execute(statement.format(school=viewer.school, slot=slot, all=every))
            cursor.fetchall()


def _trust() -> Any:
    """Somebody of a trust to whom all its schools are open."""
    from itrack.accounts.api import granted_schools, viewers_named
    from itrack.schools.api import NewSchool, add_school

    schools = [
        add_school(new=NewSchool(f"2{n:05}", "999", f"{2001 + n}", f"School {n}", trust="Trust"))
        for n in range(SCHOOLS)
    ]
    _member_of_all(schools)
    viewer = next(one for one in viewers_named(username="tara") if one.school == schools[0])
    return replace(viewer, granted=granted_schools(viewer))


def _member_of_all(schools: list[int]) -> None:
    """The person, their place in each school, and with it what each school has to show."""
    from itrack.accounts.api import add_member
    from itrack.accounts.models import Membership
    from itrack.foundation.tenancy.windows import writing
    from itrack.foundation.viewer import Role

    told: Any = {"username": "tara", "password": "Not-used-to-sign-in-7", "name": "Tara Trust", "job_title": "Officer"}
    with writing(*schools):
        first = add_member(school=schools[0], role=Role.TRUST, by=None, at=NOW, **told)
    with writing(*schools):
        person = Membership.objects.get(school_id=schools[0], pk=first).person_id
        place = {"person_id": person, "name": "Tara Trust", "job_title": "Officer", "role": "trust", "joined_at": NOW}
        Membership.objects.bulk_create(Membership(school_id=school, **place) for school in schools[1:])
        for school, member in Membership.objects.filter(person_id=person).values_list("school_id", "pk"):
            _calendar(school, member)
            _roll_ups(school)


def _calendar(school: int, member: int) -> None:
    from itrack.curriculum.models import Subject
    from itrack.foundation.changes.actions import open_change_set
    from itrack.foundation.models import ChangeSet
    from itrack.schools.api import set_up_year

    opened = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=member, at=NOW)
    set_up_year(school=school, year=2026, change_set=opened)
    told = {"school_id": school, "added_by_id": opened.pk}
    Subject.objects.bulk_create(Subject(name=f"Subject {n}", position=n, **told) for n in range(SUBJECTS))


def _roll_ups(school: int) -> None:
    from itrack.reports.catalogue.adding_up import BESIDE
    from itrack.reports.models import RollUp
    from itrack.schools.api import points

    chance = Random(school)
    for point in points(school=school):
        made = {"upto": 5, "beside": BESIDE, "as_at": point.closes_on, "made_at": NOW}
        RollUp.objects.bulk_create(
            RollUp(school_id=school, year=2026, slot=point.slot, subject=f"Subject {n}", **_figures(chance), **made)
            for n in range(SUBJECTS)
        )


def _figures(chance: Random) -> dict[str, int | None]:
    below, towards, expected, greater = (chance.randint(6, 120) for _ in range(4))
    held = chance.random() < 1 / 16
    return {
        "below": None if held else below,
        "towards": None if held else towards,
        "expected": expected,
        "greater": greater,
        "secure": expected + greater,
        "counted": below + towards + expected + greater,
    }
