"""Two schools and the people in them. Oakfield is ours; Thornhill is the other school.

Everybody is built by the product's own actions, so the test data obey the product's own rules.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from itrack.accounts.api import add_member, forgive, settle_role, viewers_of
from itrack.accounts.rules_sessions import GUARDED, Limits
from itrack.curriculum.api import set_up_curriculum
from itrack.foundation import clock
from itrack.foundation.changes.actions import open_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.versions import Deed
from itrack.foundation.viewer import Role, Viewer
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.schools.api import NewSchool, add_school, set_up_year

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PASSWORD = "Correct-horse-7"
STAFF = {
    "ada": ("Ada Admin", "School business manager", Role.ADMINISTRATOR),
    "hana": ("Hana Head", "Headteacher", Role.HEAD),
    "sena": ("Sena Senco", "SENCO", Role.SENCO),
    "tom": ("Tom Teacher", "Class teacher, 4B", Role.TEACHER),
    "asha": ("Asha Assistant", "Teaching assistant", Role.ASSISTANT),
    "olu": ("Olu Office", "Office manager", Role.OFFICE),
    "gus": ("Gus Governor", "Governor", Role.GOVERNOR),
    "tara": ("Tara Trust", "Trust officer", Role.TRUST),
}


@dataclass(frozen=True)
class Cast:
    oakfield: int
    thornhill: int
    people: dict[str, Viewer]

    def __getattr__(self, name: str) -> Viewer:
        if name not in self.people:
            raise AttributeError(name)
        return self.people[name]

    def client(self, name: str) -> Client:
        """A browser in which this person has signed in, however often they did before."""
        forgive(what=[f"replaced:{self.people[name].person}"])
        client = Client()
        answer = client.post("/sign-in/enter", {"username": name, "password": PASSWORD})
        assert answer.status_code == 302, f"{name} could not sign in"
        return client

    def deed(self, name: str, kind: str = ChangeSet.Kind.ROLL_IMPORT, at: datetime = NOW) -> Deed:
        """Opens a change set in that person's name. The school's window must be open."""
        who = self.people[name]
        opened = open_change_set(school=who.school, kind=kind, by=who.member, at=at)
        return Deed(who.school, opened.pk, at)


def build_cast() -> Cast:
    oakfield = add_school(new=NewSchool("100001", "823", "2001", "Oakfield Primary School"))
    thornhill = add_school(new=NewSchool("100002", "823", "2002", "Thornhill Primary School"))
    people = {name: join(oakfield, name, *told) for name, told in STAFF.items()}
    for school in (oakfield, thornhill):
        password_is_enough(school)
    people["theo"] = join(thornhill, "theo", "Theo Head", "Headteacher", Role.HEAD)
    cast = Cast(oakfield, thornhill, people)
    for school, head in ((oakfield, "hana"), (thornhill, "theo")):
        with writing(school):
            change_set = ChangeSet.objects.get(pk=cast.deed(head, ChangeSet.Kind.CLASSES).change_set)
            for year in (2024, 2025, 2026):
                set_up_year(school=school, year=year, change_set=change_set)
            set_up_curriculum(school=school, change_set=change_set)
    return cast


def password_is_enough(school: int) -> None:
    """Nobody in the cast needs a second factor; the tests of second factors say otherwise where they need to."""
    with writing(school):
        for role in GUARDED:
            settle_role(school=school, role=role, limits=Limits(), by=None, at=NOW)


def join(school: int, username: str, name: str, job_title: str, role: Role) -> Viewer:
    with writing(school):
        add_member(
            school=school,
            username=username,
            password=PASSWORD,
            name=name,
            job_title=job_title,
            role=role,
            by=None,
            at=NOW,
            advised_at=clock.now(),  # as of late, whenever the tests run
        )
    from itrack.accounts.models import Person

    return viewers_of(person=Person.objects.get(username=username).pk)[0]


def a_pupil(deed: Deed, surname: str, forename: str, year_group: str = "4", **fields: object) -> int:
    """Puts one pupil on the roll since September 2025, in the given year group of 2026/27."""
    entry = PupilEntry(
        pupil=None,
        fields={"legal_surname": surname, "legal_forename": forename, "dob": date(2018, 5, 1), "sex": "F", **fields},
        circumstances=[
            ("year", "2026", year_group, "", None, date(2026, 9, 1), date(2027, 8, 31), None, True),
        ],
        enrolment=(date(2025, 9, 1), None),
    )
    return store_pupils(deed=deed, entries=[entry]).pupils[0]
