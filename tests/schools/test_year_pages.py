"""The pages on which a school sets up its years and terms."""

import re

import pytest
import time_machine
from django.test import Client

from itrack.assessment.api import save_marks
from itrack.curriculum.api import subjects
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import make_classes
from itrack.schools.api import points, year_points
from tests.cast import NOW, Cast, a_pupil

YEAR = 2026
PAGE = "/school/year"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def typed(cast: Cast, year: int = YEAR, **changed: str) -> dict[str, str]:
    """The form as the page gives it, with some fields typed over."""
    with reading(cast.oakfield):
        held = year_points(school=cast.oakfield, year=year)
    fields = {"seen": held.seen}
    for point in held.shown:
        fields |= {f"name-{point.slot}": point.name}
        fields |= {f"opens-{point.slot}": str(point.opens_on), f"closes-{point.slot}": str(point.closes_on)}
    return fields | {key.replace("_", "-"): value for key, value in changed.items()}


def names(cast: Cast, year: int = YEAR) -> list[str]:
    with reading(cast.oakfield):
        return [point.name for point in points(school=cast.oakfield) if point.year == year]


def marked(cast: Cast, slot: int, year: int = YEAR) -> None:
    """One mark in that point."""
    with writing(cast.oakfield):
        pupil = a_pupil(cast.deed("olu"), "Acorn", "Amara")
        make_classes(school=cast.oakfield, year=YEAR, by=cast.hana.member, at=NOW)
        point = next(p.id for p in points(school=cast.oakfield) if (p.year, p.slot) == (year, slot))
        subject = subjects(school=cast.oakfield)[0][0]
        save_marks(school=cast.oakfield, point=point, cells={(pupil, subject): "E"}, by=cast.hana.member, at=NOW)


def followed(client: Client, address: str, form: dict[str, str]) -> str:
    answer = client.post(address, form, follow=True)
    assert answer.redirect_chain, answer.content.decode()[-3000:]
    assert answer.status_code == 200
    return answer.content.decode()


def refused(client: Client, address: str, form: dict[str, str], status: int) -> str:
    answer = client.post(address, form)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("who", ["ada", "hana", "olu"])
def test_a_point_is_renamed_and_moved_and_that_is_taken_back(cast: Cast, who: str) -> None:
    client = cast.client(who)

    said = followed(client, f"{PAGE}/save", typed(cast, name_2="Advent", closes_2="2026-12-11"))

    assert "1 assessment point edited" in said
    assert names(cast)[1] == "Advent"
    with reading(cast.oakfield):
        change_set = AuditEntry.objects.get(verb="calendar.done").subject_id
    assert "Taken back" in followed(client, f"{PAGE}/undo/{change_set}", {})
    assert names(cast)[1] == "Autumn 2"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"closes_2": "2026-11-01"}, "Autumn 2 closes before it opens."),
        ({"opens_2": "2026-10-23"}, "Two points cannot be open on one day."),
        ({"opens_2": "2026-09-01", "closes_2": "2026-09-02", "opens_1": "2026-09-03"}, "its dates lie before"),
        ({"opens_1": "2026-08-31"}, "Choose a day from 1 September 2026 to 31 August 2027."),
        ({"closes_6": "2027-09-01"}, "Choose a day from 1 September 2026 to 31 August 2027."),
        ({"opens_3": "soon"}, "There is no such day."),
        ({"name_4": " "}, "Spring 2 needs a name."),
        ({"name_4": "spring 1"}, "Another point of the year is called spring 1."),
        ({"name_4": "x" * 31}, "at most 30 characters"),
        ({"name_4": "Spring\u202e 2"}, "The name holds a character that cannot be seen."),
    ],
)
def test_dates_and_names_that_cannot_be_are_said_and_kept_in_view(
    cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    said = refused(cast.client("olu"), f"{PAGE}/save", typed(cast, **changed), 422)

    assert sentence in said
    assert all(f'value="{value}"' in said for value in changed.values() if value.strip())
    assert names(cast) == ["Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2"]


def test_the_second_of_two_editors_is_answered(cast: Cast) -> None:
    late = typed(cast, name_1="Harvest")
    followed(cast.client("olu"), f"{PAGE}/save", typed(cast, name_1="Michaelmas"))

    said = refused(cast.client("hana"), f"{PAGE}/save", late, 409)

    assert "Somebody else has changed this year since you opened it." in said
    assert names(cast)[0] == "Michaelmas"


def test_saving_what_stands_already_changes_nothing(cast: Cast) -> None:
    followed(cast.client("olu"), f"{PAGE}/save", typed(cast))

    with reading(cast.oakfield):
        assert not AuditEntry.objects.filter(verb="calendar.done").exists()


def test_the_next_year_is_proposed_added_and_taken_back(cast: Cast) -> None:
    olu = cast.client("olu")
    assert "1 September 2027" in olu.get(PAGE, {"year": 2027}).content.decode()

    said = followed(olu, f"{PAGE}/add?year=2027", {})

    assert "6 assessment points added" in said
    assert len(names(cast, 2027)) == 6
    assert "Somebody else has added 2027/28" in refused(olu, f"{PAGE}/add?year=2027", {}, 409)
    undo = re.search(r'action="(/school/year/undo/\d+[^"]*)"', said)
    assert undo
    followed(olu, undo[1], {})
    assert names(cast, 2027) == []


@pytest.mark.parametrize("year", ["2031", "1066", "never", "2024"])
def test_a_year_out_of_turn_is_not_added(cast: Cast, year: str) -> None:
    answer = cast.client("olu").post(f"{PAGE}/add?year={year}", {})

    assert answer.status_code in (404, 409)
    assert len(names(cast, 2024)) == 6


def test_three_points_a_year_show_the_second_of_each_term_and_six_bring_all_back(cast: Cast) -> None:
    olu = cast.client("olu")

    followed(olu, f"{PAGE}/often", {"times": "3", "seen": typed(cast)["seen"]})
    assert names(cast) == ["Autumn 2", "Spring 2", "Summer 2"]
    assert 'name="opens-1"' not in olu.get(PAGE).content.decode()
    followed(olu, f"{PAGE}/add?year=2027", {})
    assert len(names(cast, 2027)) == 3, "the next year goes on as this one"

    followed(olu, f"{PAGE}/often", {"times": "6", "seen": typed(cast)["seen"]})
    assert len(names(cast)) == 6


def test_a_point_with_marks_stays_in_view_of_three(cast: Cast) -> None:
    marked(cast, slot=1)

    said = followed(cast.client("olu"), f"{PAGE}/often", {"times": "3", "seen": typed(cast)["seen"]})

    assert names(cast) == ["Autumn 1", "Autumn 2", "Spring 2", "Summer 2"]
    assert "Autumn 1 stays, because it has marks." in said
    assert "Has marks" in said


def test_six_points_are_refused_while_the_three_lie_over_them(cast: Cast) -> None:
    olu = cast.client("olu")
    followed(olu, f"{PAGE}/often", {"times": "3", "seen": typed(cast)["seen"]})
    followed(olu, f"{PAGE}/save", typed(cast, opens_2="2026-09-01"))

    said = refused(olu, f"{PAGE}/often", {"times": "6", "seen": typed(cast)["seen"]}, 409)

    assert "Move the dates apart first" in said
    assert len(names(cast)) == 3


def test_a_number_of_points_that_is_not_offered_is_said(cast: Cast) -> None:
    assert "Choose six or three." in refused(cast.client("olu"), f"{PAGE}/often", {"times": "4"}, 422)


def test_a_year_with_marks_cannot_be_taken_back(cast: Cast) -> None:
    olu = cast.client("olu")
    said = followed(olu, f"{PAGE}/add?year=2027", {})
    undo = re.search(r'action="(/school/year/undo/\d+[^"]*)"', said)
    marked(cast, slot=1, year=2027)

    assert undo
    assert "1 judgement" in refused(olu, undo[1], {}, 409)
    assert len(names(cast, 2027)) == 6


def test_a_point_with_marks_may_still_be_renamed_and_moved(cast: Cast) -> None:
    marked(cast, slot=2)

    followed(cast.client("olu"), f"{PAGE}/save", typed(cast, name_2="Advent", closes_2="2026-12-11"))

    assert names(cast)[1] == "Advent"


@pytest.mark.parametrize("who", ["sena", "tom", "asha", "gus"])
def test_others_may_not_open_or_change_it(cast: Cast, who: str) -> None:
    client = cast.client(who)

    assert client.get(PAGE).status_code == 403
    for deed in ("add", "save", "often", "undo/1"):
        assert client.post(f"{PAGE}/{deed}", {}).status_code == 403


def test_the_other_schools_change_is_not_there_and_its_year_is_untouched(cast: Cast) -> None:
    theo = cast.client("theo")
    theirs = {**typed(cast, name_1="Ours"), "seen": typed(cast)["seen"]}
    followed(theo, f"{PAGE}/save", theirs)
    with reading(cast.thornhill):
        change_set = AuditEntry.objects.get(verb="calendar.done").subject_id

    assert cast.client("hana").post(f"{PAGE}/undo/{change_set}", {}).status_code == 404
    assert names(cast)[0] == "Autumn 1"
