"""What is put into the form to begin with: from an earlier mark, and from statutory results."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.assessment.rules.results import ResultLine
from itrack.curriculum.rules import BANDS
from itrack.curriculum.rules_reading import read
from itrack.curriculum.rules_schemes import BandRule, Kind, Option, Reading, Scale, Sitting, band_of
from itrack.targets.rules.suggesting import bands_of_results, code_for, suggestion


def options(*told: tuple[str, str]) -> dict[str, Option]:
    return {code: Option(place, code, code, band) for place, (code, band) in enumerate(told, start=1)}


LETTERS = Scale(1, "", Kind.RELATIVE, options(("B", "below"), ("W", "towards"), ("E", "expected"), ("A", "")))
LADDER = Scale(
    2, "", Kind.LADDER, options(("4B", ""), ("4W", ""), ("4S", "")),
    rules=(
        *(BandRule(band, code, slot=2) for code, band in (("4B", "expected"), ("4W", "greater"), ("4S", "greater"))),
        *(BandRule(band, code, slot=6) for code, band in (("4B", "below"), ("4W", "towards"), ("4S", "expected"))),
    ),
)  # fmt: skip
CUTS = (BandRule("below", at_least=Decimal(60)), BandRule("expected", at_least=Decimal(95)))
SCORES = Scale(3, "", Kind.STANDARDISED, options(("A", "")), rules=CUTS)
AGES = Scale(4, "", Kind.AGE, rules=tuple(BandRule(band, at_least=Decimal(n)) for band, n in (("expected", 0),)))
END = Sitting("4", 6, 3, 108)


@pytest.mark.parametrize(
    ("scale", "code", "band", "suggested"),
    [
        (LETTERS, "W", "towards", "W"),
        (LETTERS, "2:E", "below", "2:E"),
        (LETTERS, "", "expected", "E"),
        (LETTERS, "", "greater", ""),  # no mark of this scheme means it
        (LETTERS, "", "", ""),
        (LETTERS, "GDS", "expected", "E"),  # written by an earlier scheme: what it meant counts
        (SCORES, "104", "expected", "104"),
        (SCORES, "", "expected", "95"),
        (SCORES, "", "below", "70"),  # the threshold lies under the scale, so its lowest score
        (SCORES, "", "greater", ""),
        # Expected by autumn is no longer expected in summer, so the step that will be is suggested.
        (LADDER, "4B", "expected", "4S"),
        (LADDER, "4W", "greater", ""),
        (AGES, "8:06", "expected", "9:00"),
    ],
)
def test_a_mark_is_suggested(scale, code, band, suggested) -> None:
    assert suggestion(code, band, scale, END) == suggested


def test_without_a_date_of_birth_no_age_is_suggested() -> None:
    assert code_for("expected", AGES, Sitting("4", 6, 3, None)) == ""


def line(stage: str, subject: str, component: str, result: str, method: str = "TA") -> ResultLine:
    return ResultLine(stage, "ENG", 2024, subject, method, component, "R", "NL", result, date(2024, 7, 1), True)


def test_key_stage_1_speaks_before_the_early_goals_and_of_two_goals_the_lower_counts() -> None:
    goals = [line("FSP", "", code, result) for code, result in (("E08", "2"), ("E09", "1"), ("E10", "2"), ("E11", "2"))]
    more = [line("FSP", "", "E12", "2"), line("FSP", "", "E01", "1"), line("FSP", "", "G12", "A")]
    judged = [line("KS1", "ENG", "WRI", "GDS"), line("KS1", "MAT", "SUB", "PK4"), line("KS1", "SCI", "SUB", "A")]
    tested = [line("KS1", "ENG", "REA", "EXS", method="TT"), line("KS1", "ENG", "GPS", "EXS")]

    assert bands_of_results(goals + more) == {"reading": "towards", "writing": "expected", "maths": "expected"}
    assert bands_of_results([*judged, *goals, *more, *tested]) == {
        "reading": "towards",
        "writing": "greater",
        "maths": "below",
    }


cuts = st.lists(st.integers(60, 140), min_size=1, max_size=4, unique=True).map(sorted)


@given(cuts, st.sampled_from([band.code for band in BANDS]))
def test_a_suggested_score_reads_and_means_the_band_it_was_suggested_for(starts, band) -> None:
    rules = tuple(BandRule(told.code, at_least=Decimal(at)) for told, at in zip(BANDS, starts, strict=False))
    scale = Scale(3, "", Kind.STANDARDISED, rules=rules)

    code = code_for(band, scale, END)

    told = read(code, scale) if code else None
    assert told is None or (isinstance(told, Reading) and band_of(told, scale, END) == band)
