"""Oakfield in November 2026: two Year 4 classes, one of Year 5, and marks by the product's own actions."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from itrack.assessment.api import save_marks
from itrack.curriculum.api import subjects
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.versions import merge
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.pupils.models import Group, GroupPlace
from itrack.schools.api import points
from tests.cast import NOW, Cast, a_pupil

AUTUMN_2 = 2
JOINED_LATE = date(2026, 11, 18)
IN_SEPTEMBER = datetime(2026, 9, 1, 8, tzinfo=UTC)


def a_class(cast: Cast, name: str, pupils: Iterable[int], *, head: str = "hana", teacher: Viewer | None = None) -> int:
    """Makes a class of 2026/27 with these pupils in it since September. The school's window must be open."""
    deed = cast.deed(head, ChangeSet.Kind.CLASSES, at=IN_SEPTEMBER)
    group = Group.objects.create(
        school_id=deed.school,
        added_by_id=deed.change_set,
        year=2026,
        name=name,
        teacher_id=teacher.member if teacher else None,
    )
    rows = [(group.pk, pupil, date(2026, 9, 1), date(2027, 8, 31)) for pupil in pupils]
    merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=rows)
    return group.pk


def joins_late(cast: Cast, surname: str, forename: str, on: date = JOINED_LATE) -> int:
    deed = cast.deed("hana", at=datetime(2026, 11, 18, 9, tzinfo=UTC))
    year_group = ("year", "2026", "4", "", None, date(2026, 9, 1), date(2027, 8, 31), None, True)
    fields = {"legal_surname": surname, "legal_forename": forename, "dob": date(2018, 5, 1), "sex": "M"}
    entry = PupilEntry(pupil=None, fields=fields, circumstances=[year_group], enrolment=(on, None))
    return store_pupils(deed=deed, entries=[entry]).pupils[0]


def point_id(school: int, slot: int = AUTUMN_2, year: int = 2026) -> int:
    return next(point.id for point in points(school=school) if (point.year, point.slot) == (year, slot))


def mark(by: Viewer, subject: str, codes: Mapping[int, str], *, at: datetime = NOW, slot: int = AUTUMN_2) -> None:
    """Gives pupils these codes in a subject. The school's window must be open."""
    [pk] = [pk for pk, name in subjects(school=by.school) if name == subject]
    cells = {(pupil, pk): code for pupil, code in codes.items()}
    saved = save_marks(school=by.school, point=point_id(by.school, slot), cells=cells, by=by.member, at=at)
    assert not saved.refused, "the test's own marks were refused"


class Oakfield:
    """4B is Tom's: Amara, Toby, Leo and, late, Idris. 4A has Maud. 5A has Ada. Reading and writing are marked."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        with writing(cast.oakfield):
            deed = cast.deed("hana", at=IN_SEPTEMBER)
            self.amara, self.toby, self.leo = (
                a_pupil(deed, *name) for name in (("Acorn", "Amara"), ("Barleycorn", "Toby"), ("Cobnut", "Leo"))
            )
            self.maud, self.ada = a_pupil(deed, "Ashplant", "Maud"), a_pupil(deed, "Bilberry", "Ada", "5")
            self.idris = joins_late(cast, "Fennelwood", "Idris")
            self.b4 = a_class(cast, "4B", [self.amara, self.toby, self.leo, self.idris], teacher=cast.tom)
            self.a4 = a_class(cast, "4A", [self.maud])
            self.a5 = a_class(cast, "5A", [self.ada])
            reading = {self.amara: "E", self.toby: "W", self.leo: "A", self.maud: "G", self.ada: "B"}
            mark(cast.hana, "Reading", reading, at=datetime(2026, 11, 10, 9, tzinfo=UTC))
            mark(cast.hana, "Writing", {self.amara: "E", self.toby: "E", self.leo: "G"})
