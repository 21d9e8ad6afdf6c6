"""Pupils who leave and pupils who come back, at any time of the year."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from itrack.config.undoing import take_back
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import Return, bring_back, classes, cohort, held_pupils, pupils_on_roll, set_leaving
from tests.architecture.world import stored
from tests.cast import NOW, TODAY, Cast
from tests.rollover.school import fill

LIST = "/pupils/leavers"
FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pupils(cast: Cast) -> list[int]:
    """Three in 4 Birch."""
    return fill(cast, {"4 Birch": {"4": 3}})["4 Birch"]


@pytest.fixture
def olu(cast: Cast) -> Client:
    return cast.client("olu")


def roll(cast: Cast, on: date) -> dict[int, str]:
    with reading(cast.oakfield):
        lines = pupils_on_roll(school=cast.oakfield, on=on, year=2026)
        return {line.id: line.class_name for line in lines}


def spells(cast: Cast, pupil: int) -> list[tuple[date, date | None]]:
    with reading(cast.oakfield):
        return sorted(held_pupils(school=cast.oakfield, pupils=[pupil])[pupil].enrolments)


def leave(cast: Cast, pupil: int, day: date | None, seen: date | None = None) -> int | None:
    with writing(cast.oakfield):
        told = {"last_days": {pupil: day}, "seen": {pupil: seen}}
        return set_leaving(school=cast.oakfield, **told, by=cast.olu.member, at=NOW)


def back(cast: Cast, pupil: int, starts: date, group: int | None = None) -> int:
    with writing(cast.oakfield):
        return bring_back(school=cast.oakfield, back=Return(pupil, starts, group), by=cast.olu.member, at=NOW)


def the_class(cast: Cast) -> int:
    with reading(cast.oakfield):
        return classes(school=cast.oakfield, year=2026)[0].id


def unchanged(before: dict[str, str], now: dict[str, str]) -> bool:
    changed = {table for table in now if now[table] != before[table]}
    return changed <= {"foundation_changeset", "foundation_auditentry", "pupils_roll"}


def test_two_leave_on_friday_are_in_the_lists_until_then_and_undo_brings_them_back(cast: Cast, olu, pupils) -> None:
    before = stored(cast.oakfield)

    said = olu.post(
        f"{LIST}/mark?group={the_class(cast)}", {"pupils": pupils[:2], "last_day": "2026-11-27"}, follow=True
    ).content.decode()

    assert "2 pupils marked as leaving." in said
    assert "27 November 2026" in said
    assert roll(cast, FRIDAY) == dict.fromkeys(pupils, "4 Birch")
    assert roll(cast, date(2026, 11, 28)) == {pupils[2]: "4 Birch"}
    with reading(cast.oakfield):
        done = ChangeSet.objects.get(kind="leaving").pk
    assert "The roll is as it was before." in olu.post(f"{LIST}/undo/{done}", follow=True).content.decode()
    assert unchanged(before, stored(cast.oakfield))


def test_who_has_left_is_in_the_reports_of_the_days_they_were_here(cast: Cast, pupils) -> None:
    leave(cast, pupils[0], date(2026, 10, 23))
    closes, opens = date(2026, 10, 23), date(2026, 11, 2)

    with reading(cast.oakfield):
        found = cohort(school=cast.oakfield, days=[closes, opens], year=2026)

    assert found.classes[closes][pupils[0]] == (the_class(cast), "4 Birch")
    assert pupils[0] not in found.classes[opens]


def test_a_wrong_last_day_is_put_right_and_the_place_in_the_class_goes_with_it(cast: Cast, olu, pupils) -> None:
    leave(cast, pupils[0], date(2026, 10, 2))

    olu.post(f"/pupils/{pupils[0]}/leaving/save", {"last_day": "2026-12-18", "seen": "2026-10-02"})

    assert spells(cast, pupils[0]) == [(date(2025, 9, 1), date(2026, 12, 18))]
    assert roll(cast, TODAY)[pupils[0]] == "4 Birch"
    assert pupils[0] not in roll(cast, date(2026, 12, 19))


def test_one_who_does_not_leave_after_all_stands_where_they_stood(cast: Cast, olu, pupils) -> None:
    leave(cast, pupils[0], FRIDAY)

    page = olu.post(f"/pupils/{pupils[0]}/leaving/stay", {"seen": "2026-11-27"}, follow=True).content.decode()

    assert "1 pupil not leaving after all." in page
    assert roll(cast, date(2027, 1, 11))[pupils[0]] == "4 Birch"


def test_somebody_elses_change_in_between_is_told_and_not_overwritten(cast: Cast, pupils) -> None:
    leave(cast, pupils[0], FRIDAY)

    with pytest.raises(Refused, match="Somebody else has changed"):
        leave(cast, pupils[0], date(2026, 12, 18), seen=None)

    assert spells(cast, pupils[0])[0][1] == FRIDAY


def test_of_several_one_who_cannot_leave_that_day_holds_all_back(cast: Cast, olu, pupils) -> None:
    answer = olu.post(f"{LIST}/mark", {"pupils": pupils, "last_day": "2025-08-31"})

    assert answer.status_code == 409
    assert "One of them joined after that day." in answer.content.decode()
    assert spells(cast, pupils[0]) == [(date(2025, 9, 1), None)]


def test_a_returner_has_the_same_record_with_a_second_spell_and_a_class(cast: Cast, olu, pupils) -> None:
    leave(cast, pupils[0], date(2026, 10, 2))
    group = the_class(cast)

    page = olu.post(
        f"/pupils/{pupils[0]}/leaving/return", {"starts": "2026-11-23", "group": group}, follow=True
    ).content.decode()

    assert "1 pupil back on the roll." in page
    assert spells(cast, pupils[0]) == [(date(2025, 9, 1), date(2026, 10, 2)), (TODAY, None)]
    assert roll(cast, TODAY)[pupils[0]] == "4 Birch"
    assert pupils[0] not in roll(cast, date(2026, 11, 1))


def test_who_left_in_an_earlier_year_is_found_under_that_year(cast: Cast, olu, pupils) -> None:
    leave(cast, pupils[0], date(2026, 7, 3))

    now, then = olu.get(LIST).content.decode(), olu.get(f"{LIST}?year=2025").content.decode()

    assert f"/pupils/{pupils[0]}/leaving" not in now
    assert "?year=2025" in now
    assert f"/pupils/{pupils[0]}/leaving" in then
    assert "3 July 2026" in then


def test_a_return_is_taken_back_and_the_leaving_stands(cast: Cast, pupils) -> None:
    leave(cast, pupils[0], date(2026, 10, 2))
    before = stored(cast.oakfield)
    done = back(cast, pupils[0], TODAY, the_class(cast))

    with writing(cast.oakfield):
        take_back(viewer=cast.olu, change_set=done, at=NOW)

    assert unchanged(before, stored(cast.oakfield))


@pytest.mark.parametrize(
    ("starts", "said"),
    [(date(2026, 10, 2), "still on the roll on that day"), (date(2027, 9, 6), "not one of the year")],
)
def test_a_return_that_cannot_be_is_refused(cast: Cast, pupils, starts: date, said: str) -> None:
    leave(cast, pupils[0], date(2026, 10, 2))

    with pytest.raises(Refused, match=said):
        back(cast, pupils[0], starts, the_class(cast))


def test_nobody_on_the_roll_comes_back_to_it(cast: Cast, pupils) -> None:
    with pytest.raises(Refused, match="is on the roll"):
        back(cast, pupils[0], TODAY)


def test_a_second_leaving_ends_the_second_spell_alone(cast: Cast, pupils) -> None:
    leave(cast, pupils[0], date(2026, 10, 2))
    back(cast, pupils[0], date(2026, 11, 2), the_class(cast))

    leave(cast, pupils[0], FRIDAY)

    assert spells(cast, pupils[0]) == [(date(2025, 9, 1), date(2026, 10, 2)), (date(2026, 11, 2), FRIDAY)]


def test_the_undo_of_a_leaving_waits_for_a_later_correction(cast: Cast, pupils) -> None:
    first = leave(cast, pupils[0], FRIDAY)
    leave(cast, pupils[0], date(2026, 12, 18), seen=FRIDAY)

    with pytest.raises(Refused, match="Later work changed the same records"), writing(cast.oakfield):
        take_back(viewer=cast.olu, change_set=first or 0, at=NOW)


@pytest.mark.parametrize("name", ["tom", "sena", "asha", "gus"])
def test_teachers_and_governors_do_not_keep_the_roll(cast: Cast, pupils, name: str) -> None:
    client = cast.client(name)

    assert client.get(LIST).status_code == 403
    assert client.post(f"/pupils/{pupils[0]}/leaving/save", {"last_day": "2026-11-27"}).status_code == 403
    assert spells(cast, pupils[0]) == [(date(2025, 9, 1), None)]


@pytest.mark.parametrize("typed", [{"last_day": "31/02/2026"}, {"last_day": ""}])
def test_what_is_no_day_is_sent_back_with_its_sentence(olu, pupils, typed: dict) -> None:
    answer = olu.post(f"/pupils/{pupils[0]}/leaving/save", typed)

    assert answer.status_code == 422
    assert "day." in answer.content.decode()


def test_another_schools_pupil_is_not_there(cast: Cast, pupils) -> None:
    theo = cast.client("theo")

    assert theo.get(f"/pupils/{pupils[0]}/leaving").status_code == 404
    assert theo.post(f"/pupils/{pupils[0]}/leaving/save", {"last_day": "2026-11-27"}).status_code == 404
    assert theo.post(f"{LIST}/mark", {"pupils": pupils, "last_day": "2026-11-27"}).status_code == 409
