"""A change set puts back exactly what it did, and refuses when later work rests on it."""

from datetime import date

import pytest

from itrack.foundation.changes.actions import undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.pupils.models import Circumstance, Enrolment, Pupil
from tests.cast import NOW, Cast, a_pupil

SEN_SUPPORT = ("sen", "2025-09-01", "K", "", None, date(2025, 9, 1), None, None, True)
SEN_PLAN = ("sen", "2025-09-01", "E", "", None, date(2025, 9, 1), None, None, True)


def test_undoing_an_import_takes_away_the_pupils_it_brought(cast: Cast) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        a_pupil(deed, "Acorn", "Amara")

        undo(school=cast.oakfield, change_set=deed.change_set, by=cast.olu.member, at=NOW)

        assert not Pupil.objects.exists()
        assert not Enrolment.objects.exists()
        assert not Circumstance.objects.exists()


def test_undoing_puts_back_an_altered_name_and_a_replaced_circumstance(cast: Cast) -> None:
    with writing(cast.oakfield):
        pupil = a_pupil(cast.deed("olu"), "Windfell", "Priya")
        store_pupils(deed=cast.deed("olu"), entries=[PupilEntry(pupil, {}, circumstances=[SEN_SUPPORT])])
        second = cast.deed("olu")
        store_pupils(deed=second, entries=[PupilEntry(pupil, {"legal_surname": "Windfall"}, circumstances=[SEN_PLAN])])
        assert Circumstance.objects.get(kind="sen", ended_at=None).code == "E"

        undo(school=cast.oakfield, change_set=second.change_set, by=cast.olu.member, at=NOW)

        assert Pupil.objects.get(pk=pupil).legal_surname == "Windfell"
        assert list(Circumstance.objects.filter(kind="sen").values_list("code", "ended_at")) == [("K", None)]


def test_undo_is_refused_while_later_work_rests_on_it(cast: Cast) -> None:
    with writing(cast.oakfield):
        first = cast.deed("olu")
        pupil = a_pupil(first, "Acorn", "Amara")
        later = cast.deed("ada")
        store_pupils(deed=later, entries=[PupilEntry(pupil, {}, circumstances=[SEN_SUPPORT])])

        with pytest.raises(Refused, match="1 circumstance"):
            undo(school=cast.oakfield, change_set=first.change_set, by=cast.olu.member, at=NOW)

        undo(school=cast.oakfield, change_set=later.change_set, by=cast.olu.member, at=NOW)
        undo(school=cast.oakfield, change_set=first.change_set, by=cast.olu.member, at=NOW)
        assert not Pupil.objects.exists()


def test_undo_names_the_later_change_to_the_same_row(cast: Cast) -> None:
    with writing(cast.oakfield):
        pupil = a_pupil(cast.deed("olu"), "Acorn", "Amara")
        first, later = cast.deed("olu"), cast.deed("ada")
        store_pupils(deed=first, entries=[PupilEntry(pupil, {"legal_surname": "Oak"})])
        store_pupils(deed=later, entries=[PupilEntry(pupil, {"legal_surname": "Elm"})])

        with pytest.raises(Refused, match=f"change set {later.change_set}"):
            undo(school=cast.oakfield, change_set=first.change_set, by=cast.olu.member, at=NOW)


def test_a_second_undo_is_answered(cast: Cast) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        a_pupil(deed, "Acorn", "Amara")
        undo(school=cast.oakfield, change_set=deed.change_set, by=cast.olu.member, at=NOW)

        with pytest.raises(Refused, match="already taken back"):
            undo(school=cast.oakfield, change_set=deed.change_set, by=cast.olu.member, at=NOW)


def test_another_schools_change_set_does_not_exist(cast: Cast) -> None:
    with writing(cast.thornhill):
        deed = cast.deed("theo", ChangeSet.Kind.CLASSES)

    with writing(cast.oakfield), pytest.raises(Refused, match="no change set"):
        undo(school=cast.oakfield, change_set=deed.change_set, by=cast.olu.member, at=NOW)


def test_the_same_facts_twice_change_nothing(cast: Cast) -> None:
    with writing(cast.oakfield):
        pupil = a_pupil(cast.deed("olu"), "Acorn", "Amara")
        entry = PupilEntry(pupil, {"legal_surname": "Acorn"}, circumstances=[SEN_SUPPORT])
        store_pupils(deed=cast.deed("olu"), entries=[entry])

        again = store_pupils(deed=cast.deed("olu"), entries=[entry])

        assert (again.altered, again.facts) == (0, 0)
        assert Circumstance.objects.filter(kind="sen").count() == 1
