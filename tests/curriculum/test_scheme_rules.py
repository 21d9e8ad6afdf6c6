"""What a typed mark is taken for, which band it means, and which sums it bears."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.curriculum.rules import BANDS
from itrack.curriculum.rules_reading import Unread, read, short
from itrack.curriculum.rules_schemes import (
    NUMERIC,
    BandRule,
    Kind,
    Option,
    Reading,
    Scale,
    Sitting,
    Sum,
    band_of,
    bears,
    percentile,
    rules_data,
    rules_of,
    shown,
    why_not,
)
from itrack.curriculum.rules_usual import usual

ORDER = [band.code for band in BANDS]


def scale(kind: Kind, *rules: BandRule, codes: str = "A", **told: object) -> Scale:
    options = {code: Option(place, code, f"Mark {code}", "") for place, code in enumerate(codes.split(), start=1)}
    return Scale(7, "Paper", kind, options, rules=rules, **told)


def usual_scale(kind: Kind) -> Scale:
    told = usual(kind)
    options = {code: Option(place, code, name, band) for place, (code, name, band) in enumerate(told.marks, start=1)}
    return Scale(7, "Paper", kind, options, rules=told.rules)


@pytest.mark.parametrize(
    ("kind", "typed", "code", "score"),
    [
        (Kind.STANDARDISED, "104", "104", 104),
        (Kind.STANDARDISED, " 070 ", "70", 70),
        (Kind.STANDARDISED, "130", "130", 130),
        (Kind.SCALED, "80", "80", 80),
        (Kind.PERCENTAGE, "62.5%", "62.5", Decimal("62.5")),
        (Kind.PERCENTAGE, "100", "100", 100),
        (Kind.PERCENTAGE, "7.50", "7.5", Decimal("7.5")),
        (Kind.AGE, "7:3", "7:03", 87),
        (Kind.AGE, "7.03", "7:03", 87),
        (Kind.AGE, "7y 11m", "7:11", 95),
    ],
)
def test_a_score_is_read_as_its_kind_writes_it(kind: Kind, typed: str, code: str, score: Decimal) -> None:
    assert read(typed, scale(kind)) == Reading(code, None, Decimal(score))


@pytest.mark.parametrize(
    ("kind", "typed", "why", "instead"),
    [
        (Kind.STANDARDISED, "69", "69 is out of range.", "Type 70 to 130, or A."),
        (Kind.STANDARDISED, "131", "131 is out of range.", "Type 70 to 130, or A."),
        (Kind.STANDARDISED, "104.5", "104.5 is not a score here.", "Type 70 to 130, or A."),
        (Kind.STANDARDISED, "=1+1", "=1+1 is not a score here.", "Type 70 to 130, or A."),
        (Kind.STANDARDISED, "١٠٤", "١٠٤ is not a score here.", "Type 70 to 130, or A."),
        (Kind.PERCENTAGE, "100.01", "100.01 is out of range.", "Type 0 to 100, or A."),
        (Kind.PERCENTAGE, "half", "HALF is not a score here.", "Type 0 to 100, or A."),
        (Kind.AGE, "7:12", "7:12 is not a score here.", "Type 3:00 to 18:00, or A."),
        (Kind.AGE, "87", "87 is not a score here.", "Type 3:00 to 18:00, or A."),
        (Kind.AGE, "2:11", "2:11 is out of range.", "Type 3:00 to 18:00, or A."),
        (Kind.RELATIVE, "Z", "Z is not a mark here.", "Type A."),
    ],
)
def test_what_is_no_mark_is_said_with_what_can_be_typed(kind: Kind, typed: str, why: str, instead: str) -> None:
    assert read(typed, scale(kind)) == Unread(why, instead)


@pytest.mark.parametrize("typed", ["\u200fA", "a\u200e", "\u202eA\u202c", "\ufeffA\u00a0", " \u200bA"])
def test_signs_that_nobody_sees_are_no_part_of_a_mark(typed: str) -> None:
    told = read(typed, scale(Kind.STANDARDISED))

    assert isinstance(told, Reading)
    assert told.code == "A"


def test_a_scheme_says_what_it_takes_whatever_it_has() -> None:
    assert read("Z", scale(Kind.RELATIVE, codes="B W E")) == Unread("Z is not a mark here.", "Type B, W or E.")
    assert read("Z", scale(Kind.RELATIVE, codes="")) == Unread("Z is not a mark here.", "")
    assert read("9", scale(Kind.SCALED, codes="")) == Unread("9 is out of range.", "Type 80 to 120.")
    narrow = scale(Kind.SCALED, codes="", lowest=Decimal(85), highest=Decimal(115))
    assert read("84", narrow) == Unread("84 is out of range.", "Type 85 to 115.")
    assert short("x" * 40) == "xxxxxxxxxxx…"


@pytest.mark.parametrize(
    ("typed", "code", "year"),
    [("2:e", "2:E", "2"), ("2E", "2:E", "2"), ("0E", "R:E", "R"), ("N1:E", "N1:E", "N1"), ("14:e", "14:E", "14"),
     ("E", "E", ""), ("2: E", "2:E", "2")],
)  # fmt: skip
def test_a_mark_may_be_against_another_year(typed: str, code: str, year: str) -> None:
    told = read(typed, usual_scale(Kind.RELATIVE))

    assert isinstance(told, Reading)
    assert (told.code, told.of_year) == (code, year)


def test_a_year_is_not_read_into_what_has_none() -> None:
    digits = scale(Kind.CODED, codes="1 2E X")
    assert read("2E", digits) == Reading("2E", 2, None)
    assert isinstance(read("3X", digits), Unread)
    assert isinstance(read("2:1B", usual_scale(Kind.LADDER)), Unread)
    assert isinstance(read("2E", scale(Kind.SCALED)), Unread)
    assert isinstance(read("2:Z", usual_scale(Kind.RELATIVE)), Unread)
    assert read("3:A", usual_scale(Kind.RELATIVE)) == Reading("A", 5, None), "absent is absent, of whatever year"
    assert read("2:104", scale(Kind.STANDARDISED)) == Reading("2:104", None, Decimal(104), "2")


@given(kind=st.sampled_from(sorted(NUMERIC)), data=st.data())
def test_a_score_as_it_is_shown_is_read_as_itself(kind: Kind, data: st.DataObject) -> None:
    held = scale(kind)
    low, high = (int(end) for end in held.range)
    score = Decimal(data.draw(st.integers(low, high)))
    if kind is Kind.PERCENTAGE and score < high:
        score += Decimal(data.draw(st.integers(0, 99))) / 100

    assert read(shown(score, kind), held) == Reading(shown(score, kind), None, score)


@given(st.text(max_size=20), st.sampled_from(list(Kind)))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str, kind: Kind) -> None:
    told = read(text, usual_scale(kind))

    if isinstance(told, Unread):
        assert told.why.endswith(".")
        assert told.instead.endswith(".")
    else:
        assert read(told.code, usual_scale(kind)) == told


BY = (
    BandRule("below", at_least=Decimal(70)),
    BandRule("expected", at_least=Decimal(100)),
    BandRule("below", at_least=Decimal(70), year_group="2"),
    BandRule("expected", at_least=Decimal(90), year_group="2"),
    BandRule("greater", at_least=Decimal(70), slot=6),
    BandRule("towards", at_least=Decimal(70), subject=3),
)


@pytest.mark.parametrize(
    ("score", "sitting", "band"),
    [
        (99, Sitting(), "below"),
        (100, Sitting(), "expected"),
        (69, Sitting(), ""),
        (95, Sitting("2"), "expected"),
        (95, Sitting("3"), "below"),
        (95, Sitting("3", 6), "greater"),
        (95, Sitting("2", 6), "expected"),
        (95, Sitting("2", 6, 3), "towards"),
    ],
)
def test_the_most_exact_rule_decides(score: int, sitting: Sitting, band: str) -> None:
    held = scale(Kind.STANDARDISED, *BY)

    assert band_of(Reading(str(score), None, Decimal(score)), held, sitting) == band


def test_a_code_means_its_own_band_unless_a_rule_says_another() -> None:
    held = usual_scale(Kind.RELATIVE)
    assert band_of(Reading("W", 2, None), held, Sitting("2")) == "towards"
    with_rule = Scale(7, "Paper", Kind.RELATIVE, held.options, rules=(BandRule("expected", code="W", year_group="R"),))
    assert band_of(Reading("W", 2, None), with_rule, Sitting("R")) == "expected"
    assert band_of(Reading("W", 2, None), with_rule, Sitting("1")) == "towards"
    assert band_of(Reading("A", 5, None), with_rule, Sitting("R")) == ""


def test_an_age_is_compared_with_the_own_one() -> None:
    held = usual_scale(Kind.AGE)
    told = Reading("7:06", None, Decimal(90))

    assert [band_of(told, held, Sitting(age=age)) for age in (78, 90, 96, 97, 102, 103)] == [
        "greater", "expected", "expected", "towards", "towards", "below",
    ]  # fmt: skip
    assert band_of(told, held, Sitting()) == ""


def test_a_percentage_has_no_band_until_somebody_gives_it_one() -> None:
    assert band_of(Reading("62", None, Decimal(62)), usual_scale(Kind.PERCENTAGE), Sitting("4")) == ""


@pytest.mark.parametrize(
    ("kind", "score", "band"),
    [
        (Kind.STANDARDISED, 70, "below"), (Kind.STANDARDISED, 84, "below"), (Kind.STANDARDISED, 85, "towards"),
        (Kind.STANDARDISED, 94, "towards"), (Kind.STANDARDISED, 95, "expected"), (Kind.STANDARDISED, 115, "expected"),
        (Kind.STANDARDISED, 116, "greater"), (Kind.STANDARDISED, 130, "greater"),
        (Kind.SCALED, 80, "below"), (Kind.SCALED, 89, "below"), (Kind.SCALED, 90, "towards"),
        (Kind.SCALED, 99, "towards"), (Kind.SCALED, 100, "expected"), (Kind.SCALED, 109, "expected"),
        (Kind.SCALED, 110, "greater"), (Kind.SCALED, 120, "greater"),
    ],
)  # fmt: skip
def test_the_usual_borders(kind: Kind, score: int, band: str) -> None:
    assert band_of(Reading(str(score), None, Decimal(score)), usual_scale(kind), Sitting("4")) == band


@given(st.integers(70, 130), st.integers(70, 130), st.sampled_from(["", "2", "4"]), st.integers(0, 6))
def test_a_higher_score_never_has_a_lower_band(one: int, other: int, year: str, slot: int) -> None:
    held = usual_scale(Kind.STANDARDISED)
    low, high = sorted((one, other))

    bands = [band_of(Reading(str(n), None, Decimal(n)), held, Sitting(year, slot)) for n in (low, high)]

    assert ORDER.index(bands[0]) <= ORDER.index(bands[1])


RULES = st.builds(
    BandRule,
    band=st.sampled_from(["", *ORDER]),
    code=st.sampled_from(["", "E", "2B"]),
    at_least=st.none() | st.decimals(-200, 200, places=2, allow_nan=False),
    year_group=st.sampled_from(["", "R", "2"]),
    slot=st.integers(0, 6),
    subject=st.integers(0, 99),
)


@given(st.lists(RULES))
def test_rules_stored_and_read_again_are_the_same(rules: list[BandRule]) -> None:
    assert list(rules_of(rules_data(rules))) == rules


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("sum_", list(Sum))
def test_each_kind_bears_a_sum_or_says_why_not(kind: Kind, sum_: Sum) -> None:
    assert bears(kind, sum_) == (why_not(kind, sum_) == "")


def test_what_the_kinds_bear() -> None:
    assert not bears(Kind.CODED, Sum.MEAN)
    assert not bears(Kind.RELATIVE, Sum.STEPS)
    assert bears(Kind.LADDER, Sum.STEPS)
    assert bears(Kind.STANDARDISED, Sum.PERCENTILE)
    assert not bears(Kind.SCALED, Sum.PERCENTILE)
    assert all(bears(kind, Sum.SHARE) for kind in Kind)
    assert all(bears(kind, Sum.MEAN) == (kind in NUMERIC) for kind in Kind)


@pytest.mark.parametrize(
    ("score", "per_cent"), [(100, 50), (115, 84), (85, 16), (70, 2), (130, 98), (40, 1), (160, 99)]
)
def test_a_standardised_score_has_its_percentile(score: int, per_cent: int) -> None:
    assert percentile(Decimal(score)) == per_cent


def test_a_scale_says_what_it_depends_on() -> None:
    assert scale(Kind.STANDARDISED, *BY).by_year
    assert not scale(Kind.STANDARDISED, BY[0]).by_year
    assert scale(Kind.CODED).range == (0, 0)
    assert not scale(Kind.LADDER).takes_a_year
    assert not scale(Kind.AGE).takes_a_year
    assert scale(Kind.RELATIVE).takes_a_year
