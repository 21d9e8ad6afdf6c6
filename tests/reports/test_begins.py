"""With which point a report begins when the address names none: the running one once it has a mark in view."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.models import Group
from itrack.reports.api import report_data
from itrack.schools.api import add_year, points
from tests.cast import a_pupil
from tests.reports.school import Oakfield, a_class, mark
from tests.reports.test_attainment_page import subject_id, words

PAGE = "/reports/attainment"
SPRING_1 = 3


@pytest.fixture
def january(oakfield: Oakfield) -> Iterator[datetime]:
    """The first week of Spring 1, when its marks are still to come."""
    with reading(oakfield.cast.oakfield):
        opens = next(
            one.opens_on for one in points(school=oakfield.cast.oakfield) if (one.year, one.slot) == (2026, SPRING_1)
        )
    now = datetime(opens.year, opens.month, opens.day, 10, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        yield now


def shown(oakfield: Oakfield, who: str, path: str = PAGE, **said: object) -> str:
    answer = oakfield.cast.client(who).get(path, said)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def other(page: str) -> str:
    return re.search(r'<a href="(\?[^"]*)">Show [A-Z]', page)[1].replace("&amp;", "&")


def test_until_a_mark_is_in_the_point_before_is_shown_and_the_running_one_is_a_click_away(oakfield, january):
    page = shown(oakfield, "hana")

    assert "Attainment overview: Whole school, Autumn 2" in words(page)
    assert "Autumn 2 is shown: no mark is in at Spring 1 yet. Show Spring 1" in words(page)
    clicked = words(shown(oakfield, "hana", f"{PAGE}{other(page)}"))
    assert "Attainment overview: Whole school, Spring 1" in clicked
    assert "is shown:" not in clicked


def test_with_the_first_mark_the_running_point_is_shown_and_the_one_before_is_a_click_away(oakfield, january):
    with writing(oakfield.cast.oakfield):
        mark(oakfield.cast.hana, "Maths", {oakfield.ada: "E"}, at=january, slot=SPRING_1)

    page = shown(oakfield, "hana")

    assert "Attainment overview: Whole school, Spring 1" in words(page)
    assert "Spring 1 is the latest point. Show Autumn 2" in words(page)
    assert "Whole school, Autumn 2" in words(shown(oakfield, "hana", f"{PAGE}{other(page)}"))


def test_a_teacher_begins_by_the_marks_of_their_own_class(oakfield, january):
    with writing(oakfield.cast.oakfield):
        mark(oakfield.cast.hana, "Maths", {oakfield.ada: "E"}, at=january, slot=SPRING_1)
    before = words(shown(oakfield, "tom"))
    with writing(oakfield.cast.oakfield):
        mark(oakfield.cast.tom, "Maths", {oakfield.amara: "E"}, at=january, slot=SPRING_1)

    assert "Attainment overview: 4B, Autumn 2" in before
    assert "Attainment overview: 4B, Spring 1" in words(shown(oakfield, "tom"))


def test_files_names_and_data_begin_with_the_same_point(oakfield, january):
    client = oakfield.cast.client("hana")
    with reading(oakfield.cast.oakfield):
        data = report_data(
            "attainment", viewer=oakfield.cast.hana, year=None, point=None, subject=None, group=None, as_at=None,
            now=january,
        )  # fmt: skip

    assert "2026/27,Autumn 2," in client.get(f"{PAGE}.csv").content.decode()
    assert "Autumn 2" in words(client.get(f"{PAGE}/names").content.decode())
    assert data["point"] == "Autumn 2"


def test_what_is_asked_of_an_earlier_day_is_as_it_was_before(oakfield, january):
    hana, on = oakfield.cast.client("hana"), {"as_at": "2026-11-23"}
    then = words(hana.get(PAGE, on).content.decode())

    with writing(oakfield.cast.oakfield):
        mark(oakfield.cast.hana, "Maths", {oakfield.ada: "E"}, at=january, slot=SPRING_1)

    assert words(hana.get(PAGE, on).content.decode()) == then
    assert "Whole school, Autumn 2" in then
    assert "is shown:" not in then


def test_an_earlier_day_begins_with_the_point_that_ran_on_it_marked_or_not(oakfield, january):
    said = words(shown(oakfield, "hana", as_at="2026-11-03"))

    assert "Whole school, Autumn 2" in said
    assert "No marks to count yet" in said


def test_remembered_filters_are_kept_at_the_point_it_begins_with(oakfield, january):
    hana, writing_id = oakfield.cast.client("hana"), str(subject_id(oakfield, "Writing"))
    view = {"report": "attainment", "pupils": f"class-{oakfield.b4}", "subject": writing_id}
    hana.post("/reports/remember", view)

    page = hana.get(PAGE).content.decode()

    assert "Attainment overview: 4B, Autumn 2" in words(page)
    assert "Your usual pupils and subject." in words(page)
    clicked = hana.get(f"{PAGE}{other(page)}").content.decode()
    assert "Attainment overview: 4B, Spring 1" in words(clicked)
    assert f'value="{writing_id}" selected' in clicked


def test_a_class_stays_in_its_own_year_though_all_marks_are_older(oakfield):
    september = datetime(2027, 9, 6, 10, tzinfo=UTC)
    with writing(oakfield.cast.oakfield):
        new = a_class(oakfield.cast, "5B", [oakfield.amara], teacher=oakfield.cast.tom)
        Group.objects.filter(pk=new).update(year=2027)
        add_year(school=oakfield.cast.oakfield, year=2027, by=oakfield.cast.hana.member, at=september)
    with time_machine.travel(september, tick=False):
        head, teacher = words(shown(oakfield, "hana")), words(shown(oakfield, "tom"))

    assert "Whole school, Autumn 2, 2026/27" in head
    assert "Autumn 2, 2026/27 is shown: no mark is in at Autumn 1 yet." in head
    assert "5B, Autumn 1" in teacher


def test_who_has_not_started_is_asked_of_the_running_point(oakfield, january):
    said = words(shown(oakfield, "hana", "/reports/marks-entered"))

    assert "Marks entered: Whole school, Spring 1" in said
    assert "is shown:" not in said


def test_a_school_without_any_mark_begins_with_the_running_point(oakfield, january):
    with writing(oakfield.cast.thornhill):
        a_pupil(oakfield.cast.deed("theo"), "Thistle", "Theo")

    assert "Attainment overview: Whole school, Spring 1" in words(shown(oakfield, "theo"))


def test_the_pack_says_which_point_it_is_of(oakfield, january):
    said = words(shown(oakfield, "hana", "/reports/governor-pack"))

    assert "Autumn 2 is the latest point." in said
    assert "Show Autumn 1" in said
