"""Which groups a pupil is in on a day: by the record and the school's word, and what neither says stays unknown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.pupils.rules_answers import Fact, Facts, Flag, Override, Stay
from itrack.pupils.rules_groups import KINDS_OF_GROUP, groups_of, members_of
from itrack.pupils.rules_joining import Joining, entry_of, joining

DAY = date(2026, 11, 2)
BORN = date(2018, 5, 1)  # in Year 4 on that day, in Reception from September 2022


def facts(**told) -> Facts:
    return Facts(**{"sex": "F", "born": BORN, "language": "ENG", **told})


def test_what_files_say_outright_is_unknown_without_them_and_never_the_opposite():
    found = groups_of(Facts("", BORN, ""), DAY)

    assert found == {
        "sex": "unknown",
        "disadvantage": "no",  # said as "No, or none recorded"
        "meals": "no",
        "sen": "unknown",
        "care": "no",
        "service": "no",
        "language": "unknown",
        "born": "summer",
        "joined": "unknown",
    }


@pytest.mark.parametrize(
    ("code", "group"),
    [("K", "support"), ("E", "plan"), ("S", "plan"), ("N", "none"), ("A", "unknown"), ("?", "unknown")],
)
def test_the_latest_sen_spell_of_the_day_counts(code, group):
    spells = (
        Fact(date(2024, 9, 1), None, "K"),
        Fact(date(2025, 9, 1), None, code),
        Fact(date(2026, 12, 1), None, "E"),
    )

    assert groups_of(facts(sen=spells), DAY)["sen"] == group


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("ENG", "english"), ("enb", "english"), ("POL", "eal"), ("OTB", "eal"), ("QQQ", "eal"),
        ("NOT", "unknown"), ("REF", "unknown"), ("CLSF", "unknown"), ("", "unknown"),
    ],
)  # fmt: skip
def test_first_language_is_english_another_or_not_known(code, group):
    assert groups_of(facts(language=code), DAY)["language"] == group


@pytest.mark.parametrize(("flag", "kind"), [("disadvantaged", "disadvantage"), ("fsm", "meals"), ("sen", "sen")])
def test_whom_the_school_says_is_not_known_is_in_neither_group(flag, kind):
    sure = {"meals": (Fact(date(2024, 9, 1)),), "sen": (Fact(date(2024, 9, 1), None, "K"),)}
    doubted = facts(**sure, overrides={(flag, 2026): Override("unknown")})

    assert groups_of(doubted, DAY)[kind] == "unknown"
    assert groups_of(doubted, date(2026, 8, 31))[kind] != "unknown", "the school's word is for its year"


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (date(2022, 9, 1), "usual"),
        (date(2023, 8, 31), "usual"),
        (date(2023, 9, 1), "earlier"),
        (date(2026, 9, 1), "this_year"),
    ],
)
def test_who_joined_after_reception_joined_later(starts, expected):
    assert joining(facts(stays=(Stay(starts, None),)), DAY).says == expected


def test_who_joined_a_junior_school_in_year_3_came_at_the_usual_time():
    told = facts(stays=(Stay(date(2025, 9, 1), None),), entry=entry_of("junior"))

    assert joining(told, DAY) == Joining("usual", date(2025, 9, 1), "3")
    assert joining(facts(stays=told.stays, entry=entry_of("primary")), DAY).says == "earlier"


def test_a_deferred_child_who_began_with_reception_came_at_the_usual_time():
    told = facts(years={2023: "R"}, stays=(Stay(date(2023, 9, 4), None),))

    assert joining(told, DAY).says == "usual"


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"stays": (Stay(date(2026, 11, 3), None),)},
        {"stays": (Stay(date(2022, 9, 1), None, certain=False),)},
        {"stays": (Stay(date(2022, 9, 1), None),), "years": {2022: "X"}},
    ],
    ids=["not on roll", "not yet on roll", "only the day of an import", "follows no year groups"],
)
def test_when_somebody_joined_can_be_unknown(told):
    assert joining(facts(**told), DAY).says == "unknown"


def test_of_who_came_back_the_day_of_coming_back_counts():
    stays = (Stay(date(2022, 9, 1), date(2024, 7, 19)), Stay(date(2025, 1, 6), None))

    assert joining(facts(stays=stays), DAY) == Joining("earlier", date(2025, 1, 6), "2")


@given(
    sex=st.sampled_from(["F", "M", "", "U"]),
    born=st.dates(date(2010, 1, 1), date(2026, 1, 1)),
    language=st.text(max_size=4),
    code=st.text(max_size=2),
    joined=st.dates(date(2010, 1, 1), date(2026, 12, 1)),
)
def test_every_pupil_has_one_group_of_each_kind(sex, born, language, code, joined):
    told = (Fact(None, None, code),)
    found = groups_of(Facts(sex, born, language, told, told, told, told, stays=(Stay(joined, None),)), DAY)

    assert found.keys() == {kind.code for kind in KINDS_OF_GROUP}
    assert all(found[kind.code] in kind.groups for kind in KINDS_OF_GROUP)


# Few values of each, so that of many drawn pupils some differ in one thing alone.
DAYS = st.sampled_from([date(2019, 9, 1), date(2021, 5, 1), date(2025, 1, 6), date(2026, 9, 1), date(2026, 11, 2)])
SPELLS = st.lists(
    st.builds(Fact, st.none() | DAYS, st.none() | DAYS, st.sampled_from(["ENG", "yes", "no", "Y", "K", "E", "N"])),
    max_size=2,
).map(tuple)
SAID = st.dictionaries(
    st.tuples(st.sampled_from(Flag), st.sampled_from([2024, 2026])),
    st.sampled_from([Override(says) for says in ("yes", "no", "unknown")]),
    max_size=2,
)
PUPILS = st.builds(
    Facts,
    sex=st.sampled_from("FM"),
    born=st.sampled_from([date(2016, 8, 31), date(2016, 9, 1), date(2021, 5, 1)]),
    language=st.sampled_from(["ENG", "POL", ""]),
    meals=SPELLS,
    care=SPELLS,
    sen=SPELLS,
    service=SPELLS,
    overrides=st.just({}) | SAID,
    years=st.dictionaries(st.sampled_from([2022, 2025, 2026]), st.sampled_from(["R", "4", "X"]), max_size=2),
    stays=st.lists(
        st.builds(Stay, DAYS, st.none() | DAYS, st.booleans()), max_size=2, unique_by=lambda one: one.starts
    ).map(tuple),
    entry=st.sampled_from(["R", "3"]),
)


@given(st.lists(PUPILS, max_size=30))
def test_the_members_of_a_group_are_those_whose_group_it_is_one_by_one(everybody):
    pupils = dict(enumerate(everybody))

    for kind in KINDS_OF_GROUP:
        members = members_of(kind, pupils, DAY)

        told = sorted((pupil, code) for code, ids in members.items() for pupil in ids)
        assert told == [(pupil, groups_of(facts, DAY)[kind.code]) for pupil, facts in pupils.items()]
