"""P91: files padded with what we must not keep, files that leave things out: what is stored is a part of the file."""

import json
from io import BytesIO

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import writing
from itrack.imports import api as imports
from itrack.promises.evidence.arrival import FROM_FILE, OURS
from itrack.spreadsheets import api as spreadsheets
from itrack.spreadsheets.rules.kinds import Kind
from tests.architecture.world import World, on
from tests.cast import NOW
from tests.imports.ctf_maker import ctf, element, pupil, result, results, texts, upn
from tests.promises.breaking import broken, what_is_seen

NAME = "only_data_contained_in_the_transfer_file_is_processed"
# Parts a file may have and we may keep, each with words found nowhere else.
KEPT = {
    "FormerUPN": element("BasicDetails", texts({"FormerUPN": upn(901)})),
    "PreferredSurname": element("BasicDetails", texts({"PreferredSurname": "Oxblossom"})),
    "PreferredForename": element("BasicDetails", texts({"PreferredForename": "Tamsinella"})),
    "MiddleNames": element("BasicDetails", texts({"MiddleNames": "Eglantyne"})),
    "NCyearActual": element("BasicDetails", texts({"NCyearActual": "5"})),
    "Ethnicity": element("BasicDetails", texts({"Ethnicity": "WIRT"})),
    "EnrolStatus": element("BasicDetails", texts({"EnrolStatus": "C"})),
    "FSM": element("FSMhistory", element("FSMinstance", texts({"FSMstartDate": "2023-04-17", "UKcountry": "ENG"}))),
    "Care": element("LookedAfter", texts({"InCare": "true", "CareAuthority": "825"})),
    "Service": texts({"ServiceChild": "Y"}),
    "SEN": element("SENhistory", element("SEN", texts({"StartDate": "2022-03-09", "SENprovision": "K"}))),
    "Need": element("SENneeds", element("SENneed", texts({"SENtypeRank": "1", "SENtype": "SLCN"}))),
    "Results": results(result(Year="2024", Subject="MAT", Component="MTC", Result="19")),
    "School": element("SchoolHistory", element("School", texts({
        "LEA": "824", "Estab": "2417", "SchoolName": "Larkmere First School", "EntryDate": "2020-09-07"}))),
    "Attendance": element("Attendance", element("YearData", texts({
        "Year": "2024", "LEA": "824", "Estab": "2417", "SessionsPossible": "377", "SessionsAuthorised": "11",
        "SessionsAttended": "363", "SessionsUnauthorised": "3"}))),
}  # fmt: skip
# Parts of the format, and inventions, that no table may take in. Each holds the one word looked for.
LOOT = "Zyxwillow"
NEVER = {
    "Address": element("Address", element("BS7666", texts({"Street": f"{LOOT} Row", "PostCode": f"{LOOT} 1XZ"}))),
    "Phones": element("Phones", element("Phone", texts({"PhoneNo": "01632 960321", "TelephoneType": LOOT}))),
    "Email": texts({"Email": f"{LOOT}@example.org"}),
    "Contacts": element("Contacts", element("Contact", texts({"Surname": LOOT, "Relationship": LOOT}))),
    "Medical": element("BasicDetails", texts({"MedicalFlag": LOOT})),
    "Disability": element("Disabilities", texts({"Disability": LOOT})),
    "Faith": element("BasicDetails", texts({"Religion": LOOT})),
    "Adopted": element("BasicDetails", texts({"AdoptedFromCare": LOOT})),
    "Marks": element("Attendance", element("SessionDetails", texts({"AttendanceMarks": LOOT}))),
    "Learner": texts({"UniqueLearnerNumber": LOOT}),
    "Invented": element("FavouriteColour", element("Surname", LOOT)),
    "Inside a result": results(result(Subject="ENG", Component="RDG", Examiner=LOOT)),
    "Inside a school": element("SchoolHistory", element("School", texts({"Estab": "2418", "Head": LOOT}))),
}  # fmt: skip
# What we say ourselves of a fact: its kind, whether we know its code, and the year a file's header gives it.
SAID_BY_US = {"kind", "recognised"}


def bring(world: World, *inside: str) -> str:
    """Imports one pupil of these parts; returns the file."""
    file = ctf(pupil(*inside, upn=upn(900), surname="Thornquist", forename="Wilhelmina", dob="2016-12-24", sex="F"))
    who, school = world.cast.olu, world.ours.id
    with writing(school):
        batch = imports.preview(school=school, file=BytesIO(file.encode()), by=who.member, at=NOW)
        assert LOOT.casefold() not in everything_stored(), "already the preview kept it"
        imports.apply(school=school, batch=batch, by=who.member, at=NOW)
    return file


def everything_stored() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace "
                       "and has_table_privilege(oid, 'select')")  # fmt: skip
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            " union all ".join(on(t, "select coalesce(string_agg(t::text, '|'), '') from $ t") for t in tables)
        )
        return "\n".join(text for (text,) in cursor.fetchall()).casefold()


def facts_of(surname: str) -> dict[str, list[dict[str, object]]]:
    """All that is stored of the pupil in the tables a file fills."""
    found = {}
    with connection.cursor() as cursor:
        for table in FROM_FILE:
            whose = "t.id" if table == "pupils_pupil" else "t.pupil_id"
            rows = "select to_jsonb(t)::text from $ t, pupils_pupil p where p.legal_surname = %s and p.id = "
            cursor.execute(on(table, rows + whose), [surname])
            found[table] = [json.loads(row) for (row,) in cursor.fetchall()]
    return found


FORTY = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FORTY
@given(kept=st.sets(st.sampled_from(sorted(KEPT))), never=st.sets(st.sampled_from(sorted(NEVER)), min_size=1))
def test_whatever_a_file_is_padded_with_only_its_own_words_are_stored(
    world: World, kept: set[str], never: set[str]
) -> None:
    with transaction.atomic():
        file = bring(world, *(KEPT[name] for name in sorted(kept)), *(NEVER[name] for name in sorted(never)))
        with writing(world.ours.id):
            assert LOOT.casefold() not in everything_stored()
            invented = not_in(file, facts_of("Thornquist"))
        transaction.set_rollback(True)

    assert not invented, invented


def not_in(file: str, facts: dict[str, list[dict[str, object]]]) -> list[str]:
    """Stored values that the file does not hold."""
    return [
        f"{table}.{column}: {value}"
        for table, rows in facts.items()
        for row in rows
        for column, value in row.items()
        if column not in OURS | SAID_BY_US and value not in (None, "", True, False)
        if not all(part in file for part in said(row, column, value))
    ]


def said(row: dict[str, object], column: str, value: object) -> list[str]:
    """The words of the file a value rests on. A year group's dates rest on the header's academic year alone."""
    if row.get("kind") == "year" and column in ("key", "starts", "ends"):
        return ["<AcademicYear>2026<"]
    if row.get("kind") == "care" and column == "code":
        return ["<InCare>"]
    return str(value).split("|")


# Columns of a sheet that may be kept, and columns that may not, whatever they are called.
TOLD = {"Middle names": "Eglantyne", "Ethnicity": "WIRT", "Service child": "Y", "Looked after": "true"}
PADDING = (*("Home address", "Phone", "E-mail", "Mother’s name", "Medical notes"), *("Religion", "Doctor", "Town", ""))


@FORTY
@given(kept=st.sets(st.sampled_from(sorted(TOLD))), never=st.sets(st.sampled_from(PADDING), min_size=1))
def test_whatever_a_spreadsheet_is_padded_with_only_its_known_columns_are_stored(
    world: World, kept: set[str], never: set[str]
) -> None:
    told = {"UPN": upn(910), "Surname": "Thornquist", "Forename": "Wilhelmina", "Date of birth": "2016-12-24"}
    told |= {name: TOLD[name] for name in kept} | dict.fromkeys(sorted(never), LOOT)
    file = f"{','.join(told)}\n{','.join(told.values())}\n"
    when, school = {"by": world.cast.olu.member, "at": NOW}, world.ours.id
    with transaction.atomic():
        with writing(school):
            wanted = spreadsheets.Wanted(Kind.PUPILS)
            sheet = spreadsheets.read_sheet(school=school, file=BytesIO(file.encode()), wanted=wanted, **when)
            assert LOOT.casefold() not in everything_stored(), "already the columns page kept it"
            batch = spreadsheets.hand_over(school=school, spreadsheet=sheet, **when)
            assert LOOT.casefold() not in everything_stored(), "the preview kept it"
            imports.apply(school=school, batch=batch, **when)
            assert LOOT.casefold() not in everything_stored()
            facts = facts_of("Thornquist")
        transaction.set_rollback(True)

    assert facts["pupils_pupil"], "the pupil was to be stored"
    assert not not_in(file + "<InCare>", facts)


def test_once_a_file_is_decided_what_was_staged_of_it_says_nothing(world: World) -> None:
    with transaction.atomic():
        bring(world, *KEPT.values())
        with writing(world.ours.id), connection.cursor() as cursor:
            cursor.execute("select string_agg(t::text, '|') from imports_stagedpupil t where payload = '{}'")
            [staged] = cursor.fetchone()
            cursor.execute("select count(*) from imports_stagedpupil t where t::text ilike '%%thornquist%%'")
            [telling] = cursor.fetchone()
        transaction.set_rollback(True)

    assert staged, "nothing was staged, so this proves nothing"
    assert telling == 0


def test_a_full_file_fills_every_table_so_the_search_above_can_fail(world: World) -> None:
    with transaction.atomic():
        file = bring(world, *KEPT.values())
        with writing(world.ours.id):
            facts = facts_of("Thornquist")
        transaction.set_rollback(True)

    assert all(facts.values()), facts
    assert not not_in(file, facts)
    assert not_in(file.replace("Eglantyne", ""), facts)


def test_the_evidence_turns_when_a_table_could_hold_a_telephone_number(db) -> None:
    assert what_is_seen(NAME)["state"] == "holding"

    with broken("create table loot (id bigint, phone_number text)", "drop table loot"):
        told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "loot.phone_number" in told["observed"]


def test_the_evidence_turns_when_the_reader_fills_a_column_no_more(db, monkeypatch) -> None:
    monkeypatch.setitem(FROM_FILE, "pupils_pupil", FROM_FILE["pupils_pupil"] - {"ethnicity"})

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "pupils_pupil.ethnicity" in told["observed"]
