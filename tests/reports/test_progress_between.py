"""Progress between two points: who moved up, stayed and moved down, subject by subject."""

import pytest

from itrack.foundation.tenancy.windows import writing
from itrack.reports.rules.moves import Ends, by_subject
from tests.cast import a_pupil
from tests.reports.progress import marked, queries_of, report, table
from tests.reports.school import Oakfield, a_class, mark
from tests.reports.test_attainment_page import shown, words
from tests.reports.test_transition import grid

PAGE = "/reports/progress-between"
ENDS = Ends("Summer 2, 2025/26", "Autumn 2, 2026/27")


@pytest.fixture
def progress(oakfield: Oakfield) -> Oakfield:
    """Last summer's reading of five and writing of two; Ada was judged as a Year 2."""
    with writing(oakfield.cast.oakfield):
        before = {oakfield.amara: "W", oakfield.toby: "E", oakfield.maud: "G", oakfield.ada: "2:E", oakfield.leo: "E"}
        marked(oakfield.cast.hana, "Reading", before, slot=6, year=2025)
        marked(oakfield.cast.hana, "Writing", {oakfield.amara: "E", oakfield.leo: "E"}, slot=6, year=2025)
    return oakfield


def test_each_subject_counts_for_itself(progress):
    rows = {row["Subject"]: row for row in table(report(progress, "progress-between"), "By subject")}

    reading, writing_row = rows["Reading"], rows["Writing"]
    assert reading["Moved up"]["pupils"] == ["Acorn, Amara"]
    assert reading["Moved down"]["pupils"] == ["Barleycorn, Toby"]
    assert reading["Stayed in the same band"]["pupils"] == ["Ashplant, Maud"]
    assert reading["Judged against another year"]["pupils"] == ["Bilberry, Ada"]
    assert reading["Counted"]["n"] == 3
    assert writing_row["Stayed in the same band"] == {"n": 1, "of": 2, "percent": 50, "pupils": ["Acorn, Amara"]}
    assert writing_row["Moved up"]["pupils"] == ["Cobnut, Leo"]
    assert set(rows) == {"Reading", "Writing"}, "a subject nobody was marked in has no row"


def test_everybody_in_view_who_is_not_counted_is_listed_with_where_and_why(progress):
    out = {(line["pupil"], line["where"]): line["reason"] for line in report(progress, "progress-between")["out"]}

    assert out["Bilberry, Ada", "Reading"] == "Judged against Year 2 at Summer 2, 2025/26"
    assert out["Bilberry, Ada", "Writing"] == "Autumn 2, 2026/27: No mark yet"
    assert out["Cobnut, Leo", "Reading"] == "Autumn 2, 2026/27: Code A, absent for the assessment"
    assert out["Fennelwood, Idris", "Every subject"].startswith("Autumn 2, 2026/27: Joined on 18 November 2026")


def test_where_nobody_has_a_mark_at_either_point_everybody_in_view_is_listed_with_the_reason(oakfield):
    told = report(oakfield, "progress-between", point="1", start="point-2025-6")

    assert (told["counted"], len(told["out"])) == (0, told["in_view"])
    assert {line["reason"] for line in told["out"]} == {"Autumn 1, 2026/27: No mark yet"}


def test_who_is_judged_against_another_year_is_never_said_to_have_stayed(progress):
    page = words(shown(progress, "hana", PAGE))

    assert "Pupils judged against another year group’s expectations, at either end, stand apart" in page
    told = report(progress, "progress-between", group="5A")
    assert (told["counted"], told["in_view"]) == (0, 1)
    assert "Nobody has both marks" in told["empty"]


def test_a_first_point_has_nothing_before_it_and_says_so(oakfield):
    said = words(shown(oakfield, "hana", PAGE, year="2024", point="1"))

    assert "No earlier point" in said
    assert "Choose a later point." in said


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [
                ("Reading", grid(("expected", "expected", 40), ("towards", "expected", 10), ("greater", "below", 2))),
                ("Maths", grid(("expected", "expected", 40), ("towards", "expected", 3), ("greater", "below", 9))),
            ],
            "In Year 4, from Summer 2, 2025/26 to Autumn 2, 2026/27, the largest share moved down in maths, 9 of 52 "
            "(17%), and the largest share moved up in reading, 10 of 52 (19%).",
        ),
        (
            [
                ("Reading", grid(("expected", "expected", 9), ("towards", "expected", 1))),
                ("Maths", grid(("expected", "expected", 9), ("towards", "greater", 1))),
                ("Music", grid(("expected", "expected", 2), out=8)),
            ],
            "In Year 4, from Summer 2, 2025/26 to Autumn 2, 2026/27, nobody moved down, and the largest share moved up "
            "in reading (1 of 10) and maths (1 of 10) alike. Not compared, because too few pupils are counted: music.",
        ),
        (
            [("Reading", grid(("expected", "expected", 9), ("towards", "expected", 1)))],
            "In Year 4, of the 10 pupils with a mark in reading at Summer 2, 2025/26 and at Autumn 2, 2026/27, 9 "
            "stayed in the same band (90%), 1 moved up (10%) and none moved down.",
        ),
    ],
)
def test_the_sentence_compares_only_what_can_be_compared(rows, says: str) -> None:
    found = by_subject(rows, where="in Year 4", ends=ENDS)

    assert " ".join(one.text for one in found) == says


def test_queries_do_not_grow_with_the_pupils(progress):
    client = progress.cast.client("hana")
    small = queries_of(client, PAGE)
    with writing(progress.cast.oakfield):
        deed = progress.cast.deed("hana")
        pupils = [a_pupil(deed, f"Surname{chr(65 + i)}", "Pupil") for i in range(20)]
        a_class(progress.cast, "4C", pupils)
        mark(progress.cast.hana, "Reading", dict.fromkeys(pupils, "E"))
        marked(progress.cast.hana, "Reading", dict.fromkeys(pupils, "W"), slot=6, year=2025)

    assert queries_of(client, PAGE) == small
