"""A pupil typed in by hand, and the transfer file that comes afterwards."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.test import Client

from itrack.assessment.api import save_marks
from itrack.config.undoing import take_back
from itrack.curriculum.api import subjects
from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.imports import api as imports
from itrack.imports.models import StagedPupil
from itrack.pupils.api import ClassFacts, Joiner, add_class, add_joiner, held_pupils, known_pupils, pupils_on_roll
from itrack.schools.api import points
from tests.architecture.world import stored
from tests.cast import NOW, TODAY, Cast, a_pupil
from tests.imports.ctf_maker import basic_details, ctf, pupil, result, results, upn

ADA = {
    "surname": "Bilberry", "forename": "Ada", "dob": "2018-05-03", "sex": "F",
    "joins": "2026-11-23", "year_group": "4", "upn": "", "group": "",
}  # fmt: skip
ADD = "/pupils/joiner/add"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def olu(cast: Cast) -> Client:
    return cast.client("olu")


@pytest.fixture
def class_4b(cast: Cast) -> int:
    with writing(cast.oakfield):
        facts = ClassFacts("4B", cast.tom.member)
        return add_class(school=cast.oakfield, year=2026, facts=facts, by=cast.olu.member, at=NOW)[0]


def on_roll(cast: Cast) -> list[tuple[str, str, str]]:
    with reading(cast.oakfield):
        lines = pupils_on_roll(school=cast.oakfield, on=TODAY, year=2026)
        return [(line.spoken, line.year_group, line.class_name) for line in lines]


def the_deed(cast: Cast) -> int:
    with reading(cast.oakfield):
        return ChangeSet.objects.filter(kind="joiner").latest("pk").pk


def test_the_office_adds_a_joiner_sees_them_in_class_and_takes_them_back(
    cast: Cast, olu: Client, class_4b: int
) -> None:
    page = olu.post(ADD, ADA | {"group": class_4b}, follow=True).content.decode()

    assert "Ada Bilberry is on the roll." in page
    assert on_roll(cast) == [("Ada Bilberry", "4", "4B")]
    with reading(cast.oakfield):
        assert AuditEntry.objects.get(verb="joiner.done").counts == {"new": 1}

    back = olu.post(f"/pupils/joiner/undo/{the_deed(cast)}", follow=True).content.decode()

    assert "the joiner is no longer in the record" in back
    assert on_roll(cast) == []


def test_a_child_who_starts_next_september_is_typed_in_now_and_in_no_list_before(cast: Cast, olu: Client) -> None:
    olu.post(ADD, ADA | {"joins": "2027-09-06", "dob": "2022-12-03", "year_group": "R"})

    assert on_roll(cast) == []
    with reading(cast.oakfield):
        [line] = pupils_on_roll(school=cast.oakfield, on=date(2027, 9, 6), year=2027)
    assert (line.spoken, line.year_group) == ("Ada Bilberry", "R")


def test_a_class_of_this_year_is_none_for_who_starts_in_the_next(cast: Cast, olu: Client, class_4b: int) -> None:
    answer = olu.post(ADD, ADA | {"joins": "2027-09-06", "group": class_4b})

    assert answer.status_code == 422
    assert "filled when it is set up" in answer.content.decode()


def test_undo_leaves_every_table_of_the_record_as_it_was(cast: Cast, olu: Client, class_4b: int) -> None:
    before = stored(cast.oakfield)

    olu.post(ADD, ADA | {"group": class_4b})
    olu.post(f"/pupils/joiner/undo/{the_deed(cast)}")

    changed = {table for table, digest in stored(cast.oakfield).items() if digest != before[table]}
    assert changed <= {"foundation_changeset", "foundation_auditentry", "pupils_roll"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"surname": " "}, "Write the legal surname."),
        ({"forename": "A\u202eda"}, "cannot be seen"),
        ({"surname": "B" * 101}, "at most 100 characters"),
        ({"dob": "31/02/2018"}, "There is no such day."),
        ({"dob": "2027-01-01"}, "not before the first day"),
        ({"dob": "1918-05-03"}, "Look at the year."),
        ({"upn": "B823299822001"}, "its digits call for"),
        ({"upn": "12"}, "A UPN has 13"),
        ({"joins": "2025-05-01"}, "Choose a day from 1 September 2026"),
        ({"joins": "2028-09-01"}, "to 31 August 2028."),
        ({"year_group": "99"}, "Choose a year group from the list."),
        ({"group": "999999"}, "Choose a class from the list, or none."),
        ({"sex": "X"}, "Choose from the list."),
    ],
)
def test_what_cannot_be_right_is_sent_back_with_its_sentence(cast: Cast, olu: Client, typed: dict, said: str) -> None:
    answer = olu.post(ADD, ADA | typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert on_roll(cast) == []


def test_a_number_that_is_held_is_told_and_nobody_is_added(cast: Cast, olu: Client) -> None:
    with writing(cast.oakfield):
        a_pupil(cast.deed("olu"), "Acorn", "Amara", upn=upn(1))

    answer = olu.post(ADD, ADA | {"upn": upn(1).lower()})

    assert answer.status_code == 422
    assert "A pupil with this UPN is in the school’s record already." in answer.content.decode()
    assert len(on_roll(cast)) == 1


def test_a_namesake_is_shown_first_and_the_second_child_needs_confirming(cast: Cast, olu: Client) -> None:
    with writing(cast.oakfield):
        held = a_pupil(cast.deed("olu"), "BILBERRY", "Adá", dob=date(2018, 5, 3))

    asked = olu.post(ADD, ADA)
    confirmed = olu.post(ADD, ADA | {"another": [held]})

    assert asked.status_code == 422
    assert "There is Adá BILBERRY born the same day" in asked.content.decode()
    assert 'value="Bilberry"' in asked.content.decode()
    assert confirmed.status_code == 303
    assert len(on_roll(cast)) == 2


def test_of_two_who_add_the_same_child_the_second_is_refused(cast: Cast) -> None:
    ada = Joiner("Bilberry", "Ada", date(2018, 5, 3), "F", "", 2026, "4", TODAY, None)
    with writing(cast.oakfield):
        add_joiner(school=cast.oakfield, joiner=ada, seen=[], by=cast.olu.member, at=NOW)

        with pytest.raises(Refused, match="Somebody else has just added"):
            add_joiner(school=cast.oakfield, joiner=ada, seen=[], by=cast.ada.member, at=NOW)


class TestTheirFileArrives:
    FILE = ctf(
        pupil(
            basic_details(NCyearActual="4", Ethnicity="WBRI", PreferredForename="Addie"), results(result()),
            upn=upn(7), surname="Bilberry", forename="Ada", dob="2018-05-03",
        )
    )  # fmt: skip

    def previewed(self, cast: Cast) -> int:
        with writing(cast.oakfield):
            file = BytesIO(self.FILE.encode())
            return imports.preview(school=cast.oakfield, file=file, by=cast.olu.member, at=NOW)

    def test_without_a_number_it_asks_and_the_one_record_keeps_its_class(
        self, cast: Cast, olu: Client, class_4b: int
    ) -> None:
        olu.post(ADD, ADA | {"group": class_4b})
        with reading(cast.oakfield):
            [held] = known_pupils(school=cast.oakfield)

        batch = self.previewed(cast)
        with writing(cast.oakfield):
            [staged] = StagedPupil.objects.filter(batch_id=batch)
            assert (staged.verdict, staged.conflict) == ("conflict", {"who": [held.id]})
            by = {"by": cast.olu.member, "at": NOW}
            imports.choose(school=cast.oakfield, batch=batch, choices={staged.pk: f"pupil:{held.id}"}, **by)
            imports.apply(school=cast.oakfield, batch=batch, **by)

        assert on_roll(cast) == [("Addie Bilberry", "4", "4B")]
        with reading(cast.oakfield):
            record = held_pupils(school=cast.oakfield, pupils=[held.id])[held.id]
        assert (record.fields["upn"], record.fields["ethnicity"]) == (upn(7), "WBRI")
        assert record.enrolments == [(TODAY, None)]

    def test_with_the_number_it_knows_the_child(self, cast: Cast, olu: Client, class_4b: int) -> None:
        olu.post(ADD, ADA | {"group": class_4b, "upn": upn(7)})

        batch = self.previewed(cast)

        with reading(cast.oakfield):
            assert StagedPupil.objects.get(batch_id=batch).verdict == "changed"
            [held] = known_pupils(school=cast.oakfield)
            assert StagedPupil.objects.get(batch_id=batch).pupil_id == held.id

    def test_a_preview_made_before_is_stale(self, cast: Cast, olu: Client) -> None:
        batch = self.previewed(cast)
        olu.post(ADD, ADA)

        with writing(cast.oakfield), pytest.raises(imports.Stale):
            imports.apply(school=cast.oakfield, batch=batch, by=cast.olu.member, at=NOW)


def test_a_joiner_with_marks_is_not_taken_back_before_the_marks(cast: Cast, olu: Client) -> None:
    olu.post(ADD, ADA)
    with writing(cast.oakfield):
        [held] = known_pupils(school=cast.oakfield)
        point = next(one.id for one in points(school=cast.oakfield) if (one.year, one.slot) == (2026, 2))
        subject = subjects(school=cast.oakfield)[0][0]
        cells = {(held.id, subject): "E"}
        save_marks(school=cast.oakfield, point=point, cells=cells, by=cast.hana.member, at=NOW)

    answer = olu.post(f"/pupils/joiner/undo/{the_deed(cast)}")

    assert answer.status_code == 409
    assert "1 judgement" in answer.content.decode()
    assert len(on_roll(cast)) == 1


def test_the_command_takes_a_joiner_back_for_the_office_alone(cast: Cast, olu: Client) -> None:
    olu.post(ADD, ADA)
    with writing(cast.oakfield):
        with pytest.raises(Refused, match="The role teacher may not take this back"):
            take_back(viewer=cast.tom, change_set=the_deed(cast), at=NOW)
        assert take_back(viewer=cast.olu, change_set=the_deed(cast), at=NOW) == "joiner"

    assert on_roll(cast) == []


@pytest.mark.parametrize("who", ["hana", "tom", "sena", "gus"])
def test_others_than_the_office_may_not(cast: Cast, who: str) -> None:
    client = cast.client(who)

    assert client.get("/pupils/joiner").status_code == 403
    assert client.post(ADD, ADA).status_code == 403


def test_another_schools_joiner_is_not_there(cast: Cast, olu: Client) -> None:
    with writing(cast.thornhill):
        ada = Joiner("Bilberry", "Ada", date(2018, 5, 3), "F", "", 2026, "4", TODAY, None)
        _, deed = add_joiner(school=cast.thornhill, joiner=ada, seen=[], by=cast.theo.member, at=NOW)

    assert olu.post(f"/pupils/joiner/undo/{deed}").status_code == 404
    assert olu.post(ADD, ADA).status_code == 303
