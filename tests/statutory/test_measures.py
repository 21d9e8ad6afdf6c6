"""What is said of each pupil in a figure, and what an anonymous reader is not told."""

from decimal import Decimal

import pytest

from itrack.assessment.rules.results import good_level
from itrack.statutory.rules import measures, verdicts
from itrack.statutory.rules.figures import hidden, is_telling, value_of
from itrack.statutory.rules.measures import MEASURES, MeasureTally, tally
from itrack.statutory.rules.official import entered, is_mark, said, title_of
from itrack.statutory.rules.rows import Comes, comes_to
from tests.statutory.rows import line, lines

MET = {"reading_scaled": "104", "maths_scaled": "111", "ks2_writing": "EXS"}


def told(measure: str, *pupils: list, year: int = 2026, **more: dict) -> MeasureTally:
    return tally(MEASURES[measure], year, dict(enumerate(pupils)), more.get("standards", {}), more.get("absent"))


def test_a_figure_keeps_its_pupils_and_what_was_read_of_them() -> None:
    one = told(
        "rwm-expected", lines(**MET), lines(**{**MET, "ks2_writing": "WTS"}), lines(**{**MET, "maths_scaled": "99"}), []
    )

    assert one.achieved == {0: "Reading: 104; Writing: EXS, working at the expected standard; Maths: 111"}
    assert set(one.short) == {1, 2}
    assert one.out == {3: "No result is recorded"}
    assert (one.counted, one.everybody, value_of(MEASURES["rwm-expected"], one)) == (3, 4, "33%")


def test_who_is_left_out_of_one_subject_is_left_out_of_all_three() -> None:
    one = told("rwm-expected", lines(**MET, reading_outcome="L"), lines(reading_scaled="104", maths_scaled="111"))

    assert one.out == {0: "Reading: L, left before it was taken", 1: "Writing: No result is recorded"}


def test_gps_is_no_part_of_the_combined_figure() -> None:
    assert told("rwm-expected", lines(**MET, gps_scaled="80")).achieved


def test_a_code_without_a_rule_is_flagged_and_counted_nowhere() -> None:
    one = told("reading-expected", lines(reading_outcome="F"), lines(reading_outcome="zz"), lines(reading_scaled="130"))

    assert one.flagged == {0, 1, 2}
    assert one.counted == 0
    assert one.out[1] == "zz: not a result of 2026 with a known rule"
    assert "to be taken in a later year" in one.out[0]
    assert told("rwm-expected", lines(**MET, reading_outcome="F")).flagged == {0}


def test_a_code_goes_before_a_score_that_stands_beside_it() -> None:
    one = told("reading-average", lines(reading_scaled="104", reading_outcome="Q"), lines(reading_scaled="98"))

    assert one.scores == {1: 98}


def test_an_outcome_alone_says_what_it_can() -> None:
    alone = [lines(reading_outcome="AS"), lines(reading_outcome="NS")]

    assert set(told("reading-expected", *alone).achieved) == {0}
    assert set(told("reading-higher", *alone).short) == {1}
    assert told("reading-higher", *alone).out == {0: "AS alone: the scaled score is not recorded"}
    assert told("reading-average", *alone).counted == 0


def test_special_consideration_leaves_the_counting_to_the_score() -> None:
    assert told("reading-expected", lines(reading_scaled="104", reading_outcome="CA")).achieved
    assert told("reading-expected", lines(reading_outcome="CA")).flagged == {0}


def test_a_code_in_the_place_of_a_score_is_read_as_one() -> None:
    assert told("reading-expected", lines(reading_scaled="A")).short == {0: "A, absent"}


def test_results_that_are_not_final_or_not_englands_are_not_counted() -> None:
    early, welsh = line("ks2-writing", "EXS", status="P"), line("ks2-writing", "EXS", locale="WLS")
    one = told("writing-expected", [early], [welsh])

    assert one.out == {0: "EXS: the result is not final", 1: "No result is recorded"}


def test_two_results_that_differ_are_counted_nowhere_and_shown() -> None:
    twice = [line("ks2-writing", "EXS"), line("ks2-writing", "WTS")]
    same = [line("ks2-writing", "EXS"), line("ks2-writing", "EXS")]
    one = told("writing-expected", twice, same)

    assert one.out == {0: "EXS/WTS: two results that differ"}
    assert set(one.achieved) == {1}


def test_a_problem_with_a_test_or_an_outcome_is_said() -> None:
    early = [line("reading-outcome", "AS", status="P")]

    assert told("reading-expected", early).out == {0: "AS: the result is not final"}
    score = [line("reading-scaled", "104", status="P")]
    assert told("reading-expected", score).out == {0: "104: the result is not final"}


def test_the_standard_of_a_year_that_nobody_has_told_is_not_guessed() -> None:
    pupil = lines(2026, phonics="38")

    assert told("phonics-year-1", pupil).out == {0: "38 of 40: the standard of 2026 is not known here"}
    assert told("phonics-year-1", pupil, standards={2026: 33}).achieved == {0: "38 of 40, standard 33"}


def test_by_the_end_of_year_2_says_in_which_year_it_was_met() -> None:
    early = [*lines(2024, phonics="36")]
    late = [*lines(2024, phonics="12"), *lines(2025, phonics="33")]
    waits = [*lines(2024, phonics="12")]
    one = told("phonics-year-2", early, late, waits, [], year=2025)

    assert one.achieved == {0: "36 of 40, standard 32, in Year 1", 1: "33 of 40, standard 32"}
    assert one.out == {2: "Not met in Year 1, and no result of Year 2", 3: "No result is recorded"}


def test_the_check_taken_in_autumn_2021_counts_by_the_end_of_year_2() -> None:
    of_its_year, of_the_next = lines(2021, phonics="34"), lines(2022, phonics="35")

    assert len(told("phonics-year-2", of_its_year, of_the_next, year=2022).achieved) == 2


def goals(text: str, *, letter: str = "e", **others: str) -> list:
    every = {f"{letter}{n:02}": text for n in range(1, 18)} | others
    return lines(2026 if letter == "e" else 2019, **every)


def test_the_good_level_agrees_with_what_a_pupils_page_says() -> None:
    pupils = [goals("2"), goals("2", e03="1"), goals("2", e16="1"), goals("A"), goals("2")[:11]]
    one = told("gld", *pupils)

    said = [good_level(pupil) for pupil in pupils]
    assert [level.result if level else None for level in said] == ["Yes", "No", "Yes", "Not assessed", None]
    assert set(one.achieved) == {0, 2}
    assert one.short == {1: "11 of 12 goals"}
    assert one.out == {3: "A, not assessed", 4: "1 of 12 goals have no result"}
    assert told("gld", goals("2", e01="9")).flagged == {0}
    assert set(told("gld", goals("3", letter="g"), year=2019).achieved) == {0}


def test_pupils_who_were_not_there_are_named_beside_the_others() -> None:
    one = told("gld", goals("2"), absent={9: "Not on roll on 30 June 2026"})

    assert one.out == {9: "Not on roll on 30 June 2026"}


def test_no_measure_gives_one_pupil_a_progress_score() -> None:
    assert not [name for name in MEASURES if "progress" in name]
    words = [*dir(measures), *dir(verdicts)]
    assert not [word for word in words if "progress" in word.lower()]
    assert {"achieved", "short", "out", "flagged", "scores"} == set(MeasureTally.__slots__)
    assert {"effect", "why", "score"} == set(verdicts.Verdict.__slots__)
    # A score is the pupil's own, as it came: never a difference from anybody else's.
    one = told("reading-average", lines(reading_scaled="104"), lines(reading_scaled="90"))
    assert one.scores == {0: 104, 1: 90}


def of(achieved: int, short: int) -> MeasureTally:
    return MeasureTally(
        dict.fromkeys(range(achieved), ""), dict.fromkeys(range(100, 100 + short), ""), {}, frozenset(), {}
    )


@pytest.mark.parametrize(
    ("achieved", "short", "tells"),
    [(20, 10, False), (30, 0, False), (0, 30, False), (27, 3, True), (5, 25, True), (6, 24, False), (4, 0, True)],
)
def test_few_pupils_are_hidden_from_an_anonymous_reader(achieved: int, short: int, tells: bool) -> None:
    assert is_telling(MEASURES["gld"], of(achieved, short)) is tells


def test_what_is_hidden_cannot_be_taken_away_from_what_is_shown() -> None:
    expected, higher, gld = (MEASURES[name] for name in ("rwm-expected", "rwm-higher", "gld"))

    assert hidden({"rwm-expected": (expected, of(20, 10)), "rwm-higher": (higher, of(17, 13))}) == {"rwm-higher"}
    assert hidden({"rwm-expected": (expected, of(20, 10)), "rwm-higher": (higher, of(8, 22))}) == set()
    assert hidden({"rwm-higher": (higher, of(8, 22)), "gld": (gld, of(29, 1))}) == {"gld"}


def test_an_average_of_few_is_hidden_too() -> None:
    mean = MEASURES["reading-average"]

    assert is_telling(mean, of(5, 0))
    assert not is_telling(mean, of(6, 0))
    assert value_of(mean, of(0, 0)) == "–"


def test_a_row_says_what_it_comes_to_and_why_somebody_is_not_counted() -> None:
    none: dict[int, int] = {}

    assert comes_to("ks2", 2026, lines(**MET), none) == Comes("Expected", kind="met")
    assert comes_to("ks2", 2026, lines(reading_scaled="110", maths_scaled="120", ks2_writing="GDS"), none).words == (
        "Higher"
    )
    assert comes_to("ks2", 2026, lines(**{**MET, "maths_scaled": "90"}), none) == Comes("Not met", kind="short")
    assert comes_to("ks2", 2026, lines(**MET, reading_outcome="L"), none).kind == "out"
    assert comes_to("ks2", 2026, lines(**MET, reading_outcome="F"), none).kind == "flag"
    assert comes_to("ks2", 2026, [], none) == Comes("")
    assert comes_to("tables", 2026, lines(tables="25"), none) == Comes("")
    assert comes_to("phonics-1", 2025, lines(2025, phonics="12"), none).words == "Not met"


@pytest.mark.parametrize(
    ("measure", "text", "kept"),
    [
        ("gld", "71", "71%"),
        ("gld", "71.5 %", "71.5%"),
        ("gld", "100", "100%"),
        ("gld", "0", "0%"),
        ("reading-average", "104", "104.0"),
        ("phonics-standard", "32", "32"),
    ],
)
def test_an_official_figure_is_said_as_it_was_published(measure: str, text: str, kept: str) -> None:
    value = entered(measure, text)

    assert isinstance(value, Decimal)
    assert said(measure, value) == kept


def test_a_standard_has_a_title_like_any_measure() -> None:
    assert title_of("phonics-standard") == "Standard of the phonics check"
    assert title_of("gld") == "Early years: good level of development"
    assert [is_mark(name) for name in ("phonics-standard", "gld")] == [True, False]
