"""The marks page: what it shows, to whom, and in how many questions."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.accounts.models import Usual
from itrack.assessment.api import store_results
from itrack.assessment.models import Judgement
from itrack.curriculum.models import MarkOption, Subject
from itrack.foundation.tenancy.windows import writing
from itrack.pupils.models import Group
from itrack.schools.models import AssessmentPoint
from tests.assessment.conftest import Classroom, a_class
from tests.cast import NOW, Cast, a_pupil


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def cell_of(page: str, name: str) -> str:
    """The table cell that holds the field of this name."""
    found = re.search(rf'<td class="m[^>]*><input name="{name}".*?</td>', page)
    assert found, f"no cell {name}"
    return found[0]


def test_a_teacher_opens_their_class_at_the_open_point_with_all_subjects(room: Classroom) -> None:
    answer = room.cast.client("tom").get("/mark/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>Mark 4B, Autumn 2</h1>" in page
    assert re.findall(r'<th scope="row" id="p\d+"><a [^>]*>([^<]*)', page) == [
        "Acorn, Amara",
        "Barleycorn, Toby",
        "Everglade, Mei",
    ]
    assert re.findall(r'id="c\d+">(\w+)', page) == ["Reading", "Writing", "Maths", "Science"]
    assert "Candlewick" not in page


def test_a_cell_shows_the_mark_with_its_band_and_the_last_mark_before(room: Classroom) -> None:
    room.save("hana", {room.cell("Amara"): "W"}, point=room.points[0])
    room.save("hana", {room.cell("Amara"): "B", room.cell("Toby"): "G"}, point=room.points[6])
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby"): "A"})
    room.save("tom", {room.cell("Amara"): "G"}, point=room.points[-1])

    page = room.cast.client("tom").get("/mark/").content.decode()

    amara = cell_of(page, f"{room.pupils['Amara']}-{room.subjects['Reading']}")
    assert 'class="m e"' in amara
    assert 'value="E"' in amara
    assert 'data-b="B"' in amara
    toby = cell_of(page, f"{room.pupils['Toby']}-{room.subjects['Reading']}")
    assert '<td class="m" data-b="G">' in toby
    assert "Reading: A, absent for the assessment. Not counted." in page
    assert '<strong id="entered">2</strong> of 12 marks entered' in page
    assert "The small letter is Autumn 1, 2025/26." in page


def test_the_address_chooses_class_point_and_subjects(room: Classroom) -> None:
    hana = room.cast.client("hana")
    subjects = f"{room.subjects['Maths']},{room.subjects['Reading']}"

    page = hana.get(f"/mark/?group={room.group}&point={room.points[0]}&subject={subjects}").content.decode()

    assert "<h1>Mark 4B, Autumn 1, 2024/25</h1>" in page
    assert re.findall(r'id="c\d+">(\w+)', page) == ["Reading", "Maths"]
    assert ">Reading, Maths</option>" in page


def test_a_head_who_teaches_begins_with_their_own_class(room: Classroom) -> None:
    assert b"<h1>Mark 4A, Autumn 2</h1>" in room.cast.client("hana").get("/mark/").content


def test_statutory_results_stand_beside_the_grid_in_plain_words(room: Classroom) -> None:
    rows = [
        (room.pupils["Amara"], "KS1", 2025, "ENG", "TT", "PHO", "NM", "ENG", "R", "38", date(2024, 12, 3), True),
        (room.pupils["Amara"], "KS2", 2026, "MAT", "TT", "MTC", "MT", "ENG", "R", "9", None, True),
        (room.pupils["Amara"], "KS9", 2026, "<b>", "TT", "MTC", "MT", "ENG", "R", "<script>", None, False),
        (room.pupils["Zainab"], "KS2", 2026, "MAT", "TT", "MTC", "MT", "ENG", "R", "25", None, True),
    ]
    with writing(room.cast.oakfield):
        store_results(deed=room.cast.deed("olu"), rows=rows)

    page = room.cast.client("tom").get("/mark/").content.decode()

    assert "Phonics, Year 2, autumn 2024: 38 of 40" in page
    assert "Multiplication check 2026: 9 of 25" in page
    assert "KS9 &lt;b&gt; TT MTC MT, 2026: &lt;script&gt; (not recognised)" in page
    assert "25 of 25" not in page


def test_the_panel_is_asked_about_another_pupil_of_ones_own(room: Classroom) -> None:
    check = ("KS2", 2026, "MAT", "TT", "MTC", "MT", "ENG", "R", "9", None, True)
    with writing(room.cast.oakfield):
        store_results(
            deed=room.cast.deed("olu"), rows=[(room.pupils[name], *check) for name in ("Amara", "Toby", "Zainab")]
        )
    tom = room.cast.client("tom")

    page = tom.get(f"/mark/?about={room.pupils['Toby']}").content.decode()

    assert f'<option value="{room.pupils["Toby"]}" selected>Barleycorn, Toby</option>' in page
    answer = tom.get(f"/mark/results/{room.pupils['Toby']}")
    assert answer.json()["results"] == ["Multiplication check 2026: 9 of 25"]
    others = [room.pupils["Zainab"], room.theirs["pupil"], 10**30]
    assert [tom.get(f"/mark/results/{pupil}").status_code for pupil in others] == [404] * 3
    assert "selected>Acorn, Amara" in tom.get(f"/mark/?about={room.pupils['Zainab']}").content.decode()


@pytest.mark.parametrize("name", ["olu", "asha", "gus"])
def test_who_does_not_mark_is_turned_away(room: Classroom, name: str) -> None:
    assert room.cast.client(name).get("/mark/").status_code == 403


def test_a_class_point_or_subject_that_is_not_theirs_is_not_found(room: Classroom) -> None:
    tom = room.cast.client("tom")
    theirs = room.theirs

    addresses = [f"group={room.other_group}", f"group={theirs['group']}", f"point={theirs['point']}"]
    addresses += [f"subject={theirs['subject']}", "group=abc", "point=-1", f"subject={10**30}", "group=٣", "group=%00"]

    assert [tom.get(f"/mark/?{address}").status_code for address in addresses] == [404] * len(addresses)


def test_a_teacher_without_a_class_reads_how_to_get_one(cast: Cast) -> None:
    answer = cast.client("tom").get("/mark/")

    assert answer.status_code == 200
    assert b"You have no class this year" in answer.content


@pytest.mark.parametrize("table", [AssessmentPoint, Subject, MarkOption])
def test_a_school_still_being_set_up_gets_an_answer_not_an_error(room: Classroom, table: type) -> None:
    with writing(room.cast.oakfield):
        table.objects.filter(school_id=room.cast.oakfield).delete()

    assert room.cast.client("hana").get("/mark/").status_code == 200


def a_large_class(room: Classroom, size: int, subjects: int = 10, mark: str = "E") -> int:
    """A class with a mark in every cell at two points and results of every kind it can have for each pupil."""
    with writing(room.cast.oakfield):
        deed = room.cast.deed("olu")
        Subject.objects.bulk_create(
            [
                Subject(school_id=deed.school, name=f"Subject {n}", position=n, added_by_id=deed.change_set)
                for n in range(len(room.subjects), subjects)
            ],
            ignore_conflicts=True,
        )
        pupils = [a_pupil(deed, f"Featherstone{n:02}", "Oluwaseun", "6") for n in range(size)]
        group = a_class(deed, f"6 of {size}", None, pupils)
        taught = list(Subject.objects.filter(school_id=deed.school).values_list("pk", flat=True))
        store_results(deed=deed, rows=[(pupil, *row) for pupil in pupils for row in RESULTS])
    cells = {(pupil, subject): mark for pupil in pupils for subject in taught}
    room.save("hana", cells, point=room.points[12])
    room.save("hana", cells)
    return group


# What a Year 6 class has brought along by the autumn.
YEAR_6 = [
    *(("FSP", 2021, "LIT", "TA", f"E{goal:02}", "NN", "2") for goal in range(1, 18)),
    *(("KS1", 2022, "ENG", "TT", "PHO", "NM", "38"), ("KS2", 2025, "MAT", "TT", "MTC", "MT", "21")),
    *(("KS1", 2023, *key, "NL", "EXS") for key in (("ENG", "TA", "REA"), ("ENG", "TA", "WRI"), ("MAT", "TA", "SUB"))),
    ("KS1", 2023, "SCI", "TA", "SUB", "NL", "EXS"),
]
RESULTS = [(*key, "ENG", "R", result, None, True) for *key, result in YEAR_6]


def test_thirty_pupils_by_ten_subjects_fit_fifty_kilobytes(room: Classroom) -> None:
    group = a_large_class(room, 30)

    page = room.cast.client("hana").get(f"/mark/?group={group}").content

    assert page.count(b'<td class="m e" data-b="E">') == 300
    assert len(page) <= 50_000, len(page)


def test_a_class_of_copies_that_nobody_has_confirmed_fits_fifty_kilobytes(room: Classroom) -> None:
    group = a_large_class(room, 30)
    with writing(room.cast.oakfield):
        Judgement.objects.filter(school_id=room.cast.oakfield, point_id=room.point).update(confirmed=False)

    page = room.cast.client("hana").get(f"/mark/?group={group}").content

    assert page.count(b'<td class="m q e" data-b="E">') == 300
    assert page.count(b">Confirm 30<") == 10
    assert len(page) <= 50_000, len(page)


def test_copies_of_a_point_that_is_past_are_only_read_and_fit_fifty_kilobytes(room: Classroom) -> None:
    group, past = a_large_class(room, 30), room.points[12]
    with writing(room.cast.oakfield):
        Group.objects.filter(pk=group).update(teacher_id=room.cast.tom.member)
        marks = Judgement.objects.filter(school_id=room.cast.oakfield)
        pupils = list(marks.filter(point_id=past).values_list("pupil_id", "subject_id"))
    room.save("hana", dict.fromkeys(pupils, "W"), point=room.points[6])
    with writing(room.cast.oakfield):
        marks.filter(point_id=past).update(confirmed=False)

    page = room.cast.client("tom").get(f"/mark/?group={group}&point={past}").content

    assert page.count(b'<td class="m q e" data-b="W">') == page.count(b" readonly>") == 300
    assert b"confirm-column" not in page
    assert b'<button class="button primary">Save marks' not in page
    assert len(page) <= 50_000, len(page)


def test_a_class_of_marks_that_no_figure_counts_fits_fifty_kilobytes(room: Classroom) -> None:
    group = a_large_class(room, 30, mark="A")

    page = room.cast.client("hana").get(f"/mark/?group={group}").content.decode()

    assert page.count('<td class="m" data-b="A">') == 300
    assert (
        page.count("Reading, Writing, Maths, Science, ") == page.count("absent for the assessment. Not counted.") == 30
    )
    assert len(page.encode()) <= 50_000, len(page.encode())


def test_sixty_pupils_cost_no_more_questions_than_thirty(room: Classroom) -> None:
    hana = room.cast.client("hana")
    asked = {}
    for size in (30, 60):
        group = a_large_class(room, size)
        with CaptureQueriesContext(connection) as questions:
            hana.get(f"/mark/?group={group}")
        said = [query["sql"] for query in questions]
        window = next(place for place, sql in enumerate(said) if "itrack_reader" in sql)
        asked[size] = [sql for sql in said[window + 1 :] if not sql.startswith(("ROLLBACK", "RELEASE"))]

    assert len(asked[30]) == len(asked[60]) <= 12


def test_what_was_opened_last_opens_again_in_another_browser(room: Classroom) -> None:
    chosen = {"group": room.other_group, "subject": room.subjects["Maths"]}
    assert room.cast.client("hana").get("/mark/", chosen).status_code == 200

    shown = room.cast.client("hana").get("/mark/").content.decode()

    assert re.findall(r'id="c\d+">(\w+)', shown) == ["Maths"]
    assert "Candlewick" in shown


def test_a_point_opened_last_gives_way_to_todays_once_it_is_over(room: Classroom) -> None:
    past = {"group": room.other_group, "point": room.points[0]}
    assert "Autumn 1" in room.cast.client("hana").get("/mark/", past).content.decode().split("</h1>")[0]

    heading = room.cast.client("hana").get("/mark/").content.decode().split("</h1>")[0]

    assert "Autumn 2" in heading


def test_a_class_chosen_last_that_is_not_ones_own_is_left_out(room: Classroom) -> None:
    choices = {"group": str(room.theirs["group"]), "point": str(room.theirs["point"])}
    with writing(room.cast.oakfield):
        Usual.objects.create(
            school_id=room.cast.oakfield, member_id=room.cast.tom.member, where="mark", choices=choices
        )

    answer = room.cast.client("tom").get("/mark/")

    assert answer.status_code == 200
    assert "<h1>Mark 4B, Autumn 2</h1>" in answer.content.decode()
