"""What a class or a pupil can do by now, and what comes next."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.curriculum.api import subjects
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import reading, writing
from itrack.frameworks.models import Statement
from itrack.objectives.api import summary_page, use_objectives
from itrack.objectives.queries.choice import Asked
from tests.assessment.conftest import a_class
from tests.cast import NOW, TODAY, a_pupil
from tests.objectives.conftest import Classroom


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def so_far(room: Classroom, name: str = "tom", strand: str = "Maths 4") -> str:
    address = f"/objectives/so-far?group={room.group}&strand={room.strands[strand]}"
    return room.cast.client(name).get(address).content.decode()


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_class_reads_what_to_come_back_to_and_what_to_teach_next(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara", 1): "S", room.cell("Toby", 1): "D"})
    room.save("tom", {room.cell("Amara", 2): "N", room.cell("Toby", 2): "S", room.cell("Amara", 3): "X"})

    said = plain(so_far(room))

    assert "2 of the 3 statements have been taught to somebody. Most of those taught are secure in 1 of them." in said
    assert "Counts in nines Place value secure 1 of 2 taught" in said
    assert "Finds 1,000 more or less Place value 2 pupils" in said
    assert "2. Counts in nines, 2 pupils: not taught 0%, taught, not yet 50%, emerging 0%, secure 50%" in said


def test_each_percentage_says_of_how_many(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara", 1): "S", room.cell("Amara", 2): "E", room.cell("Amara", 3): "/"})

    said = plain(so_far(room))

    assert "Acorn, Amara 2 of 2 100% 1 of 2 50% 1.5 Counts in nines" in said
    assert "Barleycorn, Toby 0 of 3 0% none taught – Counts in sixes; Counts in nines; Finds 1,000" in said


def test_the_summary_costs_the_same_for_any_class(room: Classroom) -> None:
    asked = []
    for pupils in (5, 40):
        with writing(room.cast.oakfield):
            many = [a_pupil(room.cast.deed("olu"), f"Surname{n:02}", "Jo") for n in range(pupils)]
            group = a_class(room.cast.deed("ada", ChangeSet.Kind.CLASSES), f"L{pupils}", None, many)
        with reading(room.cast.oakfield), CaptureQueriesContext(connection) as told:
            what = Asked(group, room.strands["Maths 4"])
            summary_page(viewer=room.cast.hana, asked=what, now=NOW)
        asked.append(len(told))

    assert asked[0] == asked[1] <= 12


def test_a_pupils_page_shows_marks_next_steps_and_what_else_was_judged(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara", 1): "S", room.cell("Amara", 2): "/", room.cell("Amara", 1, "Maths 3"): "D"})
    with writing(room.cast.oakfield):
        room.save("tom", {room.cell("Amara", 3): "E"})
        Statement.objects.filter(pk=room.cell("Amara", 3)[1]).update(retired_on=TODAY)
    tom, amara = room.cast.client("tom"), room.pupils["Amara"]

    said = plain(tom.get(f"/objectives/pupils/{amara}?strand={room.strands['Maths 4']}").content.decode())
    year_3 = plain(tom.get(f"/objectives/pupils/{amara}?strand={room.strands['Maths 3']}").content.decode())

    assert "Counts in sixes S Secure 23 November 2026 Tom Teacher" in said
    assert "Counts in nines / Does not apply" in said
    assert "Covered 1 of 1 statements, 100%" in said
    assert "Maths, Year 3: National curriculum, 2014 secure 1 of 1 taught" in said
    assert "Maths, Year 4: National curriculum, 2014 secure 0 of 1 taught" in said
    assert "Counts in sixes D Deeper" in year_3


def test_a_pupil_is_seen_by_those_who_teach_them_alone(room: Classroom) -> None:
    amara, zainab, thea = (room.pupils["Amara"], room.pupils["Zainab"], room.theirs["pupil"])

    for name, status in (("tom", 200), ("asha", 200), ("sena", 200), ("olu", 403), ("gus", 403)):
        assert room.cast.client(name).get(f"/objectives/pupils/{amara}").status_code == status
    for name in ("tom", "asha"):
        assert room.cast.client(name).get(f"/objectives/pupils/{zainab}").status_code == 404
    hana = room.cast.client("hana")
    assert hana.get(f"/objectives/pupils/{thea}").status_code == 404
    assert hana.get(f"/objectives/pupils/{amara}?strand={room.theirs['strand']}").status_code == 404
    assert hana.get(f"/objectives/so-far?strand={room.theirs['strand']}").status_code == 404


def test_what_was_judged_is_still_read_where_objectives_are_used_no_more(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "S"})
    with writing(room.cast.oakfield):
        none = {"maths": 0, "reading": 0}
        use_objectives(school=room.cast.oakfield, times=none, by=room.cast.hana.member, at=NOW)

    page = room.cast.client("tom").get(f"/objectives/pupils/{room.pupils['Amara']}").content.decode()

    assert "No subject uses objectives" in page
    assert "secure 1 of 1 taught" in page
    assert "No subject uses objectives" in room.cast.client("tom").get("/objectives/so-far").content.decode()


def test_statements_stand_beside_the_marks_of_their_subject(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara", 1): "S", room.cell("Amara", 2): "N"})
    with reading(room.cast.oakfield):
        taught = {name: subject for subject, name in subjects(school=room.cast.oakfield)}
    tom, amara = room.cast.client("tom"), room.pupils["Amara"]

    maths = tom.get(f"/mark/results/{amara}?subject={taught['Maths']}").json()["statements"]
    writing = tom.get(f"/mark/results/{amara}?subject={taught['Writing']}").json()["statements"]

    assert maths["title"] == "Statements, Year 4"
    assert maths["lines"] == ["Place value: 2 of 3 taught, 1 secure"]
    assert maths["steps"] == ["Counts in nines", "Finds 1,000 more or less"]
    assert writing is None
