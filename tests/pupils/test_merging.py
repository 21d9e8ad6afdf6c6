"""Two records of one pupil become one, and two again."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from itrack.assessment.api import judgement_table, save_marks, standing_results
from itrack.config.undoing import take_back
from itrack.curriculum.api import subjects
from itrack.foundation.models import AuditEntry, ChangeSet, Versioned
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.fields import OfSchool
from itrack.foundation.tenancy.windows import reading, writing
from itrack.imports import api as imports
from itrack.pupils import api
from itrack.pupils.api import ClassFacts, Joiner, add_class, add_joiner, held_pupils, known_pupils, pupils_on_roll
from itrack.pupils.models import Pupil
from itrack.pupils.queries.merging import fact_tables
from itrack.pupils.rules_entry import joined_spells
from itrack.schools.api import points
from tests.architecture.world import stored
from tests.cast import NOW, TODAY, Cast
from tests.imports.ctf_maker import basic_details, ctf, element, pupil, result, results, texts, upn

MERGE, COMPARE = "/pupils/duplicates/merge", "/pupils/duplicates/compare"
SPELL = {"LEA": "823", "Estab": "2990", "SchoolName": "Millbrook Infant School", "EntryDate": "2021-09-01"}
# What a deed and its undoing leave behind: themselves, the log, what was kept for undo, and the count of changes.
TRACES = {"foundation_changeset", "foundation_auditentry", "foundation_replaced", "pupils_roll"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def bring(cast: Cast, *inside: str, **who: str) -> None:
    """Imports one pupil into Oakfield as new, whatever they resemble."""
    from itrack.imports.models import StagedPupil

    with writing(cast.oakfield):
        by = {"by": cast.olu.member, "at": NOW}
        file = BytesIO(ctf(pupil(*inside, **who)).encode())
        batch = imports.preview(school=cast.oakfield, file=file, **by)
        asked = StagedPupil.objects.filter(batch_id=batch, verdict="conflict").values_list("pk", flat=True)
        imports.choose(school=cast.oakfield, batch=batch, choices=dict.fromkeys(asked, "new"), **by)
        imports.apply(school=cast.oakfield, batch=batch, **by)


@pytest.fixture
def twice(cast: Cast) -> tuple[int, int]:
    """Ada typed in by hand and put in 4B, then imported as somebody new and put in 4A; both marked and both differ."""
    school, at = cast.oakfield, {"by": cast.olu.member, "at": NOW}
    with writing(school):
        b, _ = add_class(school=school, year=2026, facts=ClassFacts("4B", cast.tom.member), **at)
        a, _ = add_class(school=school, year=2026, facts=ClassFacts("4A", None), **at)
        ada = Joiner("Bilberry", "Ada", date(2018, 5, 3), "F", "", 2026, "4", date(2026, 11, 16), b)
        add_joiner(school=school, joiner=ada, seen=[], **at)
    bring(
        cast,
        basic_details(NCyearActual="5", Ethnicity="WBRI", PreferredForename="Addie"),
        element("FSMhistory", element("FSMinstance", texts({"FSMstartDate": "2024-09-01", "UKcountry": "ENG"}))),
        results(result()),
        element("SchoolHistory", element("School", texts(SPELL))),
        upn=upn(7), surname="Bilberry", forename="Ada", dob="2018-05-03",
    )  # fmt: skip
    with writing(school):
        one, two = sorted(pupil.id for pupil in known_pupils(school=school))
        api.move_pupils(school=school, year=2026, pupils=[two], seen_in=None, to=a, on=TODAY, **at)
        reading_, writing_, *_ = [row[0] for row in subjects(school=school)]
        cells = {(one, reading_): "E", (two, reading_): "G", (two, writing_): "W"}
        save_marks(school=school, point=point(cast), cells=cells, by=cast.hana.member, at=NOW)
    return one, two


def point(cast: Cast) -> int:
    return next(one.id for one in points(school=cast.oakfield) if (one.year, one.slot) == (2026, 2))


def compared(cast: Cast, pair: tuple[int, int]) -> api.TwoRecords:
    with reading(cast.oakfield):
        found = api.two_records(school=cast.oakfield, pupils=pair, on=TODAY, year=2026)
    assert found
    return found


def merged(cast: Cast, pair: tuple[int, int], *second: str, who: str = "ada") -> int:
    """Merges as that person, taking from the second record what is named; returns the change set."""
    found = compared(cast, pair)
    places = {place for place, one in enumerate(found.differences) if one.what.startswith(second or ("-",))}
    with writing(cast.oakfield):
        return api.merge_records(
            school=cast.oakfield, pupils=pair, second=places, seen=found.seen, sight=api.Sight(),
            by=cast.people[who].member, at=NOW,
        )[1]  # fmt: skip


def record(cast: Cast, pupil: int) -> api.HeldPupil:
    with reading(cast.oakfield):
        return held_pupils(school=cast.oakfield, pupils=[pupil])[pupil]


def test_all_that_the_second_held_stands_on_the_first_by_the_choices_made(cast: Cast, twice: tuple[int, int]) -> None:
    one, two = twice
    was_on_both = {what.what for what in compared(cast, twice).differences}

    merged(cast, twice, "Unique", "Ethnicity", "Preferred", "Circumstance", "First language")

    held = record(cast, one)
    assert {"Unique pupil number", "Class, 2026/27", "Ethnicity"} < was_on_both
    assert (held.fields["upn"], held.fields["ethnicity"]) == (upn(7), "WBRI")
    assert held.enrolments == [(date(2026, 11, 16), None)]
    assert held.circumstances["year", "2026"][0] == "5"
    assert ("fsm", "2024-09-01|ENG") in held.circumstances
    assert len(held.schools) == 1
    with reading(cast.oakfield):
        assert list(standing_results(school=cast.oakfield, pupils=[one, two])) == [one]
        marks = list(judgement_table(school=cast.oakfield, point=point(cast)))
        assert {row[0] for row in marks} == {one}
        assert len(marks) == 2
        [line] = pupils_on_roll(school=cast.oakfield, on=TODAY, year=2026)
    assert (line.id, line.spoken, line.class_name) == (one, "Addie Bilberry", "4B")


def test_the_second_record_is_nowhere_afterwards(cast: Cast, twice: tuple[int, int]) -> None:
    one, two = twice

    merged(cast, twice, "Unique")

    ada = cast.client("ada")
    assert ada.get(f"/pupils/{two}").status_code == 404
    for address in ("/pupils/", "/pupils/duplicates", "/import/send"):
        assert ada.get(address).content.decode().count("Bilberry, Ada</") <= 1, address
    with reading(cast.oakfield):
        assert {pupil.id for pupil in known_pupils(school=cast.oakfield)} == {one}
        assert api.possible_duplicates(school=cast.oakfield, on=TODAY, year=2026) == []
        for table in fact_tables():
            assert not table.standing(cast.oakfield, [two]), table.model


@pytest.mark.parametrize("taken", [(), ("Unique",), ("Unique", "Class", "Judgement", "Circumstance", "Ethnicity")])
def test_undo_puts_every_row_of_every_table_back(cast: Cast, twice: tuple[int, int], taken: tuple[str, ...]) -> None:
    before = stored(cast.oakfield)

    deed = merged(cast, twice, *taken)
    during = stored(cast.oakfield)
    with writing(cast.oakfield):
        assert take_back(viewer=cast.olu, change_set=deed, at=NOW + timedelta(minutes=5)) == "merge"

    after = stored(cast.oakfield)
    assert {table for table in before if during[table] != before[table]} > {"pupils_pupil", "assessment_judgement"}
    assert {table for table in before if after[table] != before[table]} <= TRACES


def test_two_numbers_that_change_places_come_back(cast: Cast) -> None:
    bring(cast, upn=upn(1), surname="Bilberry", forename="Ada", dob="2018-05-03")
    bring(cast, upn=upn(2), surname="Bilberry", forename="Adah", dob="2018-05-03")
    with reading(cast.oakfield):
        one, two = sorted(pupil.id for pupil in known_pupils(school=cast.oakfield))
    before = stored(cast.oakfield)

    deed = merged(cast, (one, two), "Unique")

    assert (record(cast, one).fields["upn"], record(cast, one).fields["former_upn"]) == (upn(2), upn(1))
    with writing(cast.oakfield):
        api.take_merging_back(school=cast.oakfield, change_set=deed, by=cast.olu.member, at=NOW)
    assert {table for table, digest in stored(cast.oakfield).items() if digest != before[table]} <= TRACES


def test_a_file_with_either_number_finds_the_one_record(cast: Cast, twice: tuple[int, int]) -> None:
    one, _ = twice
    merged(cast, twice)
    assert record(cast, one).fields["upn"] == ""

    bring(cast, basic_details(Ethnicity="WIRI"), upn=upn(7), surname="Bilberry", forename="Ada", dob="2018-05-03")

    held = record(cast, one)
    assert (held.fields["upn"], held.fields["ethnicity"]) == (upn(7), "WIRI")


def test_undo_is_refused_once_later_work_rests_on_it(cast: Cast, twice: tuple[int, int]) -> None:
    deed = merged(cast, twice, "Unique")
    bring(cast, basic_details(Ethnicity="WIRI"), upn=upn(7), surname="Bilberry", forename="Ada", dob="2018-05-03")

    with writing(cast.oakfield), pytest.raises(Refused, match="Later work changed the same records"):
        api.take_merging_back(school=cast.oakfield, change_set=deed, by=cast.olu.member, at=NOW)

    assert record(cast, twice[0]).fields["upn"] == upn(7)


def test_of_two_who_merge_the_second_is_told(cast: Cast, twice: tuple[int, int]) -> None:
    found = compared(cast, twice)
    merged(cast, twice, who="olu")

    with writing(cast.oakfield), pytest.raises(Refused, match="somebody else may have merged them"):
        api.merge_records(
            school=cast.oakfield, pupils=twice, second=[], seen=found.seen, sight=api.Sight(),
            by=cast.ada.member, at=NOW,
        )  # fmt: skip


def test_a_mark_entered_meanwhile_stops_the_merging(cast: Cast, twice: tuple[int, int]) -> None:
    found = compared(cast, twice)
    with writing(cast.oakfield):
        cells = {(twice[0], subjects(school=cast.oakfield)[0][0]): "B"}
        save_marks(school=cast.oakfield, point=point(cast), cells=cells, by=cast.hana.member, at=NOW)

    with writing(cast.oakfield), pytest.raises(Refused, match="has changed one of the two records"):
        api.merge_records(
            school=cast.oakfield, pupils=twice, second=[], seen=found.seen, sight=api.Sight(),
            by=cast.ada.member, at=NOW,
        )  # fmt: skip


def test_nothing_points_at_a_pupil_but_facts_that_move() -> None:
    pointing = {
        model for model in apps.get_models() for field in model._meta.local_fields
        if isinstance(field, OfSchool) and field.related_model is Pupil
    }  # fmt: skip

    assert {model for model in pointing if not issubclass(model, Versioned)} == {Pupil}
    assert {table.model for table in fact_tables()} == pointing - {Pupil}


SPELLS = st.tuples(st.dates(date(2020, 1, 1), date(2022, 1, 1)), st.none() | st.integers(0, 300)).map(
    lambda told: (told[0], None if told[1] is None else told[0] + timedelta(days=told[1]))
)


@given(spells=st.lists(SPELLS, min_size=1, max_size=5), day=st.dates(date(2019, 12, 1), date(2023, 1, 1)))
def test_joined_spells_hold_the_same_days_and_never_overlap(spells: list, day: date) -> None:
    joined = joined_spells(spells)

    def on(rows: list) -> int:
        return sum(starts <= day and (ends is None or day <= ends) for starts, ends in rows)

    assert bool(on(joined)) == bool(on(spells))
    assert on(joined) <= 1


class TestThePages:
    def form(self, cast: Cast, pair: tuple[int, int], choice: str = "first") -> dict[str, object]:
        found = compared(cast, pair)
        keep = {f"keep-{place}": choice for place in range(len(found.differences))}
        return {"one": pair[0], "two": pair[1], "seen": found.seen, **keep}

    def test_the_administrator_finds_compares_merges_and_undoes(self, cast: Cast, twice: tuple[int, int]) -> None:
        ada = cast.client("ada")
        assert "the same name and birthday" in ada.get("/pupils/duplicates").content.decode()
        shown = ada.get(COMPARE, {"one": twice[1], "two": twice[0]}).content.decode()
        assert "Class, 2026/27" in shown
        assert "Judgement: Autumn 2, 2026/27, Reading" in shown
        assert "3 May 2018" in shown
        assert upn(7) in shown

        done = ada.post(MERGE, self.form(cast, twice, "second"), follow=True).content.decode()

        assert "The two records are one." in done
        with reading(cast.oakfield):
            [line] = pupils_on_roll(school=cast.oakfield, on=TODAY, year=2026)
            deed = ChangeSet.objects.get(kind="merge")
            assert AuditEntry.objects.get(verb="merge.done").by_id == cast.ada.member
        assert line.class_name == "4A"
        back = ada.post(f"/pupils/duplicates/undo/{deed.pk}", follow=True).content.decode()
        assert "both records are as they were before" in back

    def test_namesakes_are_told_apart_by_birthday_where_two_are_chosen(self, cast: Cast) -> None:
        with writing(cast.oakfield):
            for surname, born in (
                ("Bilberry", date(2018, 5, 3)),
                ("Bilberry", date(2017, 9, 9)),
                ("Sloe", date(2018, 1, 1)),
            ):
                joiner = Joiner(surname, "Ada", born, "F", "", 2026, "4", TODAY, None)
                add_joiner(school=cast.oakfield, joiner=joiner, seen=[], by=cast.olu.member, at=NOW)

        page = cast.client("olu").get("/pupils/duplicates").content.decode()

        chooser = page.partition('name="one"')[2].partition("</select>")[0]
        assert re.findall(r"<option[^>]*>([^<]*)</option>", chooser) == [
            "Choose…",
            "Bilberry, Ada, Year 4, born 3 May 2018",
            "Bilberry, Ada, Year 4, born 9 September 2017",
            "Sloe, Ada, Year 4",
        ]

    def test_the_office_merges_without_seeing_a_mark(self, cast: Cast, twice: tuple[int, int]) -> None:
        olu = cast.client("olu")
        page = olu.get(COMPARE, {"one": twice[0], "two": twice[1]})
        seen = page.context["found"]

        answer = olu.post(MERGE, self.form(cast, twice) | {"seen": seen.seen})

        marks = [one for one in seen.differences if one.what.startswith("Judgement")]
        assert [(one.first, one.second) for one in marks] == [("recorded", "recorded")]
        assert "Marks and results are not shown to your role" in page.content.decode()
        assert answer.status_code == 303

    def test_a_row_without_a_choice_is_asked_for_and_nothing_merged(self, cast: Cast, twice: tuple[int, int]) -> None:
        form = self.form(cast, twice)
        del form["keep-0"]

        answer = cast.client("ada").post(MERGE, form)

        assert answer.status_code == 422
        assert "1 row has no choice yet" in answer.content.decode()
        with reading(cast.oakfield):
            assert len(pupils_on_roll(school=cast.oakfield, on=TODAY, year=2026)) == 2

    def test_what_is_not_two_pupils_of_this_school_is_not_there(self, cast: Cast, twice: tuple[int, int]) -> None:
        with writing(cast.thornhill):
            ada = Joiner("Bilberry", "Ada", date(2018, 5, 3), "F", "", 2026, "4", TODAY, None)
            theirs, _ = add_joiner(school=cast.thornhill, joiner=ada, seen=[], by=cast.theo.member, at=NOW)
        client = cast.client("ada")

        for two, status in ((theirs, 404), (10**17, 404), ("x", 404), (twice[0], 409)):
            pair = {"one": twice[0], "two": two}
            assert client.get(COMPARE, pair).status_code == status
            assert client.post(MERGE, pair).status_code == status
        assert "Choose two yourself" in client.get(COMPARE).content.decode()
        assert client.post(MERGE, {}).status_code == 404

    @pytest.mark.parametrize("who", ["hana", "tom", "sena", "gus"])
    def test_others_than_the_office_may_not(self, cast: Cast, twice: tuple[int, int], who: str) -> None:
        client = cast.client(who)

        assert client.get("/pupils/duplicates").status_code == 403
        assert client.get(COMPARE, {"one": twice[0], "two": twice[1]}).status_code == 403
        assert client.post(MERGE, {"one": twice[0], "two": twice[1]}).status_code == 403
