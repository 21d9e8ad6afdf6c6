"""The ranges of a scheme in words, and which marks have a mean."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.curriculum.rules_schemes import BandRule, Kind, Reading, Scale, Sitting, band_of
from itrack.reports.rules.scores import OF_TWO, mean_of, no_mean, ranges, said

USUAL = Scale(
    1,
    "Scores",
    Kind.STANDARDISED,
    rules=tuple(
        BandRule(band, "", Decimal(at))
        for band, at in (("below", 70), ("towards", 85), ("expected", 95), ("greater", 116))
    ),
)


def test_the_usual_ranges_are_said_as_teachers_say_them() -> None:
    assert [(one.band, one.words) for one in ranges(USUAL)] == [
        ("below", "under 85"),
        ("towards", "85 to 94"),
        ("expected", "95 to 115"),
        ("greater", "116 and above"),
    ]


@given(st.integers(70, 130))
def test_a_score_lies_in_the_range_of_its_band(score: int) -> None:
    band = band_of(Reading(str(score), None, Decimal(score)), USUAL, Sitting())
    words = {one.band: one.words for one in ranges(USUAL)}[band]

    low, _, high = words.replace("under ", "0 to <").replace(" and above", " to 999").partition(" to ")
    assert int(low) <= score
    assert score < int(high[1:]) if high.startswith("<") else score <= int(high)


@pytest.mark.parametrize("kind", [Kind.RELATIVE, Kind.LADDER, Kind.CODED, Kind.AGE])
def test_what_has_no_distances_has_no_mean(kind: Kind) -> None:
    assert no_mean([kind.value])


@pytest.mark.parametrize("kind", [Kind.STANDARDISED, Kind.SCALED, Kind.PERCENTAGE])
def test_scores_have_a_mean(kind: Kind) -> None:
    assert no_mean([kind.value]) == ""


def test_two_kinds_have_no_common_mean() -> None:
    assert no_mean(["standardised", "scaled"]) == OF_TWO


@given(st.lists(st.integers(70, 130), min_size=1))
def test_a_mean_is_rounded_once(scores: list[int]) -> None:
    exact = sum(scores) / len(scores)

    assert abs(float(said(mean_of([Decimal(score) for score in scores]))) - exact) <= 0.05 + 1e-9
