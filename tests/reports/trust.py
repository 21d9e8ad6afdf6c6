"""Two trusts: Oakfield, Thornhill and Ferndale are of one, Marlowe of the other. Tara reads for Oak and Thorn."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from itrack.accounts.models import Membership
from itrack.curriculum.api import set_up_curriculum
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.versions import Deed
from itrack.foundation.viewer import Role, Viewer
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.reports import tasks
from itrack.reports.api import across_schools, report_data
from itrack.schools.api import NewSchool, add_school, set_up_year
from itrack.schools.models import School, Trust
from tests.cast import NOW, Cast, join
from tests.reports.school import IN_SEPTEMBER, mark

MARKED = datetime(2026, 10, 12, 9, tzinfo=UTC)
BANDS = {"B": "Below", "W": "Working towards", "E": "Expected", "G": "Greater depth"}
# How many pupils have which mark in reading at Autumn 1. No other subject is marked.
MARKS = {
    "Oakfield Primary School": {"B": 8, "W": 10, "E": 17, "G": 9},
    "Thornhill Primary School": {"B": 2, "W": 9, "E": 12, "G": 7},
    "Ferndale Primary School": {"B": 6, "W": 8, "E": 9, "G": 9},
    "Marlowe Primary School": {"B": 7, "W": 7, "E": 7, "G": 7},
}
USUAL = {"year": None, "point": None, "subject": None, "group": None, "as_at": None}


class OakAndThorn:
    """Everybody's marks are in by 12 October; Autumn 1 has closed, Autumn 2 is open."""

    def __init__(self, cast: Cast, marks: Mapping[str, Mapping[str, int]] = MARKS) -> None:
        self.cast = cast
        self.trust = Trust.objects.create(name="Oak and Thorn Trust").pk
        self.heads = {cast.oakfield: cast.hana, cast.thornhill: cast.theo}
        self.ferndale = self._opened("100003", "Ferndale Primary School", "fern")
        self.marlowe = self._opened("100004", "Marlowe Primary School", "marl")
        ours = (cast.oakfield, cast.thornhill, self.ferndale)
        School.objects.filter(pk__in=ours).update(trust=self.trust)
        School.objects.filter(pk=self.marlowe).update(trust=Trust.objects.create(name="Marlowe Trust"))
        self.names = dict(School.objects.values_list("pk", "name"))
        for school, head in self.heads.items():
            self.fill(head, marks.get(self.names[school], {}))

    def _opened(self, urn: str, name: str, head: str) -> int:
        school = add_school(new=NewSchool(urn, "823", f"2{urn[-3:]}", name))
        viewer = join(school, head, f"{head.title()} Head", "Headteacher", Role.HEAD)
        with writing(school):
            opened = ChangeSet.objects.create(
                school_id=school, kind=ChangeSet.Kind.CLASSES, by_id=viewer.member, at=IN_SEPTEMBER
            )
            set_up_year(school=school, year=2026, change_set=opened)
            set_up_curriculum(school=school, change_set=opened)
        self.heads[school] = viewer
        return school

    def fill(self, head: Viewer, marks: Mapping[str, int], subject: str = "Reading") -> None:
        codes = [code for code, n in marks.items() for _ in range(n)]
        if not codes:
            return
        with writing(head.school):
            opened = ChangeSet.objects.create(
                school_id=head.school, kind=ChangeSet.Kind.ROLL_IMPORT, by_id=head.member, at=IN_SEPTEMBER
            )
            entries = [_entry(number) for number in range(len(codes))]
            pupils = store_pupils(deed=Deed(head.school, opened.pk, IN_SEPTEMBER), entries=entries).pupils
            mark(head, subject, dict(zip(pupils, codes, strict=True)), at=MARKED, slot=1)

    def gives(self, *schools: int, to: str = "tara", role: Role = Role.TRUST) -> None:
        """A place in these schools for somebody who has one already."""
        who = self.cast.people[to]
        for school in schools:
            with writing(school):
                Membership.objects.create(
                    school_id=school, person_id=who.person, name=who.name, job_title="Trust", role=role, joined_at=NOW
                )

    def adds_up(self, *schools: int) -> None:
        for school in schools or (self.cast.oakfield, self.cast.thornhill, self.ferndale):
            tasks.add_up_school(school=school)

    def dashboard(self, who: str = "tara", **said: str):
        viewer = across_schools("trust", viewer=self.cast.people[who], now=NOW)
        choices = {"sort": said.pop("sort", "")}
        with reading(*viewer.schools):
            return report_data("trust", viewer=viewer, now=NOW, choices=choices, **{**USUAL, "point": "1", **said})

    def rows(self, who: str = "tara", **said: str) -> dict[str, dict]:
        return {row["School"]: row for row in self.dashboard(who, **said)["tables"][0]["rows"]}

    def own_view(self, school: int, subject: str = "Reading") -> dict:
        """A row of what the school itself shows to readers without names."""
        head = self.heads[school]
        eyes = Viewer(head.member, school, head.person, "", "", Role.GOVERNOR, self.names[school])
        with reading(school):
            found = report_data("attainment", viewer=eyes, now=NOW, **{**USUAL, "point": "1"})
        return next(row for row in found["tables"][0]["rows"] if row["Subject"] == subject)


def _entry(number: int) -> PupilEntry:
    year = str(number % 6 + 1)
    return PupilEntry(
        pupil=None,
        fields={
            "legal_surname": f"Surname{number}",
            "legal_forename": "Ottilie",
            "dob": date(2019, 5, 1),
            "sex": "FM"[number % 2],
        },
        circumstances=[("year", "2026", year, "", None, date(2026, 9, 1), date(2027, 8, 31), None, True)],
        enrolment=(date(2025, 9, 1), None),
    )
