"""Which groups a pupil is in on a day: by the record alone, and what it does not say stays unknown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.pupils.rules_groups import KINDS_OF_GROUP, Facts, groups_of, is_disadvantaged, years_before

DAY = date(2026, 11, 2)
BORN = date(2018, 5, 1)


def facts(**told) -> Facts:
    return Facts(**{"sex": "F", "born": BORN, "language": "ENG", **told})


def test_nothing_recorded_is_unknown_and_never_the_opposite():
    found = groups_of(Facts("", BORN, ""), DAY)

    assert found == {
        "sex": "unknown",
        "disadvantage": "unknown",
        "sen": "unknown",
        "language": "unknown",
        "born": "summer",
    }


@pytest.mark.parametrize(
    ("spell", "counts"),
    [
        ((date(2020, 1, 1), date(2020, 11, 1)), False),
        ((date(2020, 1, 1), date(2020, 11, 2)), True),
        ((date(2026, 11, 2), None), True),
        ((date(2026, 11, 3), None), False),
        ((None, None), True),
    ],
)
def test_free_meals_within_six_years_make_disadvantaged(spell, counts):
    assert is_disadvantaged(facts(meals=(spell,)), DAY) is counts


def test_being_looked_after_counts_while_it_lasts():
    assert is_disadvantaged(facts(care=((date(2020, 1, 1), None),)), DAY)
    assert not is_disadvantaged(facts(care=((date(2020, 1, 1), date(2026, 10, 1)),)), DAY)


@pytest.mark.parametrize(
    ("code", "group"),
    [("K", "support"), ("E", "plan"), ("S", "plan"), ("N", "none"), ("A", "unknown"), ("?", "unknown")],
)
def test_the_latest_sen_spell_of_the_day_counts(code, group):
    spells = (((date(2024, 9, 1), None), "K"), ((date(2025, 9, 1), None), code), ((date(2026, 12, 1), None), "E"))

    assert groups_of(facts(sen=spells), DAY)["sen"] == group


@pytest.mark.parametrize(
    ("code", "group"),
    [("ENG", "english"), ("enb", "english"), ("POL", "eal"), ("OTB", "eal"), ("NOT", "unknown"), ("REF", "unknown")],
)
def test_first_language_is_english_another_or_not_known(code, group):
    assert groups_of(facts(language=code), DAY)["language"] == group


def test_six_years_before_a_leap_day_is_the_28th():
    assert years_before(date(2024, 2, 29), 6) == date(2018, 2, 28)


@given(
    sex=st.sampled_from(["F", "M", "", "U"]),
    born=st.dates(date(2010, 1, 1), date(2026, 1, 1)),
    language=st.text(max_size=4),
    sen=st.text(max_size=2),
)
def test_every_pupil_has_one_group_of_each_kind(sex, born, language, sen):
    found = groups_of(Facts(sex, born, language, sen=(((None, None), sen),)), DAY)

    assert found.keys() == {kind.code for kind in KINDS_OF_GROUP}
    assert all(found[kind.code] in kind.groups for kind in KINDS_OF_GROUP)
