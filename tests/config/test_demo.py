"""The demo schools: what their files say, that bringing them in is whole and done once, and how it looks afterwards."""

import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from lxml import etree

from itrack.accounts.api import viewers_named
from itrack.assessment.api import judgement_table, standing_results
from itrack.assessment.models import Result
from itrack.config.demo.logins import FILE, logins_in, passwords_for
from itrack.config.demo.names import words
from itrack.config.demo.roll import roll_of
from itrack.config.demo.schools import OAKFIELD, SCHOOLS, DemoSchool
from itrack.config.demo.seed import is_seeded, seed
from itrack.config.demo.transfer_file import transfer_file
from itrack.curriculum.api import assessments, subjects
from itrack.foundation.clock import LONDON
from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from itrack.imports.api import preview, receipt_counts
from itrack.imports.rules.rows import PupilRow
from itrack.imports.sources.ctf import open_ctf
from itrack.pupils.api import classes, known_pupils, pupils_on_roll
from itrack.pupils.models import AttendanceYear
from itrack.pupils.rules import why_not_a_upn
from itrack.schools.api import PointRow, points, school_by_urn
from itrack.statutory.models import SchoolFigure
from itrack.targets.models import PupilTarget
from tests.cast import NOW, STAFF, TODAY
from tests.stage import STAGE

LAST_IMPORT = OAKFIELD.imports[-1]
EVERY_FILE = [(school, day) for school in SCHOOLS for day in school.imports]
ORDER = words(
    "UPN Surname Forename DOB Sex BasicDetails FSMhistory LookedAfter ServiceChild SENhistory Address Phones Contacts "
    "Attendance StageAssessments SchoolHistory"
)


def rows_of(school: DemoSchool, on: date = LAST_IMPORT) -> list[PupilRow]:
    rows = list(open_ctf(BytesIO(transfer_file(school, on=on)), today=on))
    assert not [row.reason for row in rows if not isinstance(row, PupilRow)]
    return [row for row in rows if isinstance(row, PupilRow)]


@pytest.mark.parametrize(("school", "on"), EVERY_FILE, ids=[f"{s.urn}-{day}" for s, day in EVERY_FILE])
def test_our_reader_admits_every_pupil_without_a_warning(school: DemoSchool, on: date) -> None:
    file = open_ctf(BytesIO(transfer_file(school, on=on)), today=on)

    rows = list(file)

    assert {type(row) for row in rows} == {PupilRow}
    assert not file.warnings
    assert not [warning for row in rows for warning in row.warnings]
    assert all(fact.recognised for row in rows for fact in (*row.results, *row.circumstances))
    assert file.header.version == f"{file.header.academic_year % 100}.0"
    assert file.header.source.urn == file.header.destination.urn == school.urn


def test_the_same_file_comes_out_each_time() -> None:
    first = transfer_file(OAKFIELD, on=LAST_IMPORT)

    roll_of.cache_clear()

    assert transfer_file(OAKFIELD, on=LAST_IMPORT) == first


def test_every_upn_is_right_and_no_two_children_share_one() -> None:
    children = [child for school in SCHOOLS for child in roll_of(school)]

    numbers = [number for child in children for number in (child.upn, child.temporary_upn) if number]

    assert not [number for number in numbers if why_not_a_upn(number)]
    assert len(set(numbers)) == len(numbers)


def test_no_child_bears_a_name_of_the_cast() -> None:
    staff = {member.name for school in SCHOOLS for member in school.staff} | {name for name, _, _ in STAFF.values()}
    taken = {word for name in staff for word in name.split()} | {"Sam", "Ines"}

    borne = {
        name
        for school in SCHOOLS
        for child in roll_of(school)
        for name in (child.forename, child.surname, child.preferred_forename, child.preferred_surname)
    }

    assert not borne & taken


def test_the_two_schools_share_no_surname() -> None:
    ours, theirs = ({child.surname for child in roll_of(school)} for school in SCHOOLS)

    assert not ours & theirs


def test_the_parts_of_a_pupil_stand_in_the_order_of_the_format() -> None:
    root = etree.fromstring(transfer_file(OAKFIELD, on=LAST_IMPORT))

    for pupil in root.iter("Pupil"):
        places = [ORDER.index(part.tag) for part in pupil]
        assert places == sorted(places)


def test_nobody_can_be_written_to_or_rung_up() -> None:
    root = etree.fromstring(transfer_file(OAKFIELD, on=LAST_IMPORT))

    assert {(found.text or "")[:5] for found in root.iter("PostCode")} == {"ZZ99 "}
    assert {(found.text or "")[:9] for found in root.iter("PhoneNo")} == {"01632 960"}
    assert {(found.text or "").partition("@")[2] for found in root.iter("Email")} == {"example.org"}


def test_what_the_product_does_not_keep_is_in_the_file_and_counted() -> None:
    file = open_ctf(BytesIO(transfer_file(OAKFIELD, on=LAST_IMPORT)), today=LAST_IMPORT)

    pupils = len(list(file))

    for part in ("Address", "Phones", "Contacts", "BasicDetails/MedicalFlag"):
        assert file.ignored[f"Pupil/{part}"] == pupils
    assert file.ignored["Pupil/Attendance/YearData/AttendSessions"]


def test_oakfield_has_the_children_that_try_a_program() -> None:
    children = roll_of(OAKFIELD)
    names = Counter((child.forename, child.surname) for child in children)
    born = Counter((child.family.number, child.born) for child in children)
    spelt = "".join(child.forename + child.surname for child in children)

    assert [name for name, count in names.items() if count > 1] == [("Grace", "Fairclough")]
    assert sum(count == 2 for count in born.values()) == 2
    assert "'" in spelt
    assert not spelt.isascii()
    assert sum(child.in_care for child in children) == 2
    assert sum(child.service for child in children) == 3
    assert Counter(bool(child.upn_known_on) for child in children if child.temporary_upn) == {True: 1, False: 1}


def test_each_cohort_has_the_results_it_can_have() -> None:
    stages: dict[str, set[tuple[str, str, int]]] = {}
    for row in rows_of(OAKFIELD):
        year = next((fact.code for fact in row.circumstances if fact.kind == "year"), "left")
        kinds = {(r.stage, "ELG" if r.component[0] == "E" else r.component, r.year) for r in row.results}
        stages.setdefault(year, set()).update(kinds)

    assert "R" not in {year for year, kinds in stages.items() if kinds}
    assert stages["1"] == {("FSP", "ELG", 2026)}
    assert stages["2"] == {("FSP", "ELG", 2025), ("KS1", "PHO", 2026)}
    assert stages["4"] == {("FSP", "ELG", 2023), ("KS1", "PHO", 2024), ("KS1", "PHO", 2025)}
    assert stages["5"] == {("FSP", "ELG", 2022), ("KS1", "PHO", 2023), ("KS1", "PHO", 2024), ("KS2", "MTC", 2026)}
    ks1 = {("KS1", part, 2023) for part in ("PHO", "REA", "WRI", "SUB")}
    assert stages["6"] == ks1 | {("KS1", "PHO", 2022), ("KS2", "MTC", 2025)}


def test_every_pupil_with_a_profile_has_all_seventeen_goals() -> None:
    for row in rows_of(OAKFIELD):
        goals = [result for result in row.results if result.stage == "FSP"]
        assert len(goals) in (0, 17)


@dataclass(frozen=True)
class Brought:
    oakfield: int
    thornhill: int


def for_everybody(username: str) -> str:
    return "Mint-bungalow-saucepan-8"


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Brought]:
    """Both schools brought in once for all tests here, in a transaction that is given up at the end."""
    with django_db_blocker.unblock():
        STAGE.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        seed(at=NOW, passwords=for_everybody)
        ids = [row.id for row in (school_by_urn(urn=school.urn) for school in SCHOOLS) if row]
        yield Brought(*ids)
        transaction.set_rollback(True)


def point_of(school: int, year: int, slot: int) -> PointRow:
    return next(point for point in points(school=school) if (point.year, point.slot) == (year, slot))


def marks(school: int, year: int, slot: int) -> dict[tuple[int, str], str]:
    """(pupil, subject) → letter."""
    named = dict(subjects(school=school))
    table = judgement_table(school=school, point=point_of(school, year, slot).id)
    return {(pupil, named[subject]): code for pupil, subject, code, _ in table}


def test_bringing_the_schools_in_again_changes_nothing(demo: Brought) -> None:
    def standing() -> list[int]:
        with reading(demo.oakfield, demo.thornhill):
            return [ChangeSet.objects.count(), AuditEntry.objects.count()]

    before = standing()
    again = seed(at=NOW, passwords=lambda username: f"{for_everybody(username)}8")

    assert is_seeded()
    assert standing() == before
    assert [login.username for login in again][:4] == ["ada", "hana", "sena", "tom"]


def test_the_roll_is_that_of_a_one_form_entry_primary(demo: Brought) -> None:
    with reading(demo.oakfield):
        lines = pupils_on_roll(school=demo.oakfield, on=TODAY, year=2026)
        rows = classes(school=demo.oakfield, year=2026, on=TODAY)

    flags = Counter(flag for line in lines for flag in line.flags)
    assert len(lines) == 208
    assert [(row.name, row.teacher_name) for row in rows if row.name == "4B"] == [("4B", "Tom Teacher")]
    assert [row.year_groups for row in rows] == [("R",), ("1",), ("2",), ("3",), ("4",), ("5",), ("6",)]
    assert all(28 <= row.pupils <= 30 and row.teacher for row in rows)
    assert 0.2 < flags["FSM"] / 208 < 0.3
    assert 0.11 < flags["K"] / 208 < 0.17
    assert 0.02 < flags["E"] / 208 < 0.05


def test_every_class_has_marks_in_the_years_before(demo: Brought) -> None:
    with reading(demo.oakfield):
        for year, slot in ((2024, 2), (2024, 4), (2024, 6), (2025, 2), (2025, 4), (2025, 6), (2026, 1)):
            marked = marks(demo.oakfield, year, slot)
            last = point_of(demo.oakfield, year, slot).closes_on
            lines = pupils_on_roll(school=demo.oakfield, on=last, year=year)
            given = Counter(line.class_id for line in lines if (line.id, "Maths") in marked)
            here = Counter(line.class_id for line in lines)

            assert None not in here
            assert all(given[group] >= 0.85 * pupils for group, pupils in here.items())
            assert len(here) == (6 if year == 2024 else 7)


def test_the_marks_are_believable(demo: Brought) -> None:
    with reading(demo.oakfield):
        marked = marks(demo.oakfield, 2026, 1)
        lines = pupils_on_roll(school=demo.oakfield, on=TODAY, year=2026)

    poor = {line.id for line in lines if "FSM" in line.flags}
    needy = {line.id for line in lines if {"K", "E"} & set(line.flags)}

    def share(letters: str, pupils: set[int]) -> float:
        counted = [letter for (pupil, _), letter in marked.items() if pupil in pupils and letter != "A"]
        return sum(letter in letters for letter in counted) / len(counted)

    everybody = {line.id for line in lines}
    assert 0.64 < share("EG", everybody) < 0.74
    assert 0.10 < share("G", everybody) < 0.18
    assert share("EG", poor) < share("EG", everybody - poor) - 0.08
    assert share("EG", needy) < share("EG", everybody - needy) - 0.2
    assert "A" in marked.values()


def test_a_pupil_mostly_stays_where_they_were(demo: Brought) -> None:
    with reading(demo.oakfield):
        before, after = marks(demo.oakfield, 2025, 6), marks(demo.oakfield, 2026, 1)

    both = [cell for cell in before if cell in after and {before[cell], after[cell]} <= {*"BWEG"}]
    same = sum(before[cell] == after[cell] for cell in both)
    far = sum(abs("BWEG".index(before[cell]) - "BWEG".index(after[cell])) > 1 for cell in both)

    assert same / len(both) > 0.65
    assert far / len(both) < 0.02


def test_4b_has_its_reading_and_some_of_its_maths_this_autumn(demo: Brought) -> None:
    with reading(demo.oakfield):
        marked = marks(demo.oakfield, 2026, 2)
        lines = pupils_on_roll(school=demo.oakfield, on=TODAY, year=2026)

    done = {
        name: Counter(subject for pupil, subject in marked if pupil in {x.id for x in lines if x.class_name == name})
        for name in {line.class_name for line in lines}
    }
    assert set(done["4B"]) == {"Reading", "Maths"}
    assert done["4B"]["Reading"] >= 27
    assert 8 <= done["4B"]["Maths"] <= 12
    assert {name for name, count in done.items() if len(count) == 4} == {"1W", "3E", "6M"}
    assert set(done["1W"].values()) == {30}
    assert set(done["6M"].values()) == {29}
    assert {name for name, count in done.items() if not count} == {"RH", "2R", "5C"}


def secure(school: int, year: int, slot: int, year_group: str) -> float:
    """The share of a year group's marks that are at expected or above."""
    lines = pupils_on_roll(school=school, on=point_of(school, year, slot).closes_on, year=year)
    here = {line.id for line in lines if line.year_group == year_group}
    bands = [
        band
        for who, _, _, band in judgement_table(school=school, point=point_of(school, year, slot).id)
        if who in here and band
    ]
    return sum(band in ("expected", "greater") for band in bands) / len(bands)


def test_one_cohort_is_behind_the_others_in_every_year(demo: Brought) -> None:
    with reading(demo.oakfield):
        told = [
            (secure(demo.oakfield, year, slot, dip), secure(demo.oakfield, year, slot, before))
            for year, slot, dip, before in ((2024, 6, "1", "2"), (2025, 6, "2", "3"), (2026, 1, "3", "4"))
        ]

    assert all(dip < before for dip, before in told), told


def test_a_few_are_judged_against_another_year(demo: Brought) -> None:
    with reading(demo.oakfield):
        codes = marks(demo.oakfield, 2026, 1)
        table = judgement_table(school=demo.oakfield, point=point_of(demo.oakfield, 2026, 1).id)

    elsewhere = {who for (who, _), code in codes.items() if ":" in code}
    assert 1 <= len(elsewhere) <= 6
    assert {band for who, _, code, band in table if ":" in code} == {"below"}


def test_children_come_and_go_in_each_year(demo: Brought) -> None:
    with reading(demo.oakfield):
        for year in (2024, 2025, 2026):
            first = {line.id for line in pupils_on_roll(school=demo.oakfield, on=date(year, 9, 20), year=year)}
            day = min(TODAY, date(year + 1, 7, 10))
            last = {line.id for line in pupils_on_roll(school=demo.oakfield, on=day, year=year)}

            assert last - first, f"nobody joined in {year}"
            assert first - last, f"nobody left in {year}"


def test_three_classes_were_tested_twice(demo: Brought) -> None:
    with reading(demo.oakfield):
        [test] = [one.id for one in assessments(school=demo.oakfield) if one.name == "Standardised test"]
        sat = [
            judgement_table(school=demo.oakfield, point=point_of(demo.oakfield, *when).id, assessment=test)
            for when in ((2025, 6), (2026, 1))
        ]

    before, after = ({(who, subject): code for who, subject, code, _ in rows if code != "A"} for rows in sat)
    both = before.keys() & after.keys()
    assert len(both) > 150
    assert all(70 <= int(code) <= 130 for code in (*before.values(), *after.values()))
    assert 96 < sum(map(int, after.values())) / len(after) < 106
    assert sum(abs(int(before[cell]) - int(after[cell])) <= 12 for cell in both) / len(both) > 0.8


def test_year_six_has_targets_for_its_last_summer(demo: Brought) -> None:
    with reading(demo.oakfield):
        named = dict(subjects(school=demo.oakfield))
        set_for = Counter(named[row.subject_id] for row in PupilTarget.objects.filter(school_id=demo.oakfield))
        [point] = set(PupilTarget.objects.values_list("point_id", flat=True))
        when = next(one for one in points(school=demo.oakfield) if one.id == point)

    assert set(set_for) == {"Reading", "Writing", "Maths"}
    assert min(set_for.values()) >= 28
    assert (when.year, when.slot) == (2026, 6)


def test_one_published_figure_is_another_than_the_results_give(demo: Brought) -> None:
    with reading(demo.oakfield):
        rows = Result.objects.filter(school_id=demo.oakfield, stage="KS2", year=2026, component="REA", qualifier="NO")
        results = Counter(rows.filter(ended_at__isnull=True).values_list("result", flat=True))
        official = SchoolFigure.objects.get(school_id=demo.oakfield, measure="reading-expected", year=2026).value

    assert official == 77
    assert round(100 * results["AS"] / results.total()) == 73


def test_both_schools_are_one_trust_with_one_person_for_it(demo: Brought) -> None:
    places = viewers_named(username="tara")

    assert {(place.school, place.role) for place in places} == {
        (demo.oakfield, Role.TRUST),
        (demo.thornhill, Role.TRUST),
    }
    assert len({place.person for place in places}) == 1


def test_whole_years_of_attendance_came_with_the_files(demo: Brought) -> None:
    with reading(demo.oakfield):
        here = {line.id for line in pupils_on_roll(school=demo.oakfield, on=TODAY, year=2026)}
        rows = AttendanceYear.objects.filter(school_id=demo.oakfield, pupil_id__in=here, ended_at__isnull=True)
        told = Counter(rows.values_list("year", flat=True))

    assert min(told[2024], told[2025]) > 110


def test_marks_were_made_by_the_teacher_of_the_class_on_their_day(demo: Brought) -> None:
    with reading(demo.oakfield):
        deeds = ChangeSet.objects.filter(school_id=demo.oakfield, kind=ChangeSet.Kind.MARKS)
        made = list(deeds.values_list("by__name", "at"))

    assert {name for name, _ in made} == {member.name for member in OAKFIELD.staff if member.teaches}
    assert max(at for _, at in made) < NOW
    assert all(at.astimezone(LONDON).weekday() < 5 for _, at in made)


def test_last_year_can_be_seen_as_it_was_known_then(demo: Brought) -> None:
    then = datetime(2025, 1, 15, tzinfo=UTC)

    with reading(demo.oakfield):
        known_then = pupils_on_roll(school=demo.oakfield, on=date(2025, 1, 15), year=2024, as_at=then)

    assert {line.year_group for line in known_then} == {"R", "1", "2", "3", "4", "5"}
    assert not [line for line in known_then if line.class_id is None]


def test_the_last_file_dropped_again_brings_nothing(demo: Brought) -> None:
    file = BytesIO(transfer_file(OAKFIELD, on=LAST_IMPORT))

    with writing(demo.oakfield):
        office = ChangeSet.objects.filter(kind=ChangeSet.Kind.ROLL_IMPORT).values_list("by_id", flat=True)[0]
        batch = preview(school=demo.oakfield, file=file, by=office, at=NOW)
        counts = receipt_counts(school=demo.oakfield, batch=batch)
        transaction.set_rollback(True)

    assert counts["unchanged"] == counts["pupils"]
    assert counts["new"] == counts["changed"] == counts["conflict"] == 0
    assert not counts["rejected"]


def test_thornhill_is_invisible_from_oakfield(demo: Brought) -> None:
    with reading(demo.thornhill):
        theirs = [pupil.id for pupil in known_pupils(school=demo.thornhill)]
        on_roll = pupils_on_roll(school=demo.thornhill, on=TODAY, year=2026)

    with reading(demo.oakfield):
        seen = known_pupils(school=demo.thornhill)
        results = standing_results(school=demo.thornhill, pupils=theirs)
        schools = set(AuditEntry.objects.values_list("school_id", flat=True))

    assert len(on_roll) == 60
    assert (seen, results, schools) == ([], {}, {demo.oakfield})


def test_a_start_that_is_cut_short_leaves_no_half_school(demo: Brought, monkeypatch: pytest.MonkeyPatch) -> None:
    unfinished = replace(OAKFIELD, urn="100009", estab="2009", staff=(), imports=())
    monkeypatch.setattr("itrack.config.demo.seed.SCHOOLS", (*SCHOOLS, unfinished))

    with pytest.raises(KeyError), transaction.atomic():
        seed(at=NOW, passwords=for_everybody)

    assert school_by_urn(urn="100009") is None
    assert not is_seeded()


def test_what_lies_after_the_day_has_not_happened(django_db_setup: None, db: None) -> None:
    seed(at=datetime(2025, 1, 15, tzinfo=UTC), passwords=for_everybody)

    oakfield = school_by_urn(urn=OAKFIELD.urn)
    assert oakfield is not None
    with reading(oakfield.id):
        assert max(ChangeSet.objects.values_list("at", flat=True)) <= datetime(2025, 1, 15, tzinfo=UTC)
        assert marks(oakfield.id, 2024, 2)
        assert not marks(oakfield.id, 2024, 4)


def test_passwords_are_kept_for_their_owner_alone_and_stay_the_same(tmp_path: Path) -> None:
    assert logins_in(tmp_path) == []

    first, again = passwords_for(tmp_path), passwords_for(tmp_path)

    told = logins_in(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert {login.username: login.password for login in told} == {x.username: first(x.username) for x in told}
    assert all(first(login.username) == again(login.username) for login in told)
    assert len({login.password for login in told}) == len(told)


def test_the_log_ins_name_everybody_of_both_schools(tmp_path: Path) -> None:
    passwords_for(tmp_path)

    told = {login.username: login.as_json() for login in logins_in(tmp_path)}

    assert told.keys() >= {"ada", "hana", "sena", "tom", "asha", "olu", "gus", "tara", "theo"}
    assert told["tara"]["role"] == "trust"
    assert len(logins_in(tmp_path)) == len(told)
    assert told["theo"]["school_urn"] == "100002"
    assert list(told["tom"]) == ["username", "password", "totp_secret", "role", "school", "school_urn"]
    assert told["tom"]["role"] == "teacher"
