"""The flight path: a row a pupil, with results and marks over three years."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import writing
from itrack.reports.rules.answer import Mark, Person
from itrack.reports.rules.flight import ORDERS, Flight, in_order
from tests.cast import a_pupil
from tests.reports.progress import has_result, marked, queries_of, report, table
from tests.reports.school import Oakfield, a_class, mark
from tests.reports.test_attainment_page import shown, words

PAGE = "/reports/flight-path"
PHONICS = ("KS1", "ENG", "TT", "PHO", "NM")
KS1_READING, KS1_MATHS = ("KS1", "ENG", "TA", "REA", "NL"), ("KS1", "MAT", "TA", "SUB", "NL")
BANDS = ["below", "towards", "expected", "greater"]


@pytest.fixture
def progress(oakfield: Oakfield) -> Oakfield:
    """Amara rose since last summer and Toby fell; Amara has results of two kinds and Maud is in view without any."""
    with writing(oakfield.cast.oakfield):
        marked(oakfield.cast.hana, "Reading", {oakfield.amara: "W", oakfield.toby: "E"}, slot=6, year=2025)
        has_result(oakfield, oakfield.amara, PHONICS, 2024, "34")
        has_result(oakfield, oakfield.amara, KS1_READING, 2025, "EXS")
        has_result(oakfield, oakfield.amara, KS1_MATHS, 2025, "GDS")
    return oakfield


def rows_of(oakfield: Oakfield, **said: str) -> dict[str, dict]:
    return {row["Pupil"]: row for row in table(report(oakfield, "flight-path", **said), "Reading, pupil by pupil")}


def test_each_pupil_has_a_row_with_results_and_marks(progress):
    rows = rows_of(progress, group="Year 4")

    amara = rows["Acorn, Amara"]
    assert amara["Phonics check"] == {"mark": "34 met", "band": ""}
    assert amara["Key Stage 1"] == {"mark": "EXS", "band": "expected"}, "of reading, not of maths"
    assert amara["Summer 2, 2025/26"] == {"mark": "W", "band": "towards"}
    assert amara["Autumn 2, 2026/27"] == {"mark": "E", "band": "expected"}
    assert rows["Cobnut, Leo"]["Autumn 2, 2026/27"] == {"mark": "A", "band": ""}
    assert rows["Ashplant, Maud"]["Summer 2, 2025/26"] is None
    assert set(rows) == {"Acorn, Amara", "Ashplant, Maud", "Barleycorn, Toby", "Cobnut, Leo", "Fennelwood, Idris"}


def test_the_sentence_and_its_table_have_the_same_figures(progress):
    told = report(progress, "flight-path", group="Year 4")

    assert told["finding"] == (
        "In Year 4, of the 2 pupils with two marks or more in reading, none stayed in the same band, 1 moved up (50%) "
        "and 1 moved down (50%) from the first mark shown to the last. Fewer than 5 pupils: read it with care."
    )
    ways = [row["Pupils"]["pupils"] for row in table(told, "First and last mark")]
    assert ways == [["Acorn, Amara"], [], ["Barleycorn, Toby"]]


def test_rows_stand_in_the_order_asked_for(progress):
    def order(sort: str) -> list[str]:
        page = shown(progress, "hana", PAGE, pupils="year-4", sort=sort)
        return re.findall(r'<th scope="row"><a href="/pupils/\d+">(\w+)', page)[:3]

    assert order("name")[0] == "Amara"
    assert order("fell")[0] == "Toby"
    assert order("highest")[0] == "Maud"
    assert order("lowest")[0] == "Toby"


@given(st.lists(st.lists(st.sampled_from([*BANDS, ""]), max_size=4), max_size=12), st.sampled_from(ORDERS))
def test_any_order_keeps_every_row_once_and_those_without_a_mark_last(paths, order) -> None:
    rows = [
        Flight(Person(i, f"S{len(paths) - i:02}", "P"), {}, [Mark(band or "A", band) for band in path])
        for i, path in enumerate(paths)
    ]

    found = in_order(rows, order.code)

    assert sorted(row.pupil.id for row in found) == list(range(len(paths)))
    if order.code == "lowest":
        last = [BANDS.index(row.bands[-1]) if row.bands else 9 for row in found]
        assert last == sorted(last)
    if order.code == "rose":
        steps = [row.steps for row in found if row.steps is not None]
        assert steps == sorted(steps, reverse=True)
        assert all(row.steps is None for row in found[len(steps) :])


def test_a_teacher_sees_the_rows_of_their_own_class_alone(progress):
    said = words(shown(progress, "tom", PAGE))

    assert "Amara Acorn" in said
    assert "Maud" not in said


def test_queries_do_not_grow_with_the_pupils(progress):
    client = progress.cast.client("hana")
    small = queries_of(client, PAGE)
    with writing(progress.cast.oakfield):
        deed = progress.cast.deed("hana")
        pupils = [a_pupil(deed, f"Surname{chr(65 + i)}", "Pupil") for i in range(20)]
        a_class(progress.cast, "4C", pupils)
        mark(progress.cast.hana, "Reading", dict.fromkeys(pupils, "E"))

    assert queries_of(client, PAGE) == small
