"""One subject over the points of the year: the third shape of the marks page. A point that is past is for leaders."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.assessment.actions import copy_last
from itrack.assessment.models import Judgement
from itrack.foundation.models import AuditEntry, ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from tests.assessment.conftest import Classroom
from tests.assessment.test_mark_page import a_large_class, cell_of
from tests.assessment.test_save_page import fields_of
from tests.cast import NOW

AUTUMN_1, AUTUMN_2, SPRING_1 = 12, 13, 14
CLOSED = "Autumn 1 closed on 23 October 2026. Not saved. A head or an administrator can change this mark."


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def address(room: Classroom, subject: str = "Reading") -> str:
    return f"/mark/?group={room.group}&over=time&subject={room.subjects[subject]}"


def name_at(room: Classroom, pupil: str, slot: int) -> str:
    return f"{room.pupils[pupil]}-{room.points[slot]}"


def standing(room: Classroom) -> dict[str, tuple[str, str]]:
    """Cell of the sheet → its subject and code."""
    with writing(room.cast.oakfield):
        rows = Judgement.objects.filter(ended_at=None)
        told = rows.values_list("pupil_id", "point_id", "subject__name", "code")
        return {f"{pupil}-{point}": (subject, code) for pupil, point, subject, code in told}


def test_the_columns_are_the_points_of_the_year_so_far(room: Classroom) -> None:
    room.save("hana", {room.cell("Amara"): "W"}, point=room.points[AUTUMN_1])
    room.save("tom", {room.cell("Amara"): "E", room.cell("Amara", "Maths"): "B"})
    room.save("tom", {room.cell("Amara"): "G"}, point=room.points[SPRING_1])
    room.save("hana", {room.cell("Amara"): "B"}, point=room.points[AUTUMN_1 - 1])

    page = room.cast.client("tom").get(address(room)).content.decode()

    assert "<h1>Mark 4B, Reading over 2026/27</h1>" in page
    assert re.findall(r'id="c\d+">([^<]+)', page) == ["Autumn 1", "Autumn 2"]
    assert 'value="W"' in cell_of(page, name_at(room, "Amara", AUTUMN_1))
    assert 'value="E"' in cell_of(page, name_at(room, "Amara", AUTUMN_2))
    assert '<strong id="entered">2</strong> of 6 marks entered' in page
    assert 'value="G"' not in page


def test_a_past_point_is_read_only_for_a_teacher_and_says_so_but_not_for_a_head(room: Classroom) -> None:
    past, now = (name_at(room, "Amara", slot) for slot in (AUTUMN_1, AUTUMN_2))

    toms = room.cast.client("tom").get(address(room)).content.decode()
    hanas = room.cast.client("hana").get(address(room)).content.decode()

    assert "readonly" in cell_of(toms, past)
    assert "closed 23 Oct, read only" in toms
    assert "Autumn 1 closed on 23 October 2026. A head or an administrator can still change its marks." in toms
    assert "readonly" not in cell_of(toms, now)
    assert "readonly" not in hanas


def test_the_usual_shape_says_the_same_of_a_past_point(room: Classroom) -> None:
    toms = room.cast.client("tom").get(f"/mark/?point={room.points[AUTUMN_1]}").content.decode()

    assert toms.count(" readonly>") == 12
    assert "Copy last" not in toms
    assert "Autumn 1 closed on 23 October 2026." in toms


def test_a_point_stays_open_until_the_next_one_opens(room: Classroom) -> None:
    with time_machine.travel("2026-10-28T10:00:00+00:00", tick=False):
        page = room.cast.client("tom").get(address(room)).content.decode()

    assert re.findall(r'id="c\d+">([^<]+)', page) == ["Autumn 1"]
    assert "readonly" not in page


def test_the_form_saves_over_time_without_scripts_and_comes_back(room: Classroom) -> None:
    room.save("hana", {room.cell("Toby"): "W"}, point=room.points[AUTUMN_1])
    tom = room.cast.client("tom")
    fields = fields_of(tom.get(address(room)).content.decode())

    answer = tom.post("/mark/save", fields | {name_at(room, "Amara", AUTUMN_2): "e"})

    assert answer.status_code == 303
    assert answer["Location"] == f"{address(room)}&saved=1"
    assert standing(room) == {
        name_at(room, "Toby", AUTUMN_1): ("Reading", "W"),
        name_at(room, "Amara", AUTUMN_2): ("Reading", "E"),
    }
    assert "Every mark on this page is kept." in tom.get(answer["Location"]).content.decode()


def test_a_teacher_who_posts_to_a_past_point_is_refused_cell_by_cell(room: Classroom) -> None:
    room.save("hana", {room.cell("Toby"): "W"}, point=room.points[AUTUMN_1])
    tom = room.cast.client("tom")
    past = [name_at(room, name, AUTUMN_1) for name in ("Amara", "Toby")]
    sent = {"over": "time", "subject": room.subjects["Reading"], past[0]: "E", past[1]: ""}

    answer = tom.post("/mark/cells", sent | {name_at(room, "Mei", AUTUMN_2): "G"}).json()

    assert (answer["saved"], [one["cell"] for one in answer["refused"]]) == (1, past)
    assert {one["reason"] for one in answer["refused"]} == {CLOSED}
    assert standing(room) == {
        name_at(room, "Toby", AUTUMN_1): ("Reading", "W"),
        name_at(room, "Mei", AUTUMN_2): ("Reading", "G"),
    }
    mei, reading = room.cell("Mei")
    usual = tom.post("/mark/cells", {"point": room.points[AUTUMN_1], f"{mei}-{reading}": "E"}).json()
    assert [one["reason"] for one in usual["refused"]] == [CLOSED]
    told = {"school": room.cast.oakfield, "subject": room.subjects["Reading"], "pupils": room.pupils.values()}
    with pytest.raises(Refused, match="Autumn 1 closed on 23 October 2026"), writing(room.cast.oakfield):
        copy_last(point=room.points[AUTUMN_1], by=room.cast.tom.member, at=NOW, **told)


@pytest.mark.parametrize(("name", "changes"), [("hana", True), ("ada", True), ("sena", False)])
def test_leaders_change_a_past_point_and_that_leaves_an_entry(room: Classroom, name: str, changes: bool) -> None:
    cells = {name_at(room, pupil, slot): "E" for pupil in ("Amara", "Toby") for slot in (AUTUMN_1, AUTUMN_2)}
    sent = {"over": "time", "subject": room.subjects["Reading"]}

    answer = room.cast.client(name).post("/mark/cells", sent | cells).json()

    assert (answer["saved"], len(answer["refused"])) == ((4, 0) if changes else (2, 2))
    with writing(room.cast.oakfield):
        entries = AuditEntry.objects.filter(verb="past-marks.changed")
        told = list(entries.values_list("by_id", "subject", "subject_id", "counts"))
        assert ChangeSet.objects.filter(kind=ChangeSet.Kind.MARKS).count() == 1
    member = room.cast.people[name].member
    assert told == ([(member, "assessment point", room.points[AUTUMN_1], {"marks": 2})] if changes else [])


def test_the_last_change_over_time_is_taken_back_as_one(room: Classroom) -> None:
    hana = room.cast.client("hana")
    sent = {"over": "time", "group": room.group, "subject": room.subjects["Reading"]}
    room.save("hana", {room.cell("Mei", "Maths"): "G"})
    hana.post("/mark/cells", sent | {name_at(room, "Amara", slot): "E" for slot in (AUTUMN_1, AUTUMN_2)})

    answer = hana.post("/mark/undo", sent)

    assert answer["Location"] == f"{address(room)}&undone=1"
    assert standing(room) == {name_at(room, "Mei", AUTUMN_2): ("Maths", "G")}
    assert hana.post("/mark/undo", sent)["Location"].endswith("undone=0")


def test_the_sheet_left_open_learns_what_stands_over_time(room: Classroom) -> None:
    room.save("hana", {room.cell("Amara"): "W"}, point=room.points[AUTUMN_1])
    room.save("hana", {room.cell("Amara"): "E", room.cell("Toby", "Maths"): "B"})

    told = room.cast.client("tom").get(address(room).replace("/mark/", "/mark/standing")).json()

    assert told["rows"][str(room.pupils["Amara"])] == "W,E"
    assert told["rows"][str(room.pupils["Toby"])] == ","
    assert told["said"][name_at(room, "Amara", AUTUMN_2)] == "Hana Head typed E at 10:00."


def test_what_is_not_theirs_or_makes_no_sense_is_not_found(room: Classroom) -> None:
    tom, theirs, reading = room.cast.client("tom"), room.theirs, room.subjects["Reading"]
    asked = [f"over=time&subject={theirs['subject']}", f"over=time&group={theirs['group']}", "over=space"]
    asked += [f"over=time&group={room.other_group}", "over=time&subject=x", "over=%00", f"over=time&subject={10**30}"]

    assert [tom.get(f"/mark/?{one}").status_code for one in asked] == [404] * len(asked)
    assert [tom.get(f"/mark/standing?{one}").status_code for one in asked] == [404] * len(asked)
    assert [tom.post("/mark/cells", {"over": over}).status_code for over in ("space", "time")] == [404] * 2
    assert tom.post("/mark/cells", {"over": "time", "subject": f"{reading},{reading + 1}"}).status_code == 404


def test_ids_of_another_school_take_no_marks_over_time(room: Classroom) -> None:
    theirs, reading = room.theirs, room.subjects["Reading"]
    amara, point = room.pupils["Amara"], room.points[AUTUMN_2]
    tried = [
        (reading, f"{amara}-{theirs['point']}"),
        (reading, f"{theirs['pupil']}-{point}"),
        (theirs["subject"], f"{amara}-{point}"),
        (0, f"{amara}-{point}"),
        (10**17, f"{amara}-{point}"),
        (reading, f"{amara}-{10**17}"),
    ]

    hana = room.cast.client("hana")
    answers = [hana.post("/mark/cells", {"over": "time", "subject": subject, cell: "E"}) for subject, cell in tried]

    assert [(one.json()["saved"], len(one.json()["refused"])) for one in answers] == [(0, 1)] * len(tried)
    assert standing(room) == {}


def test_a_class_over_a_whole_year_fits_fifty_kilobytes_and_twelve_questions(room: Classroom) -> None:
    group = a_large_class(room, 30)
    reading = room.subjects["Reading"]
    with time_machine.travel("2027-07-01T10:00:00+00:00", tick=False):
        tom = room.cast.client("hana")
        with CaptureQueriesContext(connection) as questions:
            page = tom.get(f"/mark/?group={group}&over=time&subject={reading}").content

    said = [query["sql"] for query in questions]
    window = next(place for place, sql in enumerate(said) if "itrack_reader" in sql)
    assert len([sql for sql in said[window + 1 :] if not sql.startswith(("ROLLBACK", "RELEASE"))]) <= 12
    assert page.count(b'<td class="m') == 180
    assert len(page) <= 50_000, len(page)
