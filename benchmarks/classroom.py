"""A school with two classes to mark, of 30 and of 60, ten subjects, and marks at two points; and requests to it."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any

YEAR_BEGINS = 9  # September
SUBJECTS = 10
CODES = "BWEG"  # the marks with a band; each that has none would add a note to the page
PASSWORD = "Not-a-secret-of-anybody-7"  # noqa: S105 - a school for as long as the comparison lasts


@dataclass(frozen=True)
class Classroom:
    """`classes` and `pupils` are ids by the size of the class; `points` stand earliest first, `now` is open today."""

    viewer: Any
    username: str
    classes: dict[int, int]
    pupils: dict[int, list[int]]
    subjects: list[int]
    options: list[int]
    points: list[int]
    now: int
    bare: tuple[int, int, int]  # what a bare row needs beside: change set, assessment and scheme

    def codes(self, pupils: int, turn: int) -> dict[tuple[int, int], str]:
        """A mark for each cell of that class, another one each turn."""
        cells = [(pupil, subject) for pupil in self.pupils[pupils] for subject in self.subjects]
        return {cell: CODES[(number + turn) % len(CODES)] for number, cell in enumerate(cells)}


def build() -> Classroom:
    """Made by the product's own actions; the marks at the open point and the one before are full."""
    from itrack.assessment.api import save_marks
    from itrack.foundation import clock
    from itrack.foundation.tenancy.windows import writing

    at = clock.now()
    viewer = _head(at)
    with writing(viewer.school):
        room = _room(viewer, at)
        before = room.points[room.points.index(room.now) - 1]
        for point, size in product((before, room.now), room.pupils):
            save_marks(school=viewer.school, point=point, cells=room.codes(size, room.now), by=viewer.member, at=at)
    _analyse()
    return room


def _room(viewer: Any, at: datetime) -> Classroom:
    from itrack.curriculum.api import assessments, mark_options, subjects
    from itrack.foundation import clock
    from itrack.schools.api import points

    school, deed = viewer.school, _furnished(viewer, at)
    pupils = {size: _pupils(deed, size) for size in (30, 60)}
    classes = {size: _class(deed, viewer, f"Class of {size}", pupils[size]) for size in pupils}
    taught = [subject for subject, _ in subjects(school=school)]
    calendar = points(school=school)
    now = max(place for place, point in enumerate(calendar) if point.opens_on <= clock.day_of(at))
    ids = [point.id for point in calendar]
    options = [option.id for option in mark_options(school=school)]
    main = assessments(school=school)[0]
    bare = deed.change_set, main.id, main.scheme
    return Classroom(viewer, "bench", classes, pupils, taught, options, ids, ids[now], bare)


def _head(at: datetime) -> Any:
    from itrack.accounts.api import add_member, settle_role, viewer_named
    from itrack.accounts.rules_sessions import GUARDED, Limits
    from itrack.foundation.tenancy.windows import writing
    from itrack.foundation.viewer import Role
    from itrack.schools.api import NewSchool, add_school

    school = add_school(new=NewSchool("300001", "999", "3001", "Benchmark Primary School"))
    with writing(school):
        for role in GUARDED:  # the password alone lets them in
            settle_role(school=school, role=role, limits=Limits(), by=None, at=at)
        add_member(
            school=school, username="bench", password=PASSWORD, name="Hana Head", job_title="Headteacher",
            role=Role.HEAD, by=None, at=at,
        )  # fmt: skip
    return viewer_named(username="bench", school=school)


def _furnished(viewer: Any, at: datetime) -> Any:
    """Three years, ten subjects; the deed in whose name all is done."""
    from itrack.curriculum.api import set_up_curriculum
    from itrack.curriculum.models import Subject
    from itrack.foundation import clock
    from itrack.foundation.changes.actions import open_change_set
    from itrack.foundation.models import ChangeSet
    from itrack.foundation.versions import Deed
    from itrack.schools.api import academic_year_on, set_up_year

    made = open_change_set(school=viewer.school, kind=ChangeSet.Kind.CLASSES, by=viewer.member, at=at)
    year = academic_year_on(clock.day_of(at))
    for back in (2, 1, 0):
        set_up_year(school=viewer.school, year=year - back, change_set=made)
    set_up_curriculum(school=viewer.school, change_set=made)
    there = Subject.objects.filter(school_id=viewer.school).count()
    for number in range(there, SUBJECTS):
        Subject.objects.create(school_id=viewer.school, name=f"Subject {number}", position=number, added_by=made)
    return Deed(viewer.school, made.pk, at)


def _pupils(deed: Any, size: int, forename: str = "") -> list[int]:
    from itrack.pupils.api import PupilEntry, store_pupils

    entries = [
        PupilEntry(
            pupil=None,
            fields={
                "legal_surname": f"Surname{number:02}", "legal_forename": forename or f"Forename{size}",
                "dob": date(2018, 5, 1), "sex": "F",
            },
            circumstances=[("sen", "2025-09-01", "K", "", None, date(2025, 9, 1), None, None, True)],
            enrolment=(date(2023, 9, 1), None),
        )
        for number in range(size)
    ]  # fmt: skip
    return list(store_pupils(deed=deed, entries=entries).pupils)


def _class(deed: Any, viewer: Any, name: str, pupils: list[int]) -> int:
    from itrack.foundation import clock
    from itrack.foundation.versions import merge
    from itrack.pupils.models import Group, GroupPlace
    from itrack.schools.api import academic_year_on

    year = academic_year_on(clock.day_of(deed.at))
    group = Group.objects.create(
        school_id=deed.school, year=year, name=name, teacher_id=viewer.member, added_by_id=deed.change_set
    )
    places = [(group.pk, pupil, date(year, YEAR_BEGINS, 1), None) for pupil in pupils]
    merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=places)
    return int(group.pk)


def teacher_with_a_class(room: Classroom, number: int, size: int) -> tuple[str, int, list[int]]:
    """Somebody new who may mark, with a class of their own: user name, class, pupils."""
    from itrack.accounts.api import add_member, viewer_named
    from itrack.foundation import clock
    from itrack.foundation.tenancy.windows import writing
    from itrack.foundation.versions import Deed
    from itrack.foundation.viewer import Role

    username, school, at = f"bench{number:02}", room.viewer.school, clock.now()
    with writing(school):
        add_member(
            school=school, username=username, password=PASSWORD, name=f"Tess {number:02}", job_title="Teacher",
            role=Role.TEACHER, by=None, at=at,
        )  # fmt: skip
    viewer = viewer_named(username=username, school=school)
    with writing(school):
        deed = Deed(school, room.bare[0], at)
        pupils = _pupils(deed, size, f"Class{number:02}")
        return username, _class(deed, viewer, f"Class {number:02}", pupils), pupils


def _analyse() -> None:
    """As PostgreSQL does by itself within a minute."""
    import os

    import psycopg

    with psycopg.connect(os.environ["ITRACK_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("analyze")
