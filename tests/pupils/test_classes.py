"""Making classes from year groups, changing them, and taking it back."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.changes.actions import undo
from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import (
    ClassFacts,
    PupilEntry,
    add_class,
    classes,
    classes_for,
    edit_class,
    make_classes,
    may_see_class,
    may_see_pupil,
    move_pupils,
    pupils_on_roll,
    remove_class,
    store_pupils,
)
from itrack.pupils.models import GroupPlace
from itrack.pupils.rules_classes import class_names, fill_smallest, split_evenly, usual_number
from tests.cast import NOW, TODAY, Cast, a_pupil

YEAR = 2026
STARTS = date(2026, 9, 1)
WITH_PUPILS = {"Acorn": "4", "Birch": "4", "Cedar": "4", "Dogwood": "R", "Elm": "1"}


@pytest.fixture
def pupils(cast: Cast) -> dict[str, int]:
    """Five pupils of three year groups on Oakfield's roll, none of them in a class."""
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        return {surname: a_pupil(deed, surname, "Al", year_group) for surname, year_group in WITH_PUPILS.items()}


def make(cast: Cast, **asked: object):
    with writing(cast.oakfield):
        return make_classes(school=cast.oakfield, year=YEAR, by=cast.olu.member, at=NOW, **asked)  # type: ignore[arg-type]


def move(cast: Cast, pupils: list[int], seen_in: int | None, to: int | None, on: date = TODAY) -> int:
    with writing(cast.oakfield):
        return move_pupils(
            school=cast.oakfield,
            year=YEAR,
            pupils=pupils,
            seen_in=seen_in,
            to=to,
            on=on,
            by=cast.olu.member,
            at=NOW,
        )


def edit(cast: Cast, group: int, seen: ClassFacts, facts: ClassFacts) -> int | None:
    with writing(cast.oakfield):
        return edit_class(school=cast.oakfield, group=group, seen=seen, facts=facts, by=cast.hana.member, at=NOW)


def take_back(cast: Cast, change_set: int | None) -> None:
    assert change_set is not None
    with writing(cast.oakfield):
        undo(school=cast.oakfield, change_set=change_set, by=cast.olu.member, at=NOW)


def who_is_where(cast: Cast, on: date = TODAY) -> dict[str, str]:
    with reading(cast.oakfield):
        return {line.surname: line.class_name for line in pupils_on_roll(school=cast.oakfield, on=on, year=YEAR)}


def named(cast: Cast) -> dict[str, int]:
    with reading(cast.oakfield):
        return {row.name: row.id for row in classes(school=cast.oakfield, year=YEAR)}


class TestRules:
    @given(pupils=st.lists(st.integers(), max_size=100), number=st.integers(1, 9))
    def test_a_split_keeps_the_order_and_sizes_differ_by_at_most_one(self, pupils: list[int], number: int) -> None:
        runs = split_evenly(pupils, number)

        sizes = [len(run) for run in runs]
        assert [pupil for run in runs for pupil in run] == pupils
        assert len(runs) == number
        assert max(sizes) - min(sizes) <= 1

    @given(sizes=st.dictionaries(st.integers(1, 9), st.integers(0, 30), min_size=1), newcomers=st.integers(0, 40))
    def test_newcomers_never_go_past_a_smaller_class(self, sizes: dict[int, int], newcomers: int) -> None:
        held = Counter(sizes)

        for group in fill_smallest(sizes, newcomers):
            assert held[group] == min(held[each] for each in sizes)
            held[group] += 1
        assert held.total() == sum(sizes.values()) + newcomers

    @pytest.mark.parametrize(("pupils", "number"), [(1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (900, 9)])
    def test_a_class_for_every_thirty(self, pupils: int, number: int) -> None:
        assert usual_number(pupils) == number

    def test_one_class_keeps_the_plain_name(self) -> None:
        assert (class_names("Year 4", 1), class_names("Year 4", 2)) == (["Year 4"], ["Year 4 A", "Year 4 B"])


class TestMaking:
    def test_each_year_group_becomes_a_class(self, cast: Cast, pupils: dict[str, int]) -> None:
        made = make(cast)

        with reading(cast.oakfield):
            rows = classes(school=cast.oakfield, year=YEAR, on=TODAY)
        assert (made.classes, made.pupils, made.left) == (3, 5, 0)
        assert [(row.name, row.pupils, row.year_groups) for row in rows] == [
            ("Reception", 1, ("R",)),
            ("Year 1", 1, ("1",)),
            ("Year 4", 3, ("4",)),
        ]

    def test_places_run_from_the_start_of_the_year_or_the_day_the_pupil_joined(
        self, cast: Cast, pupils: dict[str, int]
    ) -> None:
        joined = date(2026, 10, 5)
        with writing(cast.oakfield):
            late = a_pupil(cast.deed("olu"), "Late", "Lou")
            leave_then_join = [(date(2025, 9, 1), date(2026, 7, 1)), (joined, None)]
            for spell in leave_then_join:
                store_pupils(deed=cast.deed("olu"), entries=[PupilEntry(late, {}, enrolment=spell)])

        make(cast)

        with reading(cast.oakfield):
            starts = dict(GroupPlace.objects.values_list("pupil_id", "starts"))
        assert (starts[late], starts[pupils["Acorn"]]) == (joined, STARTS)

    def test_a_second_time_changes_nothing_and_says_so(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)

        again = make(cast)

        assert (again.change_set, again.classes, again.pupils) == (None, 0, 0)
        with reading(cast.oakfield):
            assert AuditEntry.objects.filter(verb="classes.done").count() == 1

    def test_two_classes_split_a_year_group_by_surname(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast, numbers={"4": 2, "R": 0})

        assert who_is_where(cast) == {
            "Acorn": "Year 4 A",
            "Birch": "Year 4 A",
            "Cedar": "Year 4 B",
            "Dogwood": "",
            "Elm": "Year 1",
        }

    def test_a_newcomer_joins_the_smallest_class_of_the_year_group(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast, numbers={"4": 2})
        with writing(cast.oakfield):
            a_pupil(cast.deed("olu"), "Aspen", "Al", "4")

        made = make(cast)

        assert (made.classes, made.pupils) == (0, 1)
        assert who_is_where(cast)["Aspen"] == "Year 4 B"

    def test_a_pupil_of_no_known_year_group_is_left_and_counted(self, cast: Cast) -> None:
        with writing(cast.oakfield):
            a_pupil(cast.deed("olu"), "Oak", "Ann", "X")

        made = make(cast)

        assert (made.change_set, made.left) == (None, 1)

    def test_more_classes_than_pupils_are_refused(self, cast: Cast, pupils: dict[str, int]) -> None:
        with pytest.raises(Refused, match="4 classes are too many for the 3 in Year 4"):
            make(cast, numbers={"4": 4})

    def test_it_is_taken_back_whole_and_can_be_done_again(self, cast: Cast, pupils: dict[str, int]) -> None:
        made = make(cast)

        take_back(cast, made.change_set)

        assert named(cast) == {}
        assert set(who_is_where(cast).values()) == {""}
        assert make(cast).classes == 3

    def test_it_is_not_taken_back_under_a_later_move(self, cast: Cast, pupils: dict[str, int]) -> None:
        made = make(cast)
        moved = move(cast, [pupils["Elm"]], named(cast)["Year 1"], named(cast)["Year 4"])

        with pytest.raises(Refused, match=f"change set {moved}"):
            take_back(cast, made.change_set)

        take_back(cast, moved)
        take_back(cast, made.change_set)
        assert named(cast) == {}

    def test_next_years_classes_are_of_next_years_year_groups_without_the_oldest(
        self, cast: Cast, pupils: dict[str, int]
    ) -> None:
        with writing(cast.oakfield):
            made = make_classes(school=cast.oakfield, year=2027, by=cast.olu.member, at=NOW)

        with reading(cast.oakfield):
            rows = classes(school=cast.oakfield, year=2027)
        assert made.pupils == 2
        assert [row.name for row in rows] == ["Year 1", "Year 2"]
        assert set(who_is_where(cast).values()) == {""}

    def test_another_schools_pupils_stay_out(self, cast: Cast, pupils: dict[str, int]) -> None:
        with writing(cast.thornhill):
            a_pupil(cast.deed("theo"), "Thorn", "Tess", "6")

        make(cast)

        assert "Year 6" not in named(cast)

    @pytest.mark.parametrize("size", [4, 70])
    def test_any_number_of_pupils_costs_the_same_questions(
        self, cast: Cast, size: int, django_assert_num_queries
    ) -> None:
        entries = [
            PupilEntry(
                None,
                {"legal_surname": f"Oak{n}", "legal_forename": "Al", "dob": date(2018 - n % 2, 5, 1)},
                enrolment=(date(2025, 9, 1), None),
            )
            for n in range(size)
        ]
        with writing(cast.oakfield):
            store_pupils(deed=cast.deed("olu"), entries=entries)

        with writing(cast.oakfield), django_assert_num_queries(15):
            made = make_classes(school=cast.oakfield, year=YEAR, by=cast.olu.member, at=NOW, numbers={"4": 2, "5": 2})

        assert (made.classes, made.pupils) == (4, size)


class TestEditing:
    def test_a_class_is_renamed_and_given_a_teacher_and_that_is_taken_back(
        self, cast: Cast, pupils: dict[str, int]
    ) -> None:
        make(cast)
        group = named(cast)["Year 4"]

        done = edit(cast, group, ClassFacts("Year 4", None), ClassFacts("  4   Birch ", cast.tom.member))

        with reading(cast.oakfield):
            row = next(row for row in classes(school=cast.oakfield, year=YEAR) if row.id == group)
        assert (row.name, row.teacher_name) == ("4 Birch", "Tom Teacher")
        take_back(cast, done)
        with reading(cast.oakfield):
            row = next(row for row in classes(school=cast.oakfield, year=YEAR) if row.id == group)
        assert (row.name, row.teacher) == ("Year 4", None)

    def test_an_edit_of_what_somebody_else_changed_meanwhile_is_answered(
        self, cast: Cast, pupils: dict[str, int]
    ) -> None:
        make(cast)
        group, seen = named(cast)["Year 4"], ClassFacts("Year 4", None)
        edit(cast, group, seen, ClassFacts("4 Birch", None))

        with pytest.raises(Refused, match="now called 4 Birch"):
            edit(cast, group, seen, ClassFacts("4 Alder", None))

        assert "4 Birch" in named(cast)

    def test_two_who_make_the_same_edit_agree(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)
        group, seen = named(cast)["Year 4"], ClassFacts("Year 4", None)
        edit(cast, group, seen, ClassFacts("4 Birch", None))

        assert edit(cast, group, seen, ClassFacts("4 Birch", None)) is None

    @pytest.mark.parametrize("name", ["", "   ", "x" * 41, "Year 1", "year  1"])
    def test_a_name_that_cannot_be_is_refused(self, cast: Cast, pupils: dict[str, int], name: str) -> None:
        make(cast)

        with pytest.raises(Refused, match="name"):
            edit(cast, named(cast)["Year 4"], ClassFacts("Year 4", None), ClassFacts(name, None))

    def test_a_class_is_not_given_to_somebody_who_does_not_teach_here(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)

        for stranger in (cast.theo.member, cast.gus.member):
            with pytest.raises(Refused, match="not one of the school’s teachers"):
                edit(cast, named(cast)["Year 4"], ClassFacts("Year 4", None), ClassFacts("Year 4", stranger))

    def test_an_unused_class_is_removed_but_one_with_a_past_is_kept(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)
        with writing(cast.oakfield):
            group, _ = add_class(
                school=cast.oakfield, year=YEAR, facts=ClassFacts("Oak", None), by=cast.olu.member, at=NOW
            )
            remove_class(school=cast.oakfield, group=group, by=cast.olu.member, at=NOW)
        move(cast, [pupils["Elm"]], named(cast)["Year 1"], None)

        assert "Oak" not in named(cast)
        with writing(cast.oakfield), pytest.raises(Refused, match="the record keeps it"):
            remove_class(school=cast.oakfield, group=named(cast)["Year 1"], by=cast.olu.member, at=NOW)

    def test_another_schools_class_is_not_there(self, cast: Cast) -> None:
        with writing(cast.thornhill):
            theirs, _ = add_class(
                school=cast.thornhill, year=YEAR, facts=ClassFacts("Oak", None), by=cast.theo.member, at=NOW
            )

        with pytest.raises(Refused, match="no longer there"):
            edit(cast, theirs, ClassFacts("Oak", None), ClassFacts("Mine", None))


class TestMoving:
    def test_a_move_holds_from_its_day_on(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)
        move(cast, [pupils["Elm"]], named(cast)["Year 1"], named(cast)["Year 4"])

        assert who_is_where(cast)["Elm"] == "Year 4"
        assert who_is_where(cast, on=TODAY - timedelta(days=1))["Elm"] == "Year 1"

    def test_a_move_from_the_first_day_leaves_no_trace_in_the_old_class(
        self, cast: Cast, pupils: dict[str, int]
    ) -> None:
        make(cast)

        done = move(cast, [pupils["Elm"]], named(cast)["Year 1"], named(cast)["Year 4"], on=STARTS)

        assert who_is_where(cast, on=STARTS)["Elm"] == "Year 4"
        with reading(cast.oakfield):
            assert GroupPlace.objects.filter(pupil_id=pupils["Elm"], ended_at=None).count() == 1
        take_back(cast, done)
        assert who_is_where(cast)["Elm"] == "Year 1"

    def test_out_of_every_class_and_in_again_on_another_day(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)
        year_1 = named(cast)["Year 1"]
        move(cast, [pupils["Elm"]], year_1, None)
        move(cast, [pupils["Elm"]], None, year_1, on=TODAY + timedelta(days=7))

        assert who_is_where(cast, on=TODAY - timedelta(days=1))["Elm"] == "Year 1"
        assert who_is_where(cast)["Elm"] == ""
        assert who_is_where(cast, on=TODAY + timedelta(days=7))["Elm"] == "Year 1"

    def test_a_planned_move_is_withdrawn_by_an_earlier_one(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)
        at = named(cast)
        move(cast, [pupils["Elm"]], at["Year 1"], at["Year 4"], on=TODAY + timedelta(days=30))
        move(cast, [pupils["Elm"]], at["Year 1"], at["Reception"])

        assert who_is_where(cast, on=TODAY + timedelta(days=60))["Elm"] == "Reception"

    def test_a_pupil_somebody_else_has_moved_is_not_moved_again(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)
        at = named(cast)
        move(cast, [pupils["Acorn"]], at["Year 4"], at["Year 1"])

        with pytest.raises(Refused, match="somebody may have moved them"):
            move(cast, [pupils["Acorn"], pupils["Birch"]], at["Year 4"], at["Reception"])

        assert who_is_where(cast)["Birch"] == "Year 4"

    @pytest.mark.parametrize("on", [date(2026, 8, 31), date(2027, 9, 1)])
    def test_a_day_outside_the_year_is_refused(self, cast: Cast, pupils: dict[str, int], on: date) -> None:
        make(cast)

        with pytest.raises(Refused, match="not in the school year 2026/27"):
            move(cast, [pupils["Elm"]], named(cast)["Year 1"], None, on=on)

    def test_a_pupil_of_another_school_or_off_roll_is_refused(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)
        with writing(cast.thornhill):
            theirs = a_pupil(cast.deed("theo"), "Thorn", "Tess", "4")

        with pytest.raises(Refused, match="not on roll on that day"):
            move(cast, [theirs], None, named(cast)["Year 4"])


class TestWhoSees:
    def test_a_teacher_sees_their_own_class_and_leaders_every_class(self, cast: Cast, pupils: dict[str, int]) -> None:
        make(cast)
        year_4 = named(cast)["Year 4"]
        edit(cast, year_4, ClassFacts("Year 4", None), ClassFacts("4B", cast.tom.member))

        with reading(cast.oakfield):
            seen = {
                name: [row.name for row in classes_for(viewer=cast.people[name], year=YEAR)]
                for name in ("tom", "hana", "sena", "ada", "olu", "asha", "gus")
            }
            assert may_see_class(viewer=cast.tom, group=year_4)
            assert may_see_pupil(viewer=cast.tom, pupil=pupils["Acorn"], on=TODAY)
            assert not may_see_pupil(viewer=cast.tom, pupil=pupils["Elm"], on=TODAY)
            assert not may_see_pupil(viewer=cast.asha, pupil=pupils["Acorn"], on=TODAY)
            assert not may_see_pupil(viewer=cast.theo, pupil=pupils["Acorn"], on=TODAY)
        everything = ["Reception", "Year 1", "4B"]
        assert seen == {
            "tom": ["4B"],
            "hana": everything,
            "sena": everything,
            "ada": everything,
            "olu": everything,
            "asha": [],
            "gus": [],
        }

    @pytest.mark.parametrize("size", [4, 70])
    def test_listing_classes_asks_the_same_few_questions(
        self, cast: Cast, size: int, django_assert_num_queries
    ) -> None:
        with writing(cast.oakfield):
            deed = cast.deed("olu")
            for n in range(size):
                a_pupil(deed, f"Oak{n}", "Al", str(1 + n % 6))
        make(cast)

        with reading(cast.oakfield), django_assert_num_queries(5):
            rows = classes(school=cast.oakfield, year=YEAR, on=TODAY)

        assert sum(row.pupils for row in rows) == size
