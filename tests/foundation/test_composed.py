"""A question composed once answers as the same queryset does, asked anew for each school, day and list."""

from datetime import date
from typing import Any

import pytest

from itrack.foundation.composed import Composed, among
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import PupilEntry, class_roll, pupils_on_roll, store_pupils
from itrack.pupils.models import Pupil
from tests.assessment.conftest import a_class
from tests.cast import TODAY, Cast, a_pupil


def named(given: Any) -> Any:
    found = Pupil.objects.filter(among("pk", given("pupils")), school_id=given("school"))
    return found.order_by("legal_surname").values_list("legal_surname", "dob")


def test_it_is_put_into_words_once_and_answers_each_asking_for_itself(cast: Cast) -> None:
    composed: list[int] = []
    question = Composed(lambda given: (composed.append(1), named(given))[1])
    with writing(cast.oakfield):
        amara, toby = (a_pupil(cast.deed("olu"), name, "Sam") for name in ("Acorn", "Barleycorn"))
    with writing(cast.thornhill):
        thea = a_pupil(cast.deed("theo"), "Thistle", "Thea")

    with reading(cast.oakfield, cast.thornhill):
        everybody = [amara, toby, thea]
        ours = question.rows(school=cast.oakfield, pupils=everybody)
        theirs = question.rows(school=cast.thornhill, pupils=everybody)
        nobody = question.rows(school=cast.oakfield, pupils=[])

    assert ours == [("Acorn", date(2018, 5, 1)), ("Barleycorn", date(2018, 5, 1))]
    assert theirs == [("Thistle", date(2018, 5, 1))]
    assert (nobody, composed) == ([], [1])


def test_a_value_is_never_part_of_the_words(cast: Cast) -> None:
    question = Composed(
        lambda given: Pupil.objects.filter(school_id=given("school"), legal_surname=given("name")).values_list("pk")
    )
    with writing(cast.oakfield):
        a_pupil(cast.deed("olu"), "Acorn", "Amara")

    with reading(cast.oakfield):
        assert question.rows(school=cast.oakfield, name="' or '' = '%s") == []
        assert len(question.rows(school=cast.oakfield, name="Acorn")) == 1


def test_a_value_left_out_is_an_error_and_no_wider_answer(cast: Cast) -> None:
    with reading(cast.oakfield), pytest.raises(KeyError):
        Composed(named).rows(pupils=[1])


def test_the_roll_of_a_class_is_the_schools_roll_cut_down_to_it(cast: Cast) -> None:
    meals = ("fsm", "2026-09-01|ENG", "ENG", "", None, date(2026, 9, 1), None, None, True)
    support = [("sen", day, code, "", None, date.fromisoformat(day), None, None, True) for day, code in SUPPORT]
    over = ("sen", "2024-09-01", "E", "", None, date(2024, 9, 1), date(2026, 7, 20), None, True)
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        pupils = [a_pupil(deed, "Élan", "Ann", "5"), a_pupil(deed, "Acorn", "Sam", preferred_forename="Sim")]
        pupils += [a_pupil(deed, "Acorn", "Sim", dob=date(2018, 1, 1)), a_pupil(deed, "Zephyr", "Om", "R")]
        left, elsewhere = a_pupil(deed, "Gone", "Greta"), a_pupil(deed, "Other", "Olive")
        store_pupils(deed=deed, entries=[PupilEntry(pupils[0], {"first_language": "POL"}, [*support, meals])])
        store_pupils(deed=deed, entries=[PupilEntry(pupils[1], {}, [over])])
        store_pupils(deed=deed, entries=[PupilEntry(left, {}, enrolment=(date(2025, 9, 1), date(2026, 11, 1)))])
        classes = cast.deed("ada", ChangeSet.Kind.CLASSES)
        group = a_class(classes, "4B", cast.tom.member, [*pupils, left])
        a_class(classes, "4A", None, [elsewhere])

    with reading(cast.oakfield):
        asked = {"school": cast.oakfield, "year": 2026, "group": group}
        told = {day: class_roll(on=day, **asked) for day in (TODAY, date(2026, 10, 1))}
        expected = {day: pupils_on_roll(on=day, **asked) for day in told}
        strangers = class_roll(school=cast.thornhill, on=TODAY, year=2026, group=group)

    assert told == expected
    assert [line.name for line in told[TODAY]] == ["Acorn, Sim", "Acorn, Sim", "Élan, Ann", "Zephyr, Om"]
    assert told[TODAY][2].flags == ("K", "FSM", "EAL")
    assert strangers == []


SUPPORT = (("2025-09-01", "N"), ("2026-09-01", "K"))
