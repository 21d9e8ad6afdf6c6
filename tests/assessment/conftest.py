"""A class to mark: Tom's 4B of three pupils, Ruth's 4A of one, and Thornhill's only pupil."""

from dataclasses import dataclass
from datetime import date

import pytest

from itrack.assessment.actions import save_marks
from itrack.assessment.rules.marks import Cell, SavedMarks
from itrack.curriculum.api import subjects
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.versions import Deed, merge
from itrack.pupils.models import Group, GroupPlace
from itrack.schools.api import points
from tests.cast import NOW, Cast, a_pupil


@dataclass(frozen=True)
class Classroom:
    """Ids by name. `points` are Oakfield's, earliest first; `point` is the one open today."""

    cast: Cast
    group: int
    other_group: int
    pupils: dict[str, int]
    subjects: dict[str, int]
    points: list[int]
    point: int
    theirs: dict[str, int]

    def save(self, name: str, cells: dict[Cell, str], **more: object) -> SavedMarks:
        """Saves in that person's name in a window of their own."""
        told = {"point": self.point, "at": NOW, **more}
        with writing(self.cast.oakfield):
            return save_marks(school=self.cast.oakfield, cells=cells, by=self.cast.people[name].member, **told)

    def cell(self, pupil: str, subject: str = "Reading") -> Cell:
        return self.pupils[pupil], self.subjects[subject]


def a_class(deed: Deed, name: str, teacher: int | None, pupils: list[int]) -> int:
    group = Group.objects.create(
        school_id=deed.school, year=2026, name=name, teacher_id=teacher, added_by_id=deed.change_set
    ).pk
    places = [(group, pupil, date(2026, 9, 1), None) for pupil in pupils]
    merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=places)
    return group


@pytest.fixture
def room(cast: Cast) -> Classroom:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        pupils = {forename: a_pupil(deed, surname, forename) for surname, forename in NAMES}
        classes = cast.deed("ada", ChangeSet.Kind.CLASSES)
        ours = a_class(classes, "4B", cast.tom.member, [pupils[name] for name in ("Amara", "Toby", "Mei")])
        other = a_class(classes, "4A", cast.hana.member, [pupils["Zainab"]])
        taught = {name: subject for subject, name in subjects(school=cast.oakfield)}
        calendar = points(school=cast.oakfield)
    with writing(cast.thornhill):
        pupil = a_pupil(cast.deed("theo"), "Thistle", "Thea")
        group = a_class(cast.deed("theo", ChangeSet.Kind.CLASSES), "T1", cast.theo.member, [pupil])
        theirs = {"pupil": pupil, "group": group, "point": points(school=cast.thornhill)[-1].id}
        theirs["subject"] = subjects(school=cast.thornhill)[0][0]
    autumn_2 = next(point.id for point in calendar if (point.year, point.slot) == (2026, 2))
    return Classroom(cast, ours, other, pupils, taught, [point.id for point in calendar], autumn_2, theirs)


NAMES = (("Acorn", "Amara"), ("Barleycorn", "Toby"), ("Everglade", "Mei"), ("Candlewick", "Zainab"))
