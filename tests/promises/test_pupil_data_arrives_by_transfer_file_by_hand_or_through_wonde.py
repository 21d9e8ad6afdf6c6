"""P90: another way in is refused by the database, or seen by the evidence."""

from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, connection

from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.imports import api as imports
from itrack.promises.evidence import source
from itrack.pupils.models import Pupil
from itrack.spreadsheets import api as spreadsheets
from itrack.spreadsheets.rules.kinds import Kind
from tests.architecture.world import World, stored
from tests.cast import NOW
from tests.imports.ctf_maker import ctf, pupil, upn
from tests.promises.breaking import broken, what_is_seen

NAME = "pupil_data_arrives_by_transfer_file_by_hand_or_through_wonde"
WHO = {"legal_surname": "Slipped", "legal_forename": "In", "dob": date(2018, 5, 1)}


def slip_in(world: World, change_set: int | None) -> None:
    with writing(world.ours.id), connection.cursor() as cursor:
        Pupil.objects.bulk_create([Pupil(school_id=world.ours.id, added_by_id=change_set, **WHO)])
        cursor.execute("set constraints all immediate")


def test_a_pupil_no_deed_brought_is_refused(world: World) -> None:
    with pytest.raises(IntegrityError):
        slip_in(world, None)


def test_a_pupil_in_the_name_of_another_schools_deed_is_refused(world: World) -> None:
    with pytest.raises(IntegrityError):
        slip_in(world, world.theirs.ids["change_set"])


def test_a_pupil_who_arrives_by_file_names_the_import_that_brought_them(world: World) -> None:
    file = ctf(pupil(upn=upn(950), surname="Fernhollow", forename="Isolde")).encode()
    who = world.cast.olu

    with writing(world.ours.id):
        batch = imports.preview(school=who.school, file=BytesIO(file), by=who.member, at=NOW)
        deed = imports.apply(school=who.school, batch=batch, by=who.member, at=NOW)
        brought = Pupil.objects.filter(school_id=who.school, legal_surname="Fernhollow")
        assert list(brought.values_list("added_by_id", flat=True)) == [deed]


def test_a_pupil_who_arrives_by_spreadsheet_names_the_same_kind_of_import(world: World) -> None:
    file = b"Surname,Forename,Date of birth\nFernhollow,Isolde,2016-12-24\n"
    when, school = {"by": world.cast.olu.member, "at": NOW}, world.ours.id

    with writing(school):
        wanted = spreadsheets.Wanted(Kind.PUPILS)
        sheet = spreadsheets.read_sheet(school=school, file=BytesIO(file), wanted=wanted, **when)
        assert not Pupil.objects.filter(legal_surname="Fernhollow").exists(), "reading a sheet brings nobody"
        deed = imports.apply(
            school=school, batch=spreadsheets.hand_over(school=school, spreadsheet=sheet, **when), **when
        )
        brought = Pupil.objects.filter(legal_surname="Fernhollow")
        assert list(brought.values_list("added_by_id", "added_by__kind")) == [(deed, ChangeSet.Kind.ROLL_IMPORT)]


def test_every_pupil_there_is_came_by_an_import(world: World) -> None:
    with writing(world.ours.id):
        kinds = set(Pupil.objects.values_list("added_by__kind", flat=True))

    assert kinds == {ChangeSet.Kind.ROLL_IMPORT}


def test_a_look_at_any_page_brings_no_pupil(world: World) -> None:
    before = stored(world.ours.id)["pupils_pupil"]
    client = world.client("ada")

    for address in ("/", "/pupils/", "/import/", "/reports/", "/privacy"):
        assert client.get(address).status_code == 200, address

    assert stored(world.ours.id)["pupils_pupil"] == before


@pytest.fixture
def planted(monkeypatch):
    """Adds a module to the program text the evidence reads."""
    before = source.texts()

    def plant(text: str) -> None:
        monkeypatch.setattr(source, "texts", lambda: (*before, ("itrack.reports.sneaky", text)))

    return plant


@pytest.mark.parametrize(
    "sneaky",
    [
        "def f(): Pupil.objects.create(upn='x')",
        "def f(): Pupil(upn='x').save()",
        "def f(): insert(Pupil, columns=c, rows=r)",
        "def f(): bulk.insert(Pupil, columns=c, rows=r)",
        "def f(): cursor.execute('insert into pupils_pupil (upn) values (1)')",
        "def f(): cursor.execute('INSERT into ' 'pupils_' 'pupil (upn) values (1)')",
        "def f(): store_pupils(deed=deed, entries=[])",
        "def f(): api.store_pupils(deed=deed, entries=[])",
    ],
)
def test_the_evidence_turns_when_other_code_makes_a_pupil(db, planted, sneaky: str) -> None:
    assert what_is_seen(NAME)["state"] == "holding"

    planted(sneaky)

    told = what_is_seen(NAME)
    assert told["state"] == "failing"
    assert "itrack.reports.sneaky.f" in told["observed"]


def test_the_evidence_turns_when_another_account_may_add_pupils(db) -> None:
    with broken("grant insert on pupils_pupil to itrack_backup", "revoke insert on pupils_pupil from itrack_backup"):
        told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "itrack_backup" in told["observed"]


def test_the_program_itself_cannot_let_a_pupil_in_without_a_deed(world: World) -> None:
    def attempt() -> None:
        with writing(world.ours.id), connection.cursor() as cursor:
            cursor.execute("alter table pupils_pupil alter column added_by_id drop not null")

    with pytest.raises(DatabaseError, match="must be owner"):
        attempt()
