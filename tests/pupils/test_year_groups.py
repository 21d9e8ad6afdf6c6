"""Which year group a pupil is in, from what the record says of this and other years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.pupils.rules_answers import Fact, Facts
from itrack.pupils.rules_flags import flags, reading_order
from itrack.pupils.rules_years import (
    LADDER,
    natural_order,
    reception_year,
    why_year_group,
    year_group_name,
    year_group_of,
    year_group_order,
)

YEARS = st.integers(2015, 2035)


@pytest.mark.parametrize(
    ("known", "year", "expected"),
    [
        ({2026: "4"}, 2026, "4"),
        ({2025: "3"}, 2026, "4"),
        ({2025: "R"}, 2026, "1"),
        ({2024: "N1"}, 2026, "R"),
        ({2024: "N2"}, 2026, "1"),
        ({2027: "R"}, 2026, "N2"),
        ({2027: "1"}, 2026, "R"),
        ({2020: "4", 2025: "4"}, 2026, "5"),
        ({2025: "3", 2027: "3"}, 2026, "4"),
        ({2026: "Foundation"}, 2026, "Foundation"),
        ({2025: "Foundation"}, 2026, ""),
        ({2024: "2", 2025: "Foundation"}, 2026, "4"),
        ({2025: "X"}, 2026, "X"),
        ({2025: "14"}, 2026, ""),
        ({2027: "E1"}, 2026, ""),
        ({}, 2026, ""),
    ],
)
def test_the_nearest_year_on_record_tells(known: dict[int, str], year: int, expected: str) -> None:
    assert year_group_of(known, year) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2018, 5, 1), "4"),
        (date(2017, 9, 1), "4"),
        (date(2017, 8, 31), "5"),
        (date(2018, 8, 31), "4"),
        (date(2018, 9, 1), "3"),
        (date(2022, 8, 31), "R"),
        (date(2022, 9, 1), "N2"),
        (date(2024, 9, 1), ""),
        (date(1990, 1, 1), ""),
    ],
)
def test_the_date_of_birth_tells_where_the_record_is_silent(born: date, expected: str) -> None:
    assert year_group_of({}, 2026, born) == expected


def test_a_pupil_held_back_a_year_stays_out_of_step_with_their_age() -> None:
    assert year_group_of({2025: "2"}, 2026, date(2018, 5, 1)) == "3"


@given(said=YEARS, code=st.sampled_from(LADDER), step=st.integers(-3, 3))
def test_one_year_on_is_one_rung_up(said: int, code: str, step: int) -> None:
    here = year_group_of({said: code}, said + step)
    following = year_group_of({said: code}, said + step + 1)

    if here and following:
        assert year_group_order(following) == year_group_order(here) + 1


@given(known=st.dictionaries(YEARS, st.sampled_from((*LADDER, "X", "?")), max_size=5), year=YEARS)
def test_the_answer_is_always_a_year_group_or_nothing_unless_written(known: dict[int, str], year: int) -> None:
    found = year_group_of(known, year)

    assert found in {*LADDER, "X", "", known.get(year, "")}


@given(year=YEARS, month=st.integers(1, 12))
def test_everybody_is_four_when_their_reception_year_begins(year: int, month: int) -> None:
    born = next(
        date(birth_year, month, 15)
        for birth_year in range(year - 7, year - 2)
        if year_group_of({}, year, date(birth_year, month, 15)) == "R"
    )

    begins = date(year, 9, 1)
    age = begins.year - born.year - ((begins.month, begins.day) < (born.month, born.day))
    assert age == 4


def test_year_groups_are_said_in_school_words_youngest_first() -> None:
    codes = sorted(["10", "2", "R", "N2", "", "X", "1"], key=year_group_order)

    assert [year_group_name(code) for code in codes[:5]] == ["Nursery 2", "Reception", "Year 1", "Year 2", "Year 10"]
    assert {year_group_name("X"), year_group_name("")} == {"No year group"}


def test_classes_with_numbers_sort_as_people_count() -> None:
    assert sorted(["Year 10", "year 2", "4 Birch", "Oak", "4 Alder", "12B"], key=natural_order)[:2] == [
        "4 Alder",
        "4 Birch",
    ]
    assert sorted(["Year 10", "Year 2"], key=natural_order) == ["Year 2", "Year 10"]


def test_names_sort_past_accents_hyphens_and_case() -> None:
    names = [("van Oak", "Bo"), ("Élan", "Al"), ("Anna", "B"), ("Ann", "Z"), ("Elm", "Cy"), ("Eland", "A")]

    assert [surname for surname, _ in sorted(names, key=lambda name: reading_order(*name))] == [
        "Ann",
        "Anna",
        "Élan",
        "Eland",
        "Elm",
        "van Oak",
    ]


@pytest.mark.parametrize(
    ("sen", "meals", "language", "expected"),
    [
        ([("2024-09-01", "K")], False, "ENG", ("K",)),
        ([("2024-09-01", "K"), ("2026-01-01", "E")], True, "POL", ("E", "FSM", "EAL")),
        ([("2024-09-01", "K"), ("2026-01-01", "N")], False, "", ()),
        ([("2012-09-01", "A")], False, "REF", ()),
        ([], False, "ENB", ()),
        ([], False, "OTB", ("EAL",)),
    ],
)
def test_flags_of_a_day(sen: list[tuple[str, str]], meals: bool, language: str, expected: tuple[str, ...]) -> None:
    facts = Facts(
        "F",
        date(2018, 5, 1),
        language,
        meals=(Fact(date(2025, 9, 1)),) if meals else (),
        sen=tuple(Fact(date.fromisoformat(day), None, code) for day, code in sen),
    )

    assert flags(facts, date(2026, 11, 2)) == expected


def test_a_deferred_child_is_in_reception_a_year_later_than_their_age_says() -> None:
    born = date(2021, 8, 20)

    assert reception_year({}, year=2027, born=born) == 2025
    assert reception_year({2026: "R"}, year=2027, born=born) == 2026
    assert reception_year({2026: "X"}, year=2027, born=born) == 2025


@pytest.mark.parametrize(
    ("known", "born", "words"),
    [
        ({2026: "4"}, date(2018, 5, 1), "as recorded for this year"),
        ({2024: "2"}, date(2018, 5, 1), "counted from the record for 2024/25"),
        ({}, date(2018, 5, 1), "by date of birth"),
        ({2025: "2"}, date(2018, 5, 1), "counted from the record for 2025/26; 1 year group below their age"),
        ({2026: "6"}, date(2018, 5, 1), "as recorded for this year; 2 year groups above their age"),
        ({2026: "X"}, date(2018, 5, 1), "as recorded for this year"),
    ],
)
def test_how_a_year_group_is_known_is_said(known, born, words):
    assert why_year_group(known, 2026, born) == words
