"""Both schools with something in every table, by the product's own actions, so that nothing holds only for emptiness.

Thornhill's pupils carry words found nowhere else: where one of them shows, the wall has a hole.
"""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from itrack.accounts.models import Membership, Person, SecondFactor
from itrack.assessment.api import save_marks
from itrack.curriculum.api import assessments, mark_options, subjects
from itrack.foundation.routes import Route
from itrack.foundation.tenancy.fields import SchoolOwned
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role, Viewer
from itrack.frameworks.api import add_shipped_frameworks, frameworks, statements
from itrack.imports import api as imports
from itrack.parents.models import Run
from itrack.pupils.api import classes, make_classes, pupils_on_roll
from itrack.schools.api import points
from itrack.spreadsheets import api as spreadsheets
from itrack.spreadsheets.rules.kinds import Kind
from itrack.staff.models import Move, StaffReview
from itrack.staff.queries.reviews import record_of
from itrack.staff.rules.reviews import seal
from itrack.targets.api import set_targets
from tests.cast import NOW, STAFF, TODAY, Cast
from tests.imports.ctf_maker import basic_details, ctf, element, pupil, result, results, texts, upn
from tests.paper import Paper

YEAR = 2026
OURS = ("Hazelwick", "Ambrosia", "Millbrook")
SECRETS = ("Quillfeather", "Zebedee", "Wexcombe")  # Thornhill's surname, forename and former school; Oakfield's above


@dataclass(frozen=True)
class School:
    """One school's real ids, by the name a URL or a form gives them."""

    id: int
    ids: dict[str, int]


@dataclass(frozen=True)
class World:
    cast: Cast
    ours: School
    theirs: School

    def client(self, name: str) -> Client:
        """Signed in; a page that breaks down answers 500, as in life."""
        client = self.cast.client(name)
        client.raise_request_exception = False
        return client

    def staff(self) -> list[str]:
        """Oakfield's people, one of each role."""
        return list(STAFF)


def build_world(cast: Cast) -> World:
    ours = _school(cast.olu, cast.hana, OURS, serial=1)
    theirs = _school(cast.theo, cast.theo, SECRETS, serial=500)
    return World(cast, ours, theirs)


def _school(office: Viewer, head: Viewer, words: tuple[str, str, str], *, serial: int) -> School:
    school = office.school
    change_set = _bring(office, _file(*words, serial=serial))
    _bring(office, _file(*words, serial=serial, ethnicity="WIRI"))
    with writing(school):
        when = {"by": head.member, "at": NOW}
        made = make_classes(school=school, year=YEAR, **when)
        [group] = [row.id for row in classes(school=school, year=YEAR, on=TODAY)]
        [one] = [line.id for line in pupils_on_roll(school=school, on=TODAY, year=YEAR)]
        point = next(point.id for point in points(school=school) if (point.year, point.slot) == (YEAR, 2))
        subject = subjects(school=school)[0][0]
        option = mark_options(school=school)[0].id
        main = assessments(school=school)[0]
        save_marks(school=school, point=point, cells={(one, subject): "E"}, **when)
        set_targets(school=school, point=point, cells={(one, subject): "G"}, **when)
        of_frameworks = framework_of(head)
        waiting = _read(office, ctf(pupil(upn=upn(serial + 1), surname=words[0], forename="Ossian")))
        queued = _read(office, ctf(pupil(upn=upn(serial + 2), surname=words[0], forename="Perpetua")))
        imports.ask_to_apply(school=school, batch=queued, by=office.member, at=NOW + timedelta(minutes=1))
        of_staff = past_of_staff(head) | {"sheet": _read_sheet(office, words)} | a_run(head)
        fill_empty_tables(school)
    ids = {"pupil": one, "group": group, "point": point, "subject": subject, "option": option, "batch": waiting}
    ids |= {"assessment": main.id, "scheme": main.scheme}
    ids |= {"school": school, "factor": a_factor(head)} | of_staff
    ids |= of_frameworks
    return School(school, ids | {"change_set": made.change_set or change_set, "member": head.member})


def past_of_staff(head: Viewer) -> dict[str, int]:
    """A change of the school's people and a review signed long ago, as the actions leave them."""
    told = {"school_id": head.school, "at": NOW, "kind": Move.Kind.BACK}
    move = Move.objects.create(member_id=head.member, before=head.role, after=head.role, **told)
    line = {"member": head.member, "role": "head", "state": "active", "last": "", "look_again": [], "decision": "keep"}
    review = StaffReview(
        school_id=head.school, year=2023, number=3, due_on=TODAY, signed_at=NOW, signed_by_id=head.member,
        counts={"people": 1}, lines=[line],
    )  # fmt: skip
    review.seal = seal(record_of(review))
    review.save()
    return {"move": move.pk, "review": review.pk}


def framework_of(head: Viewer) -> dict[str, int]:
    """The frameworks that come with the product, and a statement of one."""
    add_shipped_frameworks(school=head.school, by=head.member, at=NOW)
    one = frameworks(school=head.school)[0].id
    return {"framework": one, "statement": statements(school=head.school, framework=one)[0].id}


def a_run(head: Viewer) -> dict[str, int]:
    """Reports to parents, printed by the administrator where there is one: who printed them sees them."""
    administrators = Membership.objects.filter(school_id=head.school, role=Role.ADMINISTRATOR)
    by = administrators.values_list("pk", flat=True).first() or head.member
    told = {"school_id": head.school, "by_id": by, "at": NOW, "beat_at": NOW, "year": YEAR}
    return {"run": Run.objects.create(state=Run.State.MADE, pdf=b"%PDF-", **told).pk}


def a_factor(head: Viewer) -> int:
    """A passkey of somebody who is not here to sign in: whoever has one is asked for it."""
    absent = Person.objects.create(is_active=False)
    return SecondFactor.objects.create(person=absent, kind="passkey", handle=f"h{head.school}", added_at=NOW).pk


def fill_empty_tables(school: int) -> None:
    """One plain row in each table no action above has filled, so that a new table is behind the tests at once."""
    for model in school_models():
        if not model._default_manager.filter(school_id=school).exists():
            fields = [
                field for field in model._meta.concrete_fields if not field.primary_key and not field.has_default()
            ]
            model._default_manager.create(**{field.attname: _plain(field, school) for field in fields})


def _plain(field, school: int) -> object:
    if field.name == "school":
        return school
    if field.null:
        return None
    if field.is_relation:
        return field.related_model._default_manager.filter(school_id=school).values_list("pk", flat=True)[0]
    if field.blank and field.get_internal_type() == "CharField":
        return ""
    if field.choices:
        return field.choices[0][0]
    kinds = {"DateField": TODAY, "DateTimeField": NOW, "JSONField": {}, "BooleanField": False, "CharField": "x"}
    kinds |= {"TextField": "x", "BinaryField": b""}
    return kinds.get(field.get_internal_type(), 1)


def _file(surname: str, forename: str, school: str, *, serial: int, ethnicity: str = "WBRI") -> str:
    spell = {"LEA": "823", "Estab": "2990", "SchoolName": f"{school} Infant School", "EntryDate": "2021-09-01"}
    totals = {"Possible": "380", "Authorised": "6", "Attended": "371", "Unauthorised": "3"}
    year = {"Year": "2025", "LEA": "823", "Estab": "2990"} | {f"Sessions{name}": n for name, n in totals.items()}
    return ctf(
        pupil(
            basic_details(NCyearActual="4", Ethnicity=ethnicity),
            element("FSMhistory", element("FSMinstance", texts({"FSMstartDate": "2024-09-01", "UKcountry": "ENG"}))),
            element("Attendance", element("YearData", texts(year))),
            results(result()),
            element("SchoolHistory", element("School", texts(spell))),
            upn=upn(serial), surname=surname, forename=forename, dob="2017-11-02",
        )
    )  # fmt: skip


def _read(who: Viewer, file: str) -> int:
    return imports.preview(school=who.school, file=BytesIO(file.encode()), by=who.member, at=NOW)


def _read_sheet(who: Viewer, words: tuple[str, str, str]) -> int:
    """A spreadsheet that waits for its columns."""
    text = f"UPN,Surname,Forename,Date of birth\n,{words[0]},{words[1]},2017-11-02\n"
    wanted = spreadsheets.Wanted(Kind.PUPILS)
    return spreadsheets.read_sheet(school=who.school, file=BytesIO(text.encode()), wanted=wanted, by=who.member, at=NOW)


def _bring(who: Viewer, file: str) -> int:
    with writing(who.school):
        return imports.apply(school=who.school, batch=_read(who, file), by=who.member, at=NOW)


def school_models() -> list[type[SchoolOwned]]:
    return [model for model in apps.get_models() if issubclass(model, SchoolOwned)]


DIGEST = "select '$', count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by id)), '') from $ t"


def stored(school: int) -> dict[str, str]:
    """A digest of each table as that school sees it, from a window of its own."""
    digests = [on(model._meta.db_table, DIGEST) for model in school_models()]
    with transaction.atomic(), reading(school), connection.cursor() as cursor:
        cursor.execute(" union all ".join(digests))
        return dict(cursor.fetchall())


def on(table: str, statement: str) -> str:
    """The statement with the table's name for each $."""
    return statement.replace("$", table)


def text_of(answer) -> str:
    """All an answer says, headers too; a workbook or another packed file is unpacked."""
    body = answer.getvalue() if answer.streaming else answer.content
    parts = [body]
    if body.startswith(b"%PDF-1"):
        return repr(answer.headers) + Paper(body).words
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as packed:
            parts = [packed.read(name) for name in packed.namelist()]
    return repr(answer.headers) + "".join(part.decode(errors="replace") for part in parts)


# Parts of an address that name no row: each takes one value that a page of ours really has.
WORDS = {"verdict": "new", "name": "attainment", "token": "A" * 43, "provider": "google", "kind": "csv"}


def address(route: Route, school: School) -> str:
    """The route with that school's real ids in it. KeyError when nobody told here whose id a parameter is."""
    pattern = "/" + route.pattern
    for name, kind in route.parameters.items():
        pattern = pattern.replace(f"<{kind}:{name}>", str(WORDS[name] if name in WORDS else school.ids[name]))
    return pattern


def ask(client: Client, route: Route, url: str, body: dict[str, object] | None = None):
    """Sends what the page answers to; whatever it stored is put back, and the client stays signed in."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        assert route.declared is not None
        response = client.post(url, body or {}) if route.declared.writes else client.get(url, body or {})
        transaction.set_rollback(True)
    client.cookies = cookies
    return response
