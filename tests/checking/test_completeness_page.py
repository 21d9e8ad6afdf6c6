"""The page of what is entered: leaders see every class, teachers their own, and home says the same."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.assessment.api import copy_last
from itrack.checking.api import completeness, look
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import reading, writing
from tests.assessment.conftest import Classroom, a_class
from tests.cast import NOW, TODAY, a_pupil

# Drawn by chance for each page, and so now and then with the name of a class in it.
DRAWN = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


def page(room: Classroom, who: str, url: str = "/mark/completeness", **asked: object) -> str:
    answer = room.cast.client(who).get(url, asked)
    assert answer.status_code == 200
    return " ".join(DRAWN.sub("", answer.content.decode()).split())


def test_a_head_sees_every_class_by_subject_and_who_has_not_started(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby"): "W", room.cell("Mei"): "A"})

    said = page(room, "hana")

    assert "<strong>3 of 16 marks</strong> entered, 19%" in said
    assert "Tom Teacher" in said
    assert '<span class="state ok">All</span>' in said
    waiting = said.split('id="not-h"')[1]
    assert "4A" in waiting
    assert "Hana Head" in waiting
    assert "4B" not in waiting
    assert f"group={room.group}&amp;point={room.point}&amp;subject={room.subjects['Maths']}&amp;show=missing" in said


def test_a_teacher_sees_their_own_class_alone(room: Classroom) -> None:
    said = page(room, "tom")

    assert "0 of 12 marks" in said
    assert "4A" not in said


def test_a_copy_is_told_beside_and_not_counted(room: Classroom) -> None:
    earlier = room.points[room.points.index(room.point) - 1]
    room.save("hana", {room.cell("Amara"): "E"}, point=earlier)
    with writing(room.cast.oakfield):
        who = {"pupils": room.pupils.values(), "by": room.cast.hana.member, "at": NOW}
        copy_last(school=room.cast.oakfield, point=room.point, subject=room.subjects["Reading"], **who)

    said = page(room, "tom")

    assert "0 of 12 marks" in said
    assert "1 copied, to be confirmed" in said


def test_an_assessment_asks_for_its_own_subjects_alone(room: Classroom, test_of_reading: int) -> None:
    room.save("hana", {room.cell("Amara"): "104"}, assessment=test_of_reading)

    said = page(room, "hana", assessment=test_of_reading)

    assert "1 of 4 marks" in said
    assert "Maths" not in said
    assert f"assessment={test_of_reading}&amp;show=missing" in said


def test_a_point_of_an_earlier_year_leads_to_names(room: Classroom) -> None:
    with writing(room.cast.oakfield):
        last = room.points[room.points.index(room.point) - 3]
        classes = room.cast.deed("ada", ChangeSet.Kind.CLASSES)
        group = a_class(classes, "3B", room.cast.tom.member, [])
        from itrack.foundation.versions import merge
        from itrack.pupils.models import Group, GroupPlace

        Group.objects.filter(pk=group).update(year=2025)
        rows = [(group, room.pupils[name], date(2025, 9, 1), date(2026, 8, 31)) for name in ("Amara", "Mei")]
        merge(GroupPlace, deed=classes, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=rows)
    room.save("hana", {room.cell("Mei"): "E"}, point=last)

    said = page(room, "tom", point=last)
    assert "1 of 8 marks" in said
    link = re.search(r'href="(/mark/completeness/\d+/\d+\?[^"]*)"', said)
    assert link
    names = page(room, "tom", link[1].replace("&amp;", "&"))

    assert "Acorn, Amara" in names
    assert "Everglade" not in names


def test_home_and_this_page_agree(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby", "Maths"): "W"})

    home = page(room, "hana", "/")
    with reading(room.cast.oakfield):
        looked = look(school=room.cast.oakfield, point=0, assessment=0, today=TODAY)
        assert looked
        found = completeness(viewer=room.cast.hana, looked=looked)

    assert f"{found.whole.to_go} marks to go; {len(found.waiting)} class not started" in home
    for row in found.classes:
        assert f"{row.whole.done} of {row.whole.total}" in home


def test_the_figures_cost_the_same_for_any_number_of_pupils(room: Classroom) -> None:
    def cost() -> int:
        with reading(room.cast.oakfield), CaptureQueriesContext(connection) as asked:
            looked = look(school=room.cast.oakfield, point=0, assessment=0, today=TODAY)
            assert looked
            completeness(viewer=room.cast.hana, looked=looked)
        return len(asked)

    few = cost()
    with writing(room.cast.oakfield):
        deed = room.cast.deed("olu")
        more = [a_pupil(deed, f"Surname{n}", "Kit") for n in range(20)]
        a_class(room.cast.deed("ada", ChangeSet.Kind.CLASSES), "4C", None, more)

    assert cost() == few


@pytest.mark.parametrize("who", ["asha", "olu", "gus", "tara"])
def test_who_does_not_mark_does_not_look(room: Classroom, who: str) -> None:
    assert room.cast.client(who).get("/mark/completeness").status_code == 403
    assert room.cast.client(who).get(names_of(room)).status_code == 403


def names_of(room: Classroom, **other: int) -> str:
    """The address of who is missing in Reading of 4B, or in another subject or class."""
    told = {"group": room.group, "subject": room.subjects["Reading"]} | other
    return f"/mark/completeness/{told['group']}/{told['subject']}"


def test_ids_of_others_are_not_found(room: Classroom) -> None:
    tom, theirs = room.cast.client("tom"), room.theirs
    for wrong in ({"point": theirs["point"]}, {"point": "x"}, {"assessment": 10**9}):
        assert tom.get("/mark/completeness", wrong).status_code == 404
        assert tom.get(names_of(room), wrong).status_code == 404
    for other in ({"group": theirs["group"]}, {"group": room.other_group}, {"subject": theirs["subject"]}):
        assert tom.get(names_of(room, **other)).status_code == 404
    assert tom.get(names_of(room)).status_code == 200
