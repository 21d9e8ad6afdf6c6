"""A transfer file of a pupil who was here before, or is about to leave: the same record, and no day lost."""

from datetime import date

import pytest
from django.db import connection

from itrack.foundation.tenancy.windows import writing
from itrack.imports.models import StagedPupil
from itrack.imports.rules.entries import spell_on_roll
from itrack.imports.rules.rows import SchoolRef
from itrack.pupils.api import held_pupils, known_pupils, set_leaving
from tests.cast import NOW, TODAY, Cast, a_pupil
from tests.imports.ctf_maker import admitted, element, pupil, texts, upn
from tests.imports.desk import Desk

HERE_SINCE = date(2025, 9, 1)
LEFT = date(2026, 10, 2)
HERE = {"LEA": "823", "Estab": "2001", "SchoolName": "Oakfield Primary School", "EntryDate": "2025-09-01"}
AWAY = {"LEA": "823", "Estab": "2990", "SchoolName": "Millbrook School", "EntryDate": "2026-10-05"}


@pytest.fixture
def left(cast: Cast) -> int:
    """Ottilie, who left on 2 October."""
    with writing(cast.oakfield):
        one = a_pupil(cast.deed("olu"), "Thistlewood", "Ottilie", upn=upn(1), dob=date(2016, 11, 2))
    leave(cast, one, LEFT)
    return one


def leave(cast: Cast, one: int, day: date) -> None:
    with writing(cast.oakfield):
        set_leaving(school=cast.oakfield, last_days={one: day}, seen={one: None}, by=cast.olu.member, at=NOW)


def spells(cast: Cast, one: int) -> list[tuple[date, date | None]]:
    with writing(cast.oakfield):
        return sorted(held_pupils(school=cast.oakfield, pupils=[one])[one].enrolments)


def file(*stays: dict[str, str]) -> str:
    history = element("SchoolHistory", *(element("School", texts(stay)) for stay in stays))
    return pupil(history, upn=upn(1), surname="Thistlewood", forename="Ottilie", dob="2016-11-02")


def test_a_returner_whose_file_tells_of_the_first_stay_has_the_same_record_open_again(cast: Cast, left: int) -> None:
    Desk(cast).bring(file(HERE | {"LeavingDate": "2026-10-02"}, AWAY | {"LeavingDate": "2026-11-20"}))

    assert spells(cast, left) == [(HERE_SINCE, LEFT), (TODAY, None)]
    with writing(cast.oakfield):
        assert [known.id for known in known_pupils(school=cast.oakfield)] == [left]


def test_so_it_is_when_the_file_does_not_say_when_the_first_stay_ended(cast: Cast, left: int) -> None:
    Desk(cast).bring(file(HERE, AWAY))

    assert spells(cast, left) == [(HERE_SINCE, LEFT), (TODAY, None)]


def test_an_old_file_of_a_leaver_opens_nothing(cast: Cast, left: int) -> None:
    Desk(cast).bring(file(HERE | {"LeavingDate": "2026-10-02"}))

    assert spells(cast, left) == [(HERE_SINCE, LEFT)]


def test_a_return_by_file_is_taken_back_and_the_leaver_is_gone_again(cast: Cast, left: int) -> None:
    done = Desk(cast).bring(file(HERE | {"LeavingDate": "2026-10-02"}, AWAY))

    Desk(cast).undo(done or 0)

    assert spells(cast, left) == [(HERE_SINCE, LEFT)]


def test_a_file_that_names_no_last_day_does_not_take_away_one_to_come(cast: Cast) -> None:
    with writing(cast.oakfield):
        one = a_pupil(cast.deed("olu"), "Thistlewood", "Ottilie", upn=upn(1), dob=date(2016, 11, 2))
    leave(cast, one, date(2026, 12, 18))

    Desk(cast).bring(file(HERE))

    assert spells(cast, one) == [(HERE_SINCE, date(2026, 12, 18))]


def test_a_file_that_names_another_last_day_puts_it_right(cast: Cast) -> None:
    with writing(cast.oakfield):
        one = a_pupil(cast.deed("olu"), "Thistlewood", "Ottilie", upn=upn(1), dob=date(2016, 11, 2))
    leave(cast, one, date(2026, 12, 18))

    Desk(cast).bring(file(HERE | {"LeavingDate": "2026-12-11"}))

    assert spells(cast, one) == [(HERE_SINCE, date(2026, 12, 11))]


def test_a_returner_of_whom_the_file_says_nothing_new_is_on_the_roll_again_all_the_same(cast: Cast) -> None:
    desk = Desk(cast)
    desk.bring(file())
    with writing(cast.oakfield):
        [one] = [known.id for known in known_pupils(school=cast.oakfield)]
        [(since, _)] = held_pupils(school=cast.oakfield, pupils=[one])[one].enrolments
        with connection.cursor() as cursor:
            cursor.execute("update pupils_enrolment set starts = %s, ends = %s", [HERE_SINCE, LEFT])

    batch = desk.preview(file())
    assert desk.counts(batch)["changed"] == 1
    with writing(cast.oakfield):
        assert StagedPupil.objects.get(batch_id=batch).differences == [["roll", "", "from 2026-11-23"]]
    desk.apply(batch)

    assert since == TODAY
    assert spells(cast, one) == [(HERE_SINCE, LEFT), (TODAY, None)]


def test_another_first_day_of_somebody_who_is_here_begins_no_second_spell() -> None:
    stay = element("School", texts(HERE | {"EntryDate": "2025-09-03"}))
    row = admitted(element("SchoolHistory", stay), upn=upn(1))

    spell = spell_on_roll(row, [(HERE_SINCE, None)], SchoolRef("823", "2001", "", ""), TODAY)

    assert spell is None
