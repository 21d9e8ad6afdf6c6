"""What is suggested for a new year, from the names and year groups of this year's classes."""

from datetime import date

import pytest

from itrack.rollover.rules.dates import moved_points
from itrack.rollover.rules.names import promoted
from itrack.rollover.rules.plan import Facts, Mover, PointChoice, Source, is_odd
from itrack.rollover.rules.suggest import suggested_classes, suggested_routes

LADDER = ("N1", "N2", "R", "1", "2", "3", "4", "5", "6", "7")
SINCE = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("name", "now", "then", "said"),
    [
        ("3 Birch", "3", "4", "4 Birch"),
        ("4B", "4", "5", "5B"),
        ("Year 3", "3", "4", "Year 4"),
        ("Class 13, Year 3", "3", "4", "Class 13, Year 4"),
        ("Y5 Kestrels", "5", "6", "Y6 Kestrels"),
        ("Reception", "R", "1", "Year 1"),
        ("Reception A", "R", "1", "Year 1 A"),
        ("YR Bees", "R", "1", "Y1 Bees"),
        ("R Apple", "R", "1", "1 Apple"),
        ("RA", "R", "1", "1A"),
        ("Robins", "R", "1", None),
        ("Nursery", "N2", "R", "Reception"),
        ("N Sunshine", "N2", "R", "R Sunshine"),
        ("Otters", "3", "4", None),
        ("Class 2", "3", "4", None),
        ("3 Birch", "3", "X", None),
    ],
)
def test_a_name_moves_up_with_its_year_group_where_it_tells_one(name: str, now: str, then: str, said: str) -> None:
    assert promoted(name, now, then) == said


def facts(
    classes: dict[str, dict[str, int]], *, coming: dict[str, int] | None = None, last: str = "6", there: tuple = ()
) -> Facts:
    """Classes with pupils of each year group now; `coming` are in no class, by the year group they will be in."""
    sources, movers, pupil = [], [], 0
    for place, (name, years) in enumerate(classes.items(), start=1):
        sources.append(Source(place, name, teacher=100 + place))
        for now, number in years.items():
            then = now if now == "X" else LADDER[LADDER.index(now) + 1]
            for _ in range(number):
                pupil += 1
                movers.append(Mover(pupil, place, now, then, then, SINCE))
    for then, number in (coming or {}).items():
        now = LADDER[LADDER.index(then) - 1]
        for _ in range(number):
            pupil += 1
            movers.append(Mover(pupil, 0, now, then, then, date(2027, 9, 1)))
    return Facts(2027, tuple(movers), tuple(sources), there, last)


def told(found: Facts) -> dict[tuple[str, str], str]:
    """{(class, year group next): where it goes}, in names."""
    classes = suggested_classes(found)
    names = {one.key: one.name for one in classes}
    of = {source.id: source.name for source in found.sources} | {0: ""}
    return {(of[s], then): names.get(into, into) for (s, then), into in suggested_routes(found, classes).items()}


def names(found: Facts) -> list[str]:
    return [one.name for one in suggested_classes(found)]


def test_a_primary_with_numbered_classes_moves_up_and_keeps_a_class_for_those_who_come() -> None:
    found = facts({"R Apple": {"R": 9}, "1 Ash": {"1": 9}, "6 Elm": {"6": 9}}, coming={"R": 8})

    assert told(found) == {
        ("R Apple", "1"): "1 Apple",
        ("1 Ash", "2"): "2 Ash",
        ("6 Elm", "7"): "leave",
        ("", "R"): "R Apple",
    }
    assert names(found) == ["R Apple", "1 Apple", "2 Ash"]


def test_classes_with_names_of_their_own_stay_and_their_pupils_move_on() -> None:
    found = facts({"Wrens": {"R": 9}, "Otters": {"1": 9}, "Foxes": {"2": 9}}, coming={"R": 5}, last="2")

    assert told(found) == {
        ("Wrens", "1"): "Otters",
        ("Otters", "2"): "Foxes",
        ("Foxes", "3"): "leave",
        ("", "R"): "Wrens",
    }
    assert [one.teacher for one in suggested_classes(found)] == [101, 102, 103]


def test_in_a_mixed_age_school_the_younger_stay_and_the_older_go_on() -> None:
    found = facts({"R/1": {"R": 5, "1": 6}, "2/3": {"2": 5, "3": 6}, "4/5/6": {"4": 4, "5": 4, "6": 4}})

    assert told(found) == {
        ("R/1", "1"): "R/1",
        ("R/1", "2"): "2/3",
        ("2/3", "3"): "2/3",
        ("2/3", "4"): "4/5/6",
        ("4/5/6", "5"): "4/5/6",
        ("4/5/6", "6"): "4/5/6",
        ("4/5/6", "7"): "leave",
    }


def test_letters_of_teachers_stay_with_the_year_group_and_those_of_forms_move_up() -> None:
    of_teachers = facts({"RH": {"R": 9}, "1W": {"1": 9}, "2R": {"2": 9}}, last="2")
    of_forms = facts({"3A": {"3": 9}, "3B": {"3": 9}, "4A": {"4": 9}, "4B": {"4": 9}})

    assert told(of_teachers) == {("RH", "1"): "1W", ("1W", "2"): "2R", ("2R", "3"): "leave"}
    assert names(of_teachers) == ["RH", "1W", "2R"]
    assert (told(of_forms)["3B", "4"], told(of_forms)["4A", "5"]) == ("4B", "5A")


def test_two_classes_of_a_year_group_go_into_two_in_their_order() -> None:
    found = facts({"Elm": {"3": 9}, "Oak": {"3": 9}, "Fox": {"4": 9}, "Owl": {"4": 9}})

    assert (told(found)["Elm", "4"], told(found)["Oak", "4"]) == ("Fox", "Owl")


def test_one_class_that_meets_two_is_shared_out() -> None:
    found = facts({"Elm": {"3": 18}, "Fox": {"4": 9}, "Owl": {"4": 9}}, coming={"4": 4})

    assert told(found)["Elm", "4"] == "share:4"
    assert told(found)["", "4"] == "share:4"


@pytest.mark.parametrize(
    ("last", "classes", "leaving"),
    [
        ("2", {"1 Ash": {"1": 9}, "2 Ash": {"2": 9}}, ("2 Ash", "3")),
        ("6", {"3 Ash": {"3": 9}, "6 Ash": {"6": 9}}, ("6 Ash", "7")),
    ],
)
def test_the_last_year_group_of_the_phase_leaves_and_no_other(last: str, classes: dict, leaving: tuple) -> None:
    routes = told(facts(classes, last=last))

    assert [cohort for cohort, into in routes.items() if into == "leave"] == [leaving]


def test_a_child_kept_back_before_goes_with_the_class_until_somebody_says_otherwise() -> None:
    routes = told(facts({"3 Birch": {"3": 20, "2": 1}}))

    assert routes == {("3 Birch", "4"): "4 Birch", ("3 Birch", "3"): "4 Birch"}


def test_a_child_who_repeated_year_5_in_year_6_stays_when_the_class_leaves() -> None:
    routes = told(facts({"5 Elm": {"5": 9}, "6 Elm": {"6": 20, "5": 1}}))

    assert routes["6 Elm", "7"] == "leave"
    assert routes["6 Elm", "6"] == "6 Elm"


def test_pupils_without_year_groups_stay_in_their_class() -> None:
    assert told(facts({"Harbour": {"X": 7}}, last="14")) == {("Harbour", "X"): "Harbour"}


def test_those_who_come_to_a_year_group_without_a_class_get_one_and_two_do_not() -> None:
    assert names(facts({"3 Ash": {"3": 9}}, coming={"1": 3})) == ["Year 1", "3 Ash", "4 Ash"]
    assert told(facts({"3 Ash": {"3": 9}}, coming={"1": 2}))["", "1"] == "none"


def test_classes_that_are_there_already_are_used_and_keep_their_teacher() -> None:
    there = ((Source(50, "4 birch", teacher=7), ("4",), 3), (Source(51, "Nurture", teacher=8), (), 0))
    found = suggested_classes(facts({"3 Birch": {"3": 9}}, there=there))

    assert [(one.name, one.teacher) for one in found] == [("3 Birch", 101), ("4 Birch", 7), ("Nurture", 8)]


def test_a_school_without_pupils_has_nothing_suggested() -> None:
    assert suggested_classes(facts({})) == ()
    assert suggested_routes(facts({}), ()) == {}


@pytest.mark.parametrize(("pupils", "most", "said"), [(1, 5, True), (2, 10, True), (2, 9, False), (3, 90, False)])
def test_one_or_two_among_many_are_out_of_place(pupils: int, most: int, said: bool) -> None:
    assert is_odd(pupils, most) is said


def test_dates_move_by_whole_weeks_and_stay_within_the_year() -> None:
    point = PointChoice(1, "Autumn 1", date(2026, 9, 1), date(2026, 10, 23), shown=True)

    [moved] = moved_points(2027, [point])

    assert moved == PointChoice(1, "Autumn 1", date(2027, 9, 1), date(2027, 10, 22), shown=True)
    assert moved.closes_on.weekday() == point.closes_on.weekday()
