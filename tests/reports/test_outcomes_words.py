"""What the report says of a statutory measure, sentence by sentence."""

from fractions import Fraction

import pytest

from itrack.reports.rules.outcomes import OTHER_PUPILS, Year, stood, told
from itrack.statutory.rules.measures import MEASURES


def of(part: int | None, counted: int) -> dict:
    return {"part": part, "counted": counted, "value": Fraction(part or 0, counted)}


NOT_KNOWN = "The national figure of 2026 is not known here."
EXAMPLES = [
    (
        [Year(2026, **of(33, 58))],
        f"In 2026, 33 of 58 pupils counted met the standard of the phonics check in Year 1 (57%). {NOT_KNOWN}",
    ),
    (
        [Year(2026, **of(33, 58), national=Fraction(62, 100))],
        "33 of 58 pupils counted met the standard of the phonics check in Year 1 (57%). Nationally it was "
        "62%: the school’s is 5 points lower.",
    ),
    ([Year(2026, **of(36, 58), national=Fraction(62, 100))], "Nationally it was 62%: less than one pupil apart."),
    (
        [Year(2026, **of(30, 30), national=Fraction(62, 100))],
        "In 2026, all 30 pupils counted met the standard of the phonics check in Year 1. Nationally it was "
        "62%: the school’s is 38 points higher. One pupil is 3 points.",
    ),
    ([Year(2026, **of(0, 30))], "In 2026, none of 30 pupils counted met the standard"),
    ([Year(2026, **of(1, 1))], "In 2026, the one pupil counted met the standard of the phonics check in Year 1."),
    ([Year(2026, **of(0, 1))], "In 2026, the one pupil counted was not among those who met the standard"),
    ([Year(2026, **of(2, 3))], "Fewer than 5 pupils are counted: read it with care."),
    ([Year(2025, **of(5, 10)), Year(2026, **of(33, 58))], f"The school’s was 50% in 2025. {OTHER_PUPILS}"),
    (
        [Year(2024, **of(1, 8)), Year(2025, **of(5, 10)), Year(2026, **of(33, 58))],
        "The school’s was 13% in 2024 and 50% in 2025.",
    ),
    (
        [Year(2026, None, 0, official=Fraction(62, 100))],
        "No pupils of 2026 are counted here. The official figure of 2026 is 62%.",
    ),
    (
        [Year(2026, **of(33, 58), official=Fraction(60, 100), national=Fraction(655, 1000))],
        "Nationally it was 65.5%: the school’s is 6 points lower.",
    ),
    (
        [Year(2026, None, 58, Fraction(33, 58))],
        "In 2026, 57% of 58 pupils counted met the standard of the phonics check in Year 1.",
    ),
    ([Year(2025, **of(33, 58)), Year(2026, None, 0)], "In 2025, 33 of 58 pupils counted"),
]


@pytest.mark.parametrize(("years", "said"), EXAMPLES)
def test_a_measure_is_told_with_its_numbers_and_its_care(years: list[Year], said: str) -> None:
    [finding] = told("phonics-year-1", years)

    assert said in finding.text


def test_an_average_is_told_as_an_average() -> None:
    [finding] = told("reading-average", [Year(2026, 58, 58, Fraction(1034, 10), national=Fraction(105))])

    assert finding.text == (
        "In 2026 the average scaled score in reading was 103.4, of 58 pupils. "
        "Nationally it was 105.0: the school’s is 1.6 lower."
    )


def test_nothing_is_said_where_there_is_no_figure() -> None:
    assert told("gld", [Year(2025, None, 0), Year(2026, None, 0, national=Fraction(1, 2))]) == []


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_words(measure: str) -> None:
    [finding] = told(measure, [Year(2026, 1, 1, Fraction(1))])

    assert finding.text.startswith("In 2026")
    assert "counted were" not in finding.text


def test_a_share_of_our_own_is_whole_wherever_it_stands_and_an_official_one_as_published() -> None:
    assert stood("gld", Year(2026, **of(1, 8))) == "13%"
    assert stood("gld", Year(2026, **of(1, 8), official=Fraction(125, 1000))) == "12.5%"
    assert stood("gld", Year(2026, None, 0)) == ""
