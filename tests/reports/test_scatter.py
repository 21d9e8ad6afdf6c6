"""Earlier and present scores: where each pupil stands beside two lines, and never a difference."""

import itertools
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.curriculum.api import add_usual_assessments, assessments
from itrack.foundation.tenancy.windows import writing
from itrack.reports.rules.scatter import ABOVE, BELOW, Scores, axis_of, findings, middle, quadrants, ticks
from tests.cast import a_pupil
from tests.reports.progress import has_result, marked, queries_of, report, table
from tests.reports.school import Oakfield, a_class
from tests.reports.test_attainment_page import shown, words

PAGE = "/reports/scatter"
PHONICS = ("KS1", "ENG", "TT", "PHO", "NM")
SCALED = ("KS1", "ENG", "TT", "REA", "NS")
score = st.integers(70, 130)


def standardised(school: int, name: str = "Standardised test") -> int:
    return next(one.id for one in assessments(school=school) if one.name == name)


@pytest.fixture
def progress(oakfield: Oakfield) -> Oakfield:
    """Standardised tests of reading last summer and this autumn; Leo was absent now, Maud then not tested."""
    with writing(oakfield.cast.oakfield):
        hana = oakfield.cast.hana
        add_usual_assessments(school=hana.school, by=hana.member, at=oakfield.cast.deed("hana").at)
        one = standardised(hana.school)
        before = {oakfield.amara: "112", oakfield.toby: "104", oakfield.ada: "88", oakfield.leo: "101"}
        marked(hana, "Reading", before, slot=6, year=2025, assessment=one)
        now = {oakfield.amara: "109", oakfield.toby: "97", oakfield.ada: "100", oakfield.leo: "A", oakfield.maud: "99"}
        marked(hana, "Reading", now, slot=2, year=2026, assessment=one)
    return oakfield


def corners(told) -> dict[str, dict]:
    return {row["Where they stand"]: row for row in table(told, "Beside the lines")}


def test_scores_of_one_test_stand_beside_the_line_its_scale_names(progress):
    told = report(progress, "scatter", subject="Reading")

    rows = corners(told)
    assert rows["At or above both lines"]["All"]["pupils"] == ["Acorn, Amara"]
    assert rows["At or above the line before, below it now"]["All"]["pupils"] == ["Barleycorn, Toby"]
    assert rows["Below the line before, at or above it now"]["All"] == {
        "n": 1,
        "of": 3,
        "percent": 33,
        "pupils": ["Bilberry, Ada"],
    }, "a score on the line is at it"
    assert rows["With both scores"]["All"]["n"] == 3
    assert told["finding"].startswith(
        "In the school, 3 pupils have both scores: of the 2 at 100 or above in Standardised test, Summer 2, 2025/26, "
        "1 (50%) is at 100 or above in Standardised test, Autumn 2, 2026/27; the one below 100"
    )


def test_who_has_not_both_scores_is_listed_with_which_and_why(progress):
    out = {line["pupil"]: (line["where"], line["reason"]) for line in report(progress, "scatter")["out"]}

    assert out["Cobnut, Leo"] == ("Standardised test, Autumn 2, 2026/27", "Code A")
    assert out["Ashplant, Maud"] == ("Standardised test, Summer 2, 2025/26", "No mark")
    assert out["Fennelwood, Idris"][1].startswith("Joined on 18 November 2026")


def test_codes_are_refused_with_the_reason_and_what_to_choose(progress):
    with writing(progress.cast.oakfield):
        main = assessments(school=progress.cast.oakfield)[0].id

    for ends in ({"now": f"also-{main}-2026-2"}, {"before": f"also-{main}-2026-2"}):
        told = report(progress, "scatter", **ends)
        assert told["tables"] == []
        assert "Codes have no distances, so they have no place on a scale of numbers" in told["empty"]
        assert words(shown(progress, "hana", PAGE, **ends)).count("Not a score") == 1


def test_where_no_test_was_taken_at_the_point_it_begins_with_the_last_one_before(progress):
    page = words(shown(progress, "hana", PAGE, year="2026", point="1", subject="Reading"))

    assert "Not a score" not in page
    assert "Standardised test, Summer 2, 2025/26" in page


def test_a_statutory_score_stands_on_a_scale_of_its_own(progress):
    with writing(progress.cast.oakfield):
        has_result(progress, progress.amara, PHONICS, 2024, "34")
        has_result(progress, progress.toby, PHONICS, 2024, "31")
        has_result(progress, progress.ada, PHONICS, 2023, "A")

    told = report(progress, "scatter", before="phonics")

    assert corners(told)["At or above both lines"]["All"]["pupils"] == ["Acorn, Amara"]
    assert corners(told)["Below both lines"]["All"]["pupils"] == ["Barleycorn, Toby"]
    assert {line["pupil"]: line["reason"] for line in told["out"]}["Bilberry, Ada"] == "Code A"
    page = words(shown(progress, "hana", PAGE, before="phonics"))
    assert "The lines: 32 for the phonics check; 100 for Standardised test" in page
    assert "no score is taken from the other" in page


def test_a_scale_without_a_line_is_divided_at_the_middle_and_that_is_said(progress):
    with writing(progress.cast.oakfield):
        hana, one = progress.cast.hana, standardised(progress.cast.oakfield, "Practice test (%)")
        scores = {progress.amara: "80", progress.toby: "60", progress.ada: "20"}
        marked(hana, "Reading", scores, slot=6, year=2025, assessment=one)

    page = words(shown(progress, "hana", PAGE, before=f"also-{one}-2025-6"))

    assert "60, the middle score of those shown, for Practice test (%), Summer 2, 2025/26" in page


def test_shapes_tell_groups_apart_and_each_has_its_figures(progress):
    told = report(progress, "scatter", by="sex")

    whole = corners(told)["With both scores"]
    assert whole["All"]["n"] == sum(
        cell["n"] for head, cell in whole.items() if head in ("Girls", "Boys", "Not stated")
    )


def test_a_school_with_codes_alone_is_told_what_a_scatter_needs(oakfield):
    with writing(oakfield.cast.oakfield):
        has_result(oakfield, oakfield.amara, PHONICS, 2024, "34")

    assert "Choose a standardised or scaled score" in words(shown(oakfield, "hana", PAGE))


def test_queries_do_not_grow_with_the_pupils(progress):
    client = progress.cast.client("hana")
    small = queries_of(client, PAGE, by="sen")
    with writing(progress.cast.oakfield):
        deed, one = progress.cast.deed("hana"), standardised(progress.cast.oakfield)
        pupils = [a_pupil(deed, f"Surname{chr(65 + i)}", "Pupil") for i in range(20)]
        a_class(progress.cast, "4C", pupils)
        for year, slot in ((2025, 6), (2026, 2)):
            scores = dict.fromkeys(pupils, "101")
            marked(progress.cast.hana, "Reading", scores, slot=slot, year=year, assessment=one)

    assert queries_of(client, PAGE, by="sen") == small


@given(st.lists(st.tuples(score, score), min_size=1, max_size=30), st.sampled_from([None, 100]))
def test_every_pupil_is_in_the_corner_a_count_by_hand_puts_them_in(rows, line) -> None:
    both = frozenset(range(len(rows)))
    ends = [
        Scores("t", "t", {i: Fraction(row[end]) for i, row in enumerate(rows)}, {}, line and Fraction(line))
        for end in (0, 1)
    ]
    before, now = (axis_of(one, both) for one in ends)

    told = quadrants(before, now, both)

    cut = [line or Fraction(median(Fraction(row[end]) for row in rows)) for end in (0, 1)]
    for (first, second), pupils in told.items():
        by_hand = {
            i
            for i, row in enumerate(rows)
            if (row[0] >= cut[0]) == (first == ABOVE) and (row[1] >= cut[1]) == (second == ABOVE)
        }
        assert pupils == by_hand
    assert [before.line, now.line] == cut


@given(st.lists(score, min_size=1, max_size=30))
def test_the_marks_of_an_axis_are_even_and_hold_every_score(values) -> None:
    marks = ticks([Fraction(value) for value in values])

    steps = {later - earlier for earlier, later in itertools.pairwise(marks)}
    assert len(steps) == 1
    assert marks[0] <= min(values)
    assert marks[-1] >= max(values)
    assert len(marks) <= 8


@given(st.lists(score, min_size=1, max_size=9))
def test_the_middle_is_the_median(values) -> None:
    assert middle([Fraction(value) for value in values]) == median(Fraction(value) for value in values)


def test_the_sentence_says_one_pupil_as_one() -> None:
    scores = Scores("Test", "Test", {1: Fraction(99)}, {}, Fraction(100))
    axis = axis_of(scores, frozenset({1}))

    found = findings(quadrants(axis, axis, frozenset({1})), axis, axis, "in Year 4")

    assert " ".join(one.text for one in found) == (
        "In Year 4, 1 pupil has both scores: the one below 100 in Test is not at 100 or above in Test. Fewer than 5 "
        "pupils have both: read it with care."
    )
    assert axis.side(1) == BELOW
