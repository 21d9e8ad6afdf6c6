"""What depths come to, which statements are shown, and how much is asked: decided from values alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.frameworks.rules.scale import FIRST_SCALE
from itrack.objectives.rules.choice import (
    Course,
    StrandChoice,
    by_band,
    courses,
    neighbours,
    same_strand,
    shown_years,
    titles,
    usual_strand,
    year_words,
)
from itrack.objectives.rules.depth import NOT_FOR_THEM, NOT_JUDGED, Depth, coloured
from itrack.objectives.rules.marking import (
    LastChange,
    Marking,
    Sorted,
    Standing,
    StatementFacts,
    keep_theirs,
    sort_out,
    why_not_on,
)
from itrack.objectives.rules.meter import MOST_A_TEACHER, counted, loads
from itrack.objectives.rules.progress import class_steps, figures, next_steps, reached

SCALE = coloured(
    [Depth(n, one.code, one.name, one.value, one.taught, one.secure) for n, one in enumerate(FIRST_SCALE, start=1)]
)
X, N, E, S, D = SCALE
TODAY = date(2026, 11, 23)
DEPTHS = st.sampled_from([None, NOT_FOR_THEM, *SCALE])


def test_each_taught_depth_has_a_pattern_of_its_own() -> None:
    assert [(depth.code, depth.css) for depth in SCALE] == [("X", ""), ("N", "b"), ("E", "w"), ("S", "e"), ("D", "g")]
    assert [depth.css for depth in coloured([X, N, S])] == ["", "w", "e"]
    assert [depth.css for depth in coloured([X, N])] == ["", "w"]
    assert NOT_FOR_THEM.letter == "/"


@pytest.mark.parametrize(
    ("marks", "applying", "taught", "secure", "depth"),
    [
        ([], 0, 0, 0, ""),
        ([None, X], 2, 0, 0, ""),
        ([N, X], 2, 1, 0, "0.0"),
        ([N, S, D, None, NOT_FOR_THEM], 4, 3, 2, "1.7"),
        ([NOT_FOR_THEM, NOT_FOR_THEM], 0, 0, 0, ""),
        ([E, S, S, S], 4, 4, 3, "1.8"),
    ],
)
def test_three_figures_each_of_its_own_number(marks, applying: int, taught: int, secure: int, depth: str) -> None:
    told = figures(marks)

    assert (told.applying, told.taught, told.secure, told.depth) == (applying, taught, secure, depth)


@given(st.lists(DEPTHS, max_size=30))
def test_figures_stay_within_each_other(marks: list[Depth | None]) -> None:
    told = figures(marks)

    assert 0 <= told.secure <= told.taught <= told.applying <= len(marks)
    assert figures([*marks, NOT_FOR_THEM]) == told
    assert figures([*marks, X]).taught == told.taught


@given(st.dictionaries(st.tuples(st.integers(1, 6), st.integers(1, 8)), DEPTHS.filter(bool)))
def test_every_pupil_is_in_a_bar_once_or_does_not_come_into_it(marks) -> None:
    for statement in range(1, 9):
        told = reached(statement, range(1, 7), marks, SCALE)
        left_out = sum(marks.get((pupil, statement)) == NOT_FOR_THEM for pupil in range(1, 7))
        assert told.pupils == 6 - left_out
        assert told.secure <= told.taught <= told.pupils
        assert not (told.is_unfinished and told.waits)


def test_a_class_goes_back_to_what_most_have_not_and_on_to_what_nobody_was_taught() -> None:
    marks = {(1, 10): S, (2, 10): S, (1, 11): N, (2, 11): S, (1, 12): X, (1, 14): NOT_FOR_THEM, (2, 14): NOT_FOR_THEM}

    steps = class_steps([reached(one, (1, 2), marks, SCALE) for one in (10, 11, 12, 13, 14)])

    assert (steps.again, steps.ahead) == ([11], [12, 13])
    assert reached(13, (1, 2), marks, SCALE).shares[-1] == (NOT_JUDGED, 2)


def test_a_pupils_next_steps_are_what_is_open_then_what_waits() -> None:
    marks = {(1, 10): S, (1, 11): X, (1, 12): E, (1, 13): NOT_FOR_THEM}

    assert next_steps(1, [10, 11, 12, 13, 14, 15, 16], marks) == [12, 11, 14]


@given(st.dictionaries(st.tuples(st.just(1), st.integers(1, 9)), DEPTHS.filter(bool)))
def test_nobody_is_sent_to_what_is_secure_or_does_not_apply(marks) -> None:
    for step in next_steps(1, range(1, 10), marks):
        mark = marks.get((1, step))
        assert mark is None or not (mark.secure or mark == NOT_FOR_THEM)


NATIONAL, STEPS = Course(1, "National", "Maths"), Course(2, "Steps", "Maths")
STRANDS = [
    StrandChoice(1, NATIONAL, "4", "4", "Number", 9),
    StrandChoice(2, NATIONAL, "4", "4", "Shape", 5),
    StrandChoice(3, NATIONAL, "2", "3", "Number", 7),
    StrandChoice(4, STEPS, "R", "R", "Counting", 7),
]


def test_a_subject_of_two_frameworks_is_told_apart_and_ones_own_year_comes_first() -> None:
    assert courses(STRANDS, ["R"]) == [STEPS, NATIONAL]
    assert titles([NATIONAL, STEPS])[STEPS] == "Maths (Steps)"
    assert titles([NATIONAL])[NATIONAL] == "Maths"


@pytest.mark.parametrize(
    ("years", "strand"),
    [(["4"], 1), (["3", "4", "4"], 1), (["3", "4"], 3), (["6"], 1), (["1"], 1), ([], 1), (["", "3"], 3)],
)
def test_a_class_begins_with_the_strand_of_its_year(years: list[str], strand: int) -> None:
    assert usual_strand(STRANDS, NATIONAL, years).id == strand


def test_strands_stand_by_years_and_lead_to_each_other() -> None:
    one, two, three, _ = STRANDS

    assert by_band(STRANDS, NATIONAL) == [("Years 2 to 3", [three]), ("Year 4", [one, two])]
    assert (neighbours(STRANDS, one), neighbours(STRANDS, two)) == ((None, two), (one, None))
    assert same_strand(STRANDS, one, "3") == three
    assert same_strand(STRANDS, two, "2") == three
    assert same_strand(STRANDS, two, "6") is None


@pytest.mark.parametrize(
    ("who", "years", "shown"),
    [("", {"3", "4"}, {"4"}), ("all", {"3", "4"}, {"3", "4"}), ("", {"5", ""}, {"5", ""})],
)
def test_who_is_shown_follows_the_year_of_the_statements(who: str, years: set[str], shown: set[str]) -> None:
    assert shown_years(STRANDS[0], years, who) == shown
    assert [year_words(year) for year in ("4", "X", "")] == ["Year 4", "No year group", "No year group"]


FACTS = {7: StatementFacts(1)}
HERE = Marking({1}, FACTS, {1: {"S": 4, "N": 2}}, {(1, 7): Standing("N", TODAY, 99)}, TODAY)


def test_a_marking_refuses_with_a_reason_and_long_texts_are_cut() -> None:
    told = sort_out({(1, 7): "a very long text", (2, 7): "S", (1, 8): ""}, None, HERE)

    assert [cell.reason.split(". ")[0] for cell in told.refused] == [
        "A VERY LONG… is not a depth here",
        "This pupil is not on the roll, or not in a class of yours",
        "There is no such statement in this school",
    ]
    assert told.refused[0].stands == "N"
    assert HERE.depth((1, 7), "S") == 4
    assert HERE.depth((1, 7), "/") is None


def test_a_retired_statement_can_still_be_emptied() -> None:
    retired = Marking({1}, {7: StatementFacts(1, retired_on=TODAY)}, HERE.scales, HERE.stands, TODAY)

    assert retired.refusal((1, 7), "") == ""
    assert "was retired on 23 November 2026" in retired.refusal((1, 7), "S")


@pytest.mark.parametrize(
    ("typed", "stands", "change", "said"),
    [
        ("S", "N", LastChange(5, "Asha", "at 10:02", 9), "Asha typed N at 10:02, after you opened this page. Your S"),
        ("", "N", LastChange(5, "Asha", "at 10:02", 9), "It is not emptied. Empty it again to remove N."),
        ("S", "", LastChange(5, "Asha", "at 10:02", 9), "Asha emptied this cell at 10:02, after you opened"),
        ("S", "", None, "This mark was taken back, after you opened this page."),
    ],
)
def test_who_was_overtaken_is_told_by_whom(typed: str, stands: str, change: LastChange | None, said: str) -> None:
    here = Marking({1}, FACTS, HERE.scales, {(1, 7): Standing(stands, TODAY, 9)} if stands else {}, TODAY)
    changes = {(1, 7): change} if change else {}

    told = keep_theirs(Sorted({(1, 7): typed, (1, 8): "S"}, [(1, 7)], 0, []), changes, here, by=4)

    assert said in told.refused[0].reason
    assert told.wanted == {(1, 8): "S"}


def test_who_overtook_themselves_is_let_through() -> None:
    own = {(1, 7): LastChange(4, "Tom", "at 10:02", 9)}

    assert keep_theirs(Sorted({(1, 7): "S"}, [(1, 7)], 0, []), own, HERE, by=4).wanted == {(1, 7): "S"}


@given(st.dictionaries(st.tuples(st.integers(1, 2), st.integers(7, 8)), st.sampled_from(["", "S", "n", "Q", "/"])))
def test_every_cell_of_a_save_is_wanted_refused_or_unchanged(typed) -> None:
    told = sort_out(typed, None, HERE)

    assert len(told.wanted) + len(told.refused) + told.unchanged == len(typed)
    assert not set(told.wanted) & {(cell.pupil, cell.statement) for cell in told.refused}


def test_days_to_come_and_days_long_ago_are_no_days_to_judge_on() -> None:
    assert why_not_on(TODAY, today=TODAY) == ""
    assert "still to come" in why_not_on(date(2026, 11, 24), today=TODAY)
    assert "two years" in why_not_on(date(2024, 1, 1), today=TODAY)


def test_what_is_asked_of_a_teacher_is_said_with_its_arithmetic() -> None:
    pupils = [("Tom", "4B", "4")] * 30 + [("Tom", "4B", "3")] + [("", "RH", "R")] * 2

    told = loads(counted(pupils), {"maths": 3, "art": 1}, {("maths", "4"): 40, ("maths", "3"): 30})

    assert [(load.teacher, load.judgements, load.is_heavy) for load in told] == [("Tom", 3690, True), ("", 0, False)]
    assert [part.said for part in told[0].parts] == [
        "30 statements × 1 pupil × 3 = 90",
        "40 statements × 30 pupils × 3 = 3,600",
    ]
    assert (told[0].time, told[1].time, told[0].parts[0].title) == ("3 h 04 min", "0 min", "4B, maths, Year 3")
    assert MOST_A_TEACHER == 3000


@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xy"), st.sampled_from("34"))),
    st.dictionaries(st.sampled_from(["maths", "art"]), st.integers(1, 6)),
    st.dictionaries(st.tuples(st.sampled_from(["maths", "art"]), st.sampled_from("34")), st.integers(0, 40)),
)
def test_the_meter_counts_every_pupil_statement_and_time_once(pupils, asked, statements) -> None:
    told = loads(counted(pupils), asked, statements)

    naive = sum(statements.get((subject, year), 0) * n for _, _, year in pupils for subject, n in asked.items())
    assert sum(load.judgements for load in told) == naive
