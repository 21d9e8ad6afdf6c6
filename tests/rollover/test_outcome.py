"""Everybody goes to exactly one place, whatever was chosen."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.rollover.rules.outcome import hindrances, outcome
from itrack.rollover.rules.plan import Choices, ClassChoice, Facts, Mover, OwnWay, PointChoice, Source, still_open
from itrack.rollover.rules.suggest import suggested_classes, suggested_routes
from tests.rollover.test_suggesting import facts

LAST = date(2027, 7, 21)
YEARS = st.sampled_from(["N2", "R", "1", "2", "3", "4", "5", "6", "7", "", "X"])
PLACES = st.sampled_from(["c1", "c2", "c3", "gone", "share:4", "share:9", "leave", "none"])
MOVERS = st.lists(
    st.builds(
        Mover, id=st.integers(1, 10**6), source=st.integers(0, 4), now=YEARS, then=YEARS, usual=YEARS,
        starts=st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    ),
    max_size=60, unique_by=lambda mover: mover.id,
)  # fmt: skip
CLASSES = (ClassChoice("c1", "A", ("4",)), ClassChoice("c2", "B", ("4", "5")), ClassChoice("c3", "C", ()))
SOURCES = tuple(Source(n, name) for n, name in enumerate(["3 Ash", "Otters", "Year 6", "Reception"], start=1))


@given(
    movers=MOVERS,
    routes=st.dictionaries(st.tuples(st.integers(0, 4), YEARS), PLACES),
    own=st.dictionaries(st.integers(1, 10**6), st.builds(OwnWay, into=PLACES | st.just(""), year_group=YEARS)),
)
def test_every_pupil_is_in_one_class_or_leaves_or_is_listed_without(movers, routes, own) -> None:
    found = outcome(Facts(2027, tuple(movers), SOURCES), Choices(CLASSES, routes, LAST, own))

    seen = [one.mover.id for one in found.goings] + [mover.id for mover, _ in found.leavers]
    assert Counter(seen) == Counter(mover.id for mover in movers)


@given(movers=MOVERS, last=st.sampled_from(["2", "6", "14"]))
def test_what_is_suggested_sends_everybody_somewhere_that_is(movers, last) -> None:
    found = Facts(2027, tuple(movers), SOURCES, (), last)
    classes = suggested_classes(found)
    routes = suggested_routes(found, classes)
    planned = outcome(found, Choices(classes, routes, LAST))

    assert routes.keys() == found.cohorts.keys()
    assert not hindrances(replace(found, movers=()), replace(planned, leavers=()))
    assert len(planned.goings) + len(planned.leavers) == len(movers)


@given(sizes=st.lists(st.integers(0, 40), min_size=2, max_size=5), number=st.integers(0, 90))
def test_those_who_are_shared_out_leave_no_class_much_smaller_than_another(sizes, number) -> None:
    there = tuple((Source(n, f"Class {n}"), ("4",), size) for n, size in enumerate(sizes))
    classes = tuple(ClassChoice(f"c{n}", f"Class {n}", ("4",)) for n in range(len(sizes)))
    movers = tuple(Mover(n, 0, "3", "4", "4", date(2027, 9, 1)) for n in range(number))

    found = outcome(Facts(2027, movers, (), there), Choices(classes, {(0, "4"): "share:4"}, LAST))

    filled = [one for one in found.classes if one.pupils]
    most = max((len(one.pupils) + one.has for one in filled), default=0)
    assert all(one.has + len(one.pupils) >= most - 1 for one in found.classes)


def plan(found: Facts, **more) -> Choices:
    classes = suggested_classes(found)
    return Choices(classes, suggested_routes(found, classes), LAST, **more)


def test_a_child_kept_back_in_a_class_of_the_year_above_is_pointed_out() -> None:
    found = facts({"3 Birch": {"3": 20}, "2 Ash": {"2": 20}})
    kept = found.movers[0].id

    with_class = outcome(found, plan(found, own={kept: OwnWay(year_group="3")}))
    own_class = outcome(found, plan(found, own={kept: OwnWay(into="c2", year_group="3")}))

    assert with_class.settled_years == own_class.settled_years == {kept: "3"}
    assert [going.mover.id for one in with_class.classes for going in one.odd] == [kept]
    assert [one.choice.name for one in own_class.classes if kept in {g.mover.id for g in one.pupils}] == ["3 Ash"]
    assert not [going for one in own_class.classes for going in one.odd]


def test_an_infant_class_of_31_is_pointed_out_and_a_junior_one_is_not() -> None:
    found = facts({"1 Ash": {"1": 31}, "3 Oak": {"3": 31}})
    classes = {one.choice.name: one for one in outcome(found, plan(found)).classes}

    assert classes["2 Ash"].is_too_large_for_infants
    assert not classes["4 Oak"].is_too_large_for_infants


def test_another_choice_makes_another_digest() -> None:
    found = facts({"3 Birch": {"3": 2}})
    one = plan(found)
    others = [
        replace(one, own={1: OwnWay(into="none")}),
        replace(one, classes=(replace(one.classes[0], teacher=9), *one.classes[1:])),
        replace(one, points=(PointChoice(1, "A", LAST, LAST, shown=True),)),
    ]

    assert len({outcome(found, told).digest for told in (one, *others)}) == 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"classes": (ClassChoice("c1", "A", ()), ClassChoice("c2", "a", ()))}, "Two classes are called"),
        ({"last_day": date(2020, 1, 1)}, "before their first day"),
        ({"last_day": date(2027, 9, 2)}, "after the new year has begun"),
        ({"points": (PointChoice(1, "A", date(2027, 9, 9), date(2027, 9, 1), shown=True),)}, "closes before it opens"),
    ],
)
def test_what_keeps_a_plan_from_being_carried_out_is_said(change: dict, said: str) -> None:
    found = facts({"6 Elm": {"6": 2}})
    choices = replace(plan(found), **change)

    [sentence] = hindrances(found, outcome(found, choices))

    assert said in sentence


def test_nothing_keeps_what_is_suggested_from_being_carried_out() -> None:
    found = facts({"6 Elm": {"6": 2}, "R Oak": {"R": 2}}, coming={"R": 3})

    assert hindrances(found, outcome(found, plan(found))) == []


def test_who_moves_on_and_who_is_new_are_counted_apart() -> None:
    found = facts({"R Oak": {"R": 2}, "6 Elm": {"6": 2}}, coming={"R": 3})

    planned = outcome(found, plan(found))

    assert (planned.promoted, planned.coming, len(planned.leavers)) == (2, 3, 2)
    assert {one.choice.name: one.sources for one in planned.classes} == {"R Oak": [(0, 3)], "1 Oak": [(1, 2)]}


def test_a_way_to_a_class_that_was_left_out_is_suggested_anew() -> None:
    routes = {(1, "4"): "c1", (2, "4"): "c9", (3, "5"): "share:5", (4, "6"): "share:6", (5, "7"): "leave"}

    assert still_open(routes, CLASSES) == {(1, "4"): "c1", (3, "5"): "share:5", (5, "7"): "leave"}
