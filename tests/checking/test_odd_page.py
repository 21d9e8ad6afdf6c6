"""Odd marks on a page: of everybody for leaders, of their own pupils for teachers, a fixed number of questions."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.checking.api import OddAsked, odd_page
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.models import Enrolment
from tests.assessment.conftest import Classroom, a_class
from tests.cast import TODAY, a_pupil


@pytest.fixture
def before(room: Classroom) -> int:
    """Autumn 1, at which Amara was below and Zainab beyond; at Autumn 2 it is the other way round."""
    before = room.points[room.points.index(room.point) - 1]
    room.save("hana", {room.cell("Amara"): "B", room.cell("Zainab"): "G"}, point=before)
    room.save("hana", {room.cell("Amara"): "E", room.cell("Zainab"): "W"})
    return before


def page(room: Classroom, who: str, **asked: object) -> str:
    answer = room.cast.client(who).get("/mark/odd", asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_head_sees_all_that_is_odd_with_what_speaks_for_it_and_where_to_put_it_right(
    room: Classroom, before: int
) -> None:
    said = page(room, "hana")

    assert "<strong>2 things</strong> to look at" in said
    assert "B at Autumn 1, E at Autumn 2: two bands up." in said
    assert "May be right: a new start" in said
    assert f"?group={room.group}&amp;point={room.point}&amp;subject={room.subjects['Reading']}" in said
    assert f'href="/pupils/{room.pupils["Amara"]}"' in said


def test_a_teacher_sees_their_own_pupils(room: Classroom, before: int) -> None:
    said = page(room, "tom")

    assert "Acorn, Amara" in said
    assert "Candlewick" not in said


def test_a_class_and_a_sort_can_be_chosen(room: Classroom, before: int) -> None:
    with writing(room.cast.oakfield):
        Enrolment.objects.filter(pupil_id=room.pupils["Mei"]).update(starts=date(2026, 11, 20))
    room.save("hana", {room.cell("Mei"): "E"}, point=before)

    away = page(room, "hana", sort="away", **{"class": room.group})

    assert "E at Autumn 1, but the pupil joined on 20 November 2026." in away
    assert "two bands" not in away.split("<table")[1].split("</table>")[0]
    assert "Nothing odd here" in page(room, "hana", sort="away", **{"class": room.other_group})


def test_a_leavers_marks_are_for_leaders_to_see(room: Classroom, before: int) -> None:
    with writing(room.cast.oakfield):
        Enrolment.objects.filter(pupil_id=room.pupils["Amara"]).update(ends=date(2026, 10, 1))

    assert "but the pupil left on 1 October 2026" in page(room, "hana")
    assert "Acorn" not in page(room, "tom")


def test_a_quiet_year_says_so(room: Classroom) -> None:
    assert "Nothing odd here" in page(room, "hana", year=2025)


def test_more_pupils_cost_no_more_questions(room: Classroom, before: int) -> None:
    def cost() -> int:
        with reading(room.cast.oakfield), CaptureQueriesContext(connection) as asked:
            odd_page(viewer=room.cast.hana, asked=OddAsked(2026), today=TODAY)
        return len(asked)

    few = cost()
    with writing(room.cast.oakfield):
        deed = room.cast.deed("olu")
        more = [a_pupil(deed, f"Surname{n}", "Kit") for n in range(20)]
        a_class(room.cast.deed("ada", ChangeSet.Kind.CLASSES), "4C", None, more)
    for point, code in ((before, "B"), (room.point, "E")):
        room.save("hana", {(pupil, room.subjects["Reading"]): code for pupil in more}, point=point)

    assert cost() == few


@pytest.mark.parametrize("who", ["asha", "olu", "gus", "tara"])
def test_who_does_not_mark_does_not_look(room: Classroom, who: str) -> None:
    assert room.cast.client(who).get("/mark/odd").status_code == 403


@pytest.mark.parametrize("wrong", [{"year": 1999}, {"year": "x"}, {"class": "x"}, {"sort": "nice"}, {"class": 10**9}])
def test_what_is_no_choice_is_not_found(room: Classroom, wrong: dict[str, object]) -> None:
    assert room.cast.client("hana").get("/mark/odd", wrong).status_code == 404
    assert room.cast.client("tom").get("/mark/odd", {"class": room.theirs["group"]}).status_code == 404
    assert room.cast.client("tom").get("/mark/odd", {"class": room.other_group}).status_code == 404
