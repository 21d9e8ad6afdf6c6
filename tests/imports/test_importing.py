"""From a file to the roll: who is matched, what is asked, what is stored, and putting it back."""

from datetime import date

import pytest

from itrack.assessment.models import Result
from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.imports import api
from itrack.imports.models import Batch, StagedPupil
from itrack.pupils.models import Circumstance, Enrolment, Pupil
from tests.cast import NOW, TODAY, a_pupil
from tests.imports.ctf_maker import basic_details, element, header, pupil, result, results, texts, upn
from tests.imports.desk import Desk

SEN_SUPPORT = element("SENhistory", element("SEN", texts({"StartDate": "2025-09-01", "SENprovision": "K"})))
OTTILIE = {"upn": upn(1), "surname": "Thistlewood", "forename": "Ottilie"}


def in_oakfield(desk: Desk):
    return writing(desk.cast.oakfield)


def test_a_new_pupil_arrives_with_circumstances_results_and_a_place_on_the_roll(desk: Desk) -> None:
    desk.bring(pupil(basic_details(NCyearActual="5"), SEN_SUPPORT, results(result()), **OTTILIE))

    with in_oakfield(desk):
        ottilie = Pupil.objects.get()
        assert (ottilie.upn, ottilie.legal_surname, ottilie.dob) == (upn(1), "Thistlewood", date(2016, 11, 2))
        assert set(Circumstance.objects.values_list("kind", "code")) == {("year", "5"), ("sen", "K")}
        assert Result.objects.get().result == "21"
        assert Enrolment.objects.get().starts == TODAY


def test_the_same_file_again_finds_everything_unchanged(desk: Desk) -> None:
    file = pupil(basic_details(NCyearActual="5"), SEN_SUPPORT, results(result()), **OTTILIE)
    desk.bring(file)

    again = desk.preview(file)

    assert desk.counts(again)["unchanged"] == 1
    desk.apply(again)
    with in_oakfield(desk):
        assert (Pupil.objects.count(), Result.objects.count(), Circumstance.objects.count()) == (1, 1, 2)


def test_a_partial_file_deletes_nothing(desk: Desk) -> None:
    desk.bring(pupil(basic_details(NCyearActual="5", Ethnicity="WBRI", MiddleNames="Ada"), SEN_SUPPORT, **OTTILIE))

    desk.bring(pupil(results(result()), **OTTILIE), head=header(qualifier="partial"))

    with in_oakfield(desk):
        assert Pupil.objects.get().ethnicity == "WBRI"
        assert Pupil.objects.get().middle_names == "Ada"
        assert Circumstance.objects.filter(ended_at=None).count() == 2


def test_a_changed_name_is_shown_and_stored(desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE))

    batch = desk.preview(pupil(**(OTTILIE | {"surname": "Thistle"})))

    with in_oakfield(desk):
        assert StagedPupil.objects.get(batch_id=batch).differences == [["legal_surname", "Thistlewood", "Thistle"]]
    desk.apply(batch)
    with in_oakfield(desk):
        assert Pupil.objects.get().legal_surname == "Thistle"


def test_a_former_number_finds_the_pupil_and_the_new_number_replaces_it(desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE))

    desk.bring(pupil(basic_details(FormerUPN=upn(1)), **(OTTILIE | {"upn": upn(2)})))

    with in_oakfield(desk):
        ottilie = Pupil.objects.get()
        assert (ottilie.upn, ottilie.former_upn) == (upn(2), upn(1))


def test_an_old_number_in_a_file_does_not_take_the_new_one_away(desk: Desk) -> None:
    desk.bring(pupil(basic_details(FormerUPN=upn(1)), **(OTTILIE | {"upn": upn(2)})))

    batch = desk.preview(pupil(**OTTILIE))

    assert desk.counts(batch)["unchanged"] == 1


def test_without_a_number_a_namesake_is_only_suggested(desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE))
    nameless = pupil(SEN_SUPPORT, **(OTTILIE | {"upn": None, "surname": "THISTLE-WOOD"}))

    batch = desk.preview(nameless)

    assert desk.counts(batch)["conflict"] == 1
    desk.apply(batch)
    with in_oakfield(desk):
        assert Pupil.objects.count() == 1
        assert not Circumstance.objects.filter(kind="sen").exists()


def test_a_person_decides_that_the_namesake_is_the_same_pupil(desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE))
    batch = desk.preview(pupil(SEN_SUPPORT, **(OTTILIE | {"upn": None})))
    with in_oakfield(desk):
        ottilie = Pupil.objects.get().pk

    desk.choose(batch, f"pupil:{ottilie}")
    desk.apply(batch)

    with in_oakfield(desk):
        assert Pupil.objects.get().upn == upn(1)
        assert Circumstance.objects.filter(pupil_id=ottilie, kind="sen").exists()


def test_a_person_decides_that_the_namesake_is_somebody_new(desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE))
    batch = desk.preview(pupil(**(OTTILIE | {"upn": None})))

    desk.choose(batch, "new")
    desk.apply(batch)

    with in_oakfield(desk):
        assert Pupil.objects.count() == 2


def test_a_choice_that_was_not_offered_is_refused(desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE), pupil(**(OTTILIE | {"upn": upn(2), "forename": "Osric"})))
    batch = desk.preview(pupil(**(OTTILIE | {"upn": None})))
    with in_oakfield(desk):
        osric = Pupil.objects.get(legal_forename="Osric").pk

    with pytest.raises(Refused, match="not among those offered"):
        desk.choose(batch, f"pupil:{osric}")


def test_two_namesakes_with_numbers_of_their_own_are_two_children(desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE))

    batch = desk.preview(pupil(**(OTTILIE | {"upn": upn(2)})))

    assert desk.counts(batch)["new"] == 1


@pytest.mark.parametrize(("choice", "kept"), [("ours", date(2016, 11, 2)), ("file", date(2016, 2, 11))])
def test_a_different_birthday_is_for_a_person_to_settle(desk: Desk, choice: str, kept: date) -> None:
    desk.bring(pupil(**OTTILIE))
    batch = desk.preview(pupil(SEN_SUPPORT, dob="2016-02-11", **OTTILIE))
    assert desk.counts(batch)["conflict"] == 1

    desk.choose(batch, choice)
    desk.apply(batch)

    with in_oakfield(desk):
        assert Pupil.objects.get().dob == kept
        assert Circumstance.objects.filter(kind="sen").exists()


def test_an_undecided_pupil_is_left_as_they_are(desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE))
    batch = desk.preview(pupil(SEN_SUPPORT, dob="2016-02-11", **OTTILIE))

    desk.apply(batch)

    with in_oakfield(desk):
        assert Pupil.objects.get().dob == date(2016, 11, 2)
        assert not Circumstance.objects.filter(kind="sen").exists()


def test_one_bad_pupil_does_not_stop_the_others(desk: Desk) -> None:
    batch = desk.preview(pupil(upn=f"Q{upn(9)[1:]}", surname="Wrong"), pupil(**OTTILIE))

    assert (desk.counts(batch)["rejected"], desk.counts(batch)["new"]) == (1, 1)
    desk.apply(batch)
    with in_oakfield(desk):
        assert Pupil.objects.get().legal_surname == "Thistlewood"


def test_two_entries_for_one_pupil_of_the_roll_are_one_too_many(desk: Desk) -> None:
    desk.bring(pupil(basic_details(FormerUPN=upn(1)), **(OTTILIE | {"upn": upn(2)})))

    batch = desk.preview(pupil(**OTTILIE), pupil(**(OTTILIE | {"upn": upn(2)})))

    with in_oakfield(desk):
        refused = StagedPupil.objects.get(batch_id=batch, verdict="rejected")
        assert "same pupil as the one at line" in refused.conflict["reason"]


def test_an_older_result_does_not_replace_a_later_one(desk: Desk) -> None:
    desk.bring(pupil(results(result(Result="24", ResultDate="2025-07-01")), **OTTILIE))

    desk.bring(pupil(results(result(Result="9", ResultDate="2025-06-01")), **OTTILIE))

    with in_oakfield(desk):
        assert Result.objects.get(ended_at=None).result == "24"


def test_a_corrected_result_replaces_and_keeps_the_earlier_one(desk: Desk) -> None:
    desk.bring(pupil(results(result(Result="9")), **OTTILIE))

    desk.bring(pupil(results(result(Result="24")), **OTTILIE))

    with in_oakfield(desk):
        assert Result.objects.get(ended_at=None).result == "24"
        assert Result.objects.exclude(ended_at=None).get().result == "9"


def test_a_preview_stores_no_pupil_and_an_apply_forgets_the_values(desk: Desk) -> None:
    batch = desk.preview(pupil(SEN_SUPPORT, **OTTILIE))
    with in_oakfield(desk):
        assert not Pupil.objects.exists()

    desk.apply(batch)

    with in_oakfield(desk):
        row = StagedPupil.objects.get(batch_id=batch)
        assert (row.payload, row.name, row.pupil_id) == ({}, "", Pupil.objects.get().pk)


def test_a_stale_preview_is_answered_not_merged(desk: Desk) -> None:
    early = desk.preview(pupil(**OTTILIE))
    desk.bring(pupil(**(OTTILIE | {"upn": upn(2), "forename": "Osric"})))

    with pytest.raises(api.Stale, match="roll has changed"):
        desk.apply(early)

    with in_oakfield(desk):
        assert Pupil.objects.count() == 1
        api.compare_again(school=desk.cast.oakfield, batch=early, by=desk.cast.olu.member, at=NOW)
    desk.apply(early)
    with in_oakfield(desk):
        assert Pupil.objects.count() == 2


def test_comparing_again_sees_what_has_arrived_meanwhile(desk: Desk) -> None:
    early = desk.preview(pupil(**OTTILIE))
    desk.bring(pupil(**OTTILIE))

    with in_oakfield(desk):
        api.compare_again(school=desk.cast.oakfield, batch=early, by=desk.cast.olu.member, at=NOW)

    assert (desk.counts(early)["new"], desk.counts(early)["unchanged"]) == (0, 1)


def test_a_file_is_applied_once(desk: Desk) -> None:
    batch = desk.preview(pupil(**OTTILIE))
    desk.apply(batch)

    with pytest.raises(Refused, match=r"already been applied|roll has changed"):
        desk.apply(batch, by="ada")

    with in_oakfield(desk):
        assert Pupil.objects.count() == 1


def test_undo_takes_the_whole_import_back(desk: Desk) -> None:
    change_set = desk.bring(pupil(SEN_SUPPORT, results(result()), **OTTILIE))

    desk.undo(change_set)

    with in_oakfield(desk):
        assert not Pupil.objects.exists()
        assert not Result.objects.exists()
        assert not Enrolment.objects.exists()


def test_undo_makes_older_previews_stale(desk: Desk) -> None:
    change_set = desk.bring(pupil(**OTTILIE))
    waiting = desk.preview(pupil(SEN_SUPPORT, **OTTILIE))
    desk.undo(change_set)

    with pytest.raises(api.Stale):
        desk.apply(waiting)


def test_a_returner_gets_a_second_spell_on_the_roll(desk: Desk) -> None:
    with in_oakfield(desk):
        left = a_pupil(desk.cast.deed("olu"), "Thistlewood", "Ottilie", upn=upn(1), dob=date(2016, 11, 2))
        Enrolment.objects.filter(pupil_id=left).update(ends=date(2026, 7, 20))

    desk.bring(pupil(SEN_SUPPORT, **OTTILIE))

    with in_oakfield(desk):
        assert list(Enrolment.objects.order_by("starts").values_list("starts", "ends")) == [
            (date(2025, 9, 1), date(2026, 7, 20)),
            (TODAY, None),
        ]


def test_undecided_previews_are_forgotten_after_two_weeks(desk: Desk) -> None:
    batch = desk.preview(pupil(**OTTILIE))

    with in_oakfield(desk):
        kept = api.forget_undecided(school=desk.cast.oakfield, at=NOW.replace(day=30))
        gone = api.forget_undecided(school=desk.cast.oakfield, at=NOW.replace(month=12, day=8))

        assert (kept, gone) == (0, 1)
        assert Batch.objects.get(pk=batch).state == Batch.State.DISCARDED
        assert StagedPupil.objects.get(batch_id=batch).payload == {}


def test_the_audit_log_holds_counts_and_no_names(desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE))

    with in_oakfield(desk):
        told = str(list(AuditEntry.objects.values_list("verb", "fields", "counts")))
        assert "import.read" in told
        assert "Thistlewood" not in told
        assert upn(1) not in told
