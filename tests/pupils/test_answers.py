"""What each flag says of a pupil on a day, on what ground, and that one follows from the other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.viewer import Role
from itrack.pupils.rules_answers import Fact, Facts, Flag, Override, Source, answer, by_the_record, years_before
from itrack.pupils.rules_columns import SETS, flags_hidden_from, may_set, reasons_hidden_from
from itrack.pupils.rules_reasons import SAYS, TITLES, reason, says, source_in_words, source_of

DAY = date(2026, 11, 2)
BORN = date(2018, 5, 1)  # Reception from September 2022
OLDER = date(2015, 12, 1)  # Reception from September 2020, Year 6 on that day
FILE = Source("import", date(2026, 11, 1), "Olu Office")


def facts(born: date = BORN, language: str = "ENG", **told) -> Facts:
    return Facts("F", born, language, **told)


def spell(starts: str = "", ends: str = "", code: str = "") -> Fact:
    return Fact(date.fromisoformat(starts) if starts else None, date.fromisoformat(ends) if ends else None, code, FILE)


def set_to(flag: str, word: str, year: int = 2026) -> dict:
    return {(flag, year): Override(word, Source("flags", date(2026, 11, 2), "Hana Head"))}


NO_NEED = "No special educational need since 5 January 2026"
MEALS = [
    ((), "no", "nothing recorded"),
    ((spell("2024-09-01"),), "yes", "free meals since 1 September 2024"),
    ((spell("2024-09-01", "2026-11-02"),), "yes", "free meals until 2 November 2026"),
    ((spell("2024-09-01", "2026-11-01"),), "no", "free meals until 1 November 2026"),
    ((spell("2026-11-02"),), "yes", "free meals since 2 November 2026"),
    ((spell("2026-11-03"),), "no", "nothing recorded"),
    ((spell(),), "yes", "free meals"),
    ((spell("2020-09-01", "2021-07-20"), spell("2023-09-01", "2023-12-01")), "no", "free meals until 1 December 2023"),
]


@pytest.mark.parametrize(("told", "expected", "why"), MEALS)
def test_free_meals_carry_on_until_they_are_ended(told, expected, why) -> None:
    found = answer(Flag.FREE_MEALS, facts(meals=told), DAY)

    assert (found.says, reason(found)) == (expected, why)


EVER_SIX = [
    (BORN, (spell("2022-09-01", "2022-09-01"),), "yes", "free meals until 1 September 2022"),
    (BORN, (spell("2021-09-01", "2022-08-31"),), "no", "free meals until 31 August 2022"),  # nursery alone
    (BORN, (spell("2021-09-01", "2022-09-01"),), "yes", "free meals until 1 September 2022"),
    (OLDER, (spell("2020-09-01", "2020-11-01"),), "no", "free meals until 1 November 2020"),
    (OLDER, (spell("2020-09-01", "2020-11-02"),), "yes", "free meals until 2 November 2020"),
    (BORN, (spell("2026-11-02"),), "yes", "free meals since 2 November 2026"),
    (BORN, (spell("2026-11-03"),), "no", "nothing recorded"),
    (BORN, (spell("", ""),), "yes", "free meals"),
    (date(2022, 10, 1), (spell("2025-09-01"),), "no", "not yet in Reception, from where it counts"),
    (BORN, (spell("", "2023-07-14"), spell("2024-01-01", "2024-02-01")), "yes", "free meals until 1 February 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("born", "told", "expected", "why"), EVER_SIX)
def test_ever_six_looks_six_years_back_and_not_before_reception(born, told, expected, why) -> None:
    found = answer(Flag.EVER_SIX, facts(born, meals=told), DAY)

    assert (found.says, reason(found)) == (expected, why)


def test_ever_six_of_a_deferred_child_begins_with_their_own_reception() -> None:
    nursery = (spell("2022-09-01", "2023-08-31"),)

    assert answer(Flag.EVER_SIX, facts(meals=nursery), DAY).says == "yes"
    assert answer(Flag.EVER_SIX, facts(meals=nursery, years={2026: "3"}), DAY).says == "no"


@pytest.mark.parametrize(
    ("word", "year", "expected"),
    [("yes", 2024, "yes"), ("no", 2024, "no"), ("unknown", 2024, "unknown"), ("yes", 2019, "no"), ("yes", 2027, "no")],
)
def test_what_the_school_says_of_a_year_of_free_meals_counts_in_ever_six(word, year, expected) -> None:
    found = answer(Flag.EVER_SIX, facts(overrides=set_to("fsm", word, year)), DAY)

    assert found.says == expected
    if year == 2024:
        assert reason(found) == "free meals set by the school for 2024/25"


def test_a_year_of_free_meals_that_the_school_denies_leaves_the_other_years() -> None:
    told = facts(meals=(spell("2025-09-01"),), overrides=set_to("fsm", "no"))

    assert answer(Flag.FREE_MEALS, told, DAY).says == "no"
    assert answer(Flag.EVER_SIX, told, DAY).says == "yes"
    assert by_the_record(Flag.FREE_MEALS, told, DAY).says == "yes"


DAYS = st.dates(date(2019, 1, 1), date(2027, 6, 1))
SPELLS = st.lists(st.tuples(DAYS, st.none() | st.integers(0, 700)), max_size=3)
WORDS = st.dictionaries(
    st.tuples(st.just("fsm"), st.integers(2019, 2027)), st.sampled_from(["yes", "no", "unknown"]), max_size=4
)


@given(SPELLS, WORDS, st.dates(date(2014, 9, 1), date(2022, 8, 31)), st.dates(date(2024, 9, 1), date(2027, 8, 31)))
def test_ever_six_is_free_meals_asked_of_every_day(spells, words, born, on) -> None:
    """A naive oracle: the answer of each single day, one after the other."""
    told = tuple(Fact(first, first + timedelta(days=n) if n is not None else None) for first, n in spells)
    known = facts(born, meals=told, overrides={key: Override(word) for key, word in words.items()})
    reception = date(born.year + 5 - (born.month < 9), 9, 1)
    day, said = max(years_before(on, 6), reception), set()
    while day <= on:
        said.add(answer(Flag.FREE_MEALS, known, day).says)
        day += timedelta(days=1)

    expected = next((word for word in ("yes", "unknown") if word in said), "no")
    assert answer(Flag.EVER_SIX, known, on).says == expected


CARE = [
    ((), "no", "no", "no"),
    ((spell(code="yes"),), "yes", "no", "yes"),
    ((spell(code="no"),), "no", "no", "no"),
    ((spell("2024-01-01", "2026-10-01", "yes"),), "no", "unknown", "unknown"),
    ((spell("2024-01-01", "2025-10-01", "yes"), spell("2026-01-01", "", "yes")), "yes", "unknown", "yes"),
]


@pytest.mark.parametrize(("told", "now", "before", "disadvantaged"), CARE)
def test_care_makes_disadvantaged_and_how_it_ended_is_not_guessed(told, now, before, disadvantaged) -> None:
    known = facts(care=told)

    assert [answer(flag, known, DAY).says for flag in (Flag.CARE, Flag.AFTER_CARE, Flag.DISADVANTAGED)] == [
        now, before, disadvantaged,
    ]  # fmt: skip


def test_each_reason_is_named() -> None:
    told = facts(meals=(spell("2023-01-09", "2023-07-14"),), care=(spell(code="yes"),), service=(spell(code="Y"),))

    assert reason(answer(Flag.DISADVANTAGED, told, DAY)) == "Ever-6: free meals until 14 July 2023; in care"
    assert reason(answer(Flag.PREMIUM, told, DAY)).endswith("in care; service child: recorded as Yes")
    assert reason(answer(Flag.DISADVANTAGED, facts(), DAY)) == "none of its reasons holds"


SERVICE = [("Y", "yes"), ("N", "no"), ("U", "unknown"), ("R", "unknown"), ("?", "unknown")]


@pytest.mark.parametrize(("code", "expected"), SERVICE)
def test_a_service_child_brings_premium_and_is_not_disadvantaged_for_it(code, expected) -> None:
    told = facts(service=(spell(code=code),))

    assert answer(Flag.SERVICE, told, DAY).says == answer(Flag.PREMIUM, told, DAY).says == expected
    assert answer(Flag.DISADVANTAGED, told, DAY).says == "no"


@pytest.mark.parametrize(
    ("told", "expected", "why"),
    [
        ((), "unknown", "nothing recorded"),
        ((spell("2025-09-01", "", "K"),), "K", "SEN support since 1 September 2025"),
        ((spell("2025-09-01", "2026-07-20", "K"),), "no", "SEN support until 20 July 2026"),
        ((spell("2025-09-01", "", "K"), spell("2026-01-05", "", "N")), "no", NO_NEED),
        ((spell("2012-09-01", "", "A"),), "unknown", "School Action since 1 September 2012"),
        ((spell("2012-09-01", "", "S"),), "E", "Statement since 1 September 2012"),
    ],
)  # fmt: skip
def test_sen_is_what_covers_the_day(told, expected, why) -> None:
    found = answer(Flag.SEN, facts(sen=told), DAY)

    assert (found.says, reason(found)) == (expected, why)


@pytest.mark.parametrize(
    ("code", "expected", "why"),
    [("POL", "yes", "Polish"), ("ENG", "no", "English"), ("REF", "unknown", "Not said"), ("XYZ", "yes", "XYZ")],
)
def test_the_first_language_says_whether_english_is_additional(code, expected, why) -> None:
    found = answer(Flag.LANGUAGE, facts(language=code), DAY)

    assert (found.says, reason(found)) == (expected, why)


@pytest.mark.parametrize("flag", list(Flag))
def test_the_schools_word_stands_before_the_record_in_its_year_alone(flag) -> None:
    known = facts(meals=(spell("2024-09-01"),), overrides=set_to(flag, "unknown"))
    found, a_year_ago = answer(flag, known, DAY), answer(flag, known, date(2026, 8, 31))

    assert (found.says, says(found), reason(found)) == ("unknown", "Not known", "set by the school for 2026/27")
    assert source_in_words(source_of(found)) == "set by Hana Head, 2 November 2026"
    assert a_year_ago == by_the_record(flag, known, date(2026, 8, 31))


@given(SPELLS, WORDS)
def test_whoever_is_disadvantaged_brings_premium(spells, words) -> None:
    told = tuple(Fact(first, first + timedelta(days=n) if n is not None else None) for first, n in spells)
    known = facts(meals=told, overrides={key: Override(word) for key, word in words.items()})

    assert answer(Flag.PREMIUM, known, DAY).says == answer(Flag.DISADVANTAGED, known, DAY).says


def test_an_answer_says_where_it_came_from() -> None:
    known = facts(meals=(spell("2024-09-01"),))

    assert source_in_words(source_of(answer(Flag.DISADVANTAGED, known, DAY))) == "transfer file of 1 November 2026"
    assert source_in_words(source_of(answer(Flag.CARE, known, DAY))) == ""
    assert source_in_words(Source("wonde", DAY, "Olu Office")) == "changed by Olu Office, 2 November 2026"


def test_every_flag_has_a_title_and_every_word_its_words() -> None:
    assert TITLES.keys() == set(Flag)
    assert SAYS.keys() == {"yes", "no", "unknown", "K", "E"}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_sets_a_flag_they_are_not_told(role) -> None:
    assert not may_set(role) & flags_hidden_from(role)
    assert bool(reasons_hidden_from(role)) == (Flag.CARE in flags_hidden_from(role))
    assert bool(may_set(role)) == (role in SETS)


def test_six_years_before_a_leap_day_is_the_28th() -> None:
    assert years_before(date(2024, 2, 29), 6) == date(2018, 2, 28)


def test_care_that_ended_is_told_without_a_guess_how() -> None:
    told = facts(care=(spell("2020-01-01", "2024-07-31", "yes"),))

    said = answer(Flag.AFTER_CARE, told, DAY)

    assert said.says == "unknown"
    assert reason(said) == "in care until 31 July 2024, and how it ended is not recorded"
