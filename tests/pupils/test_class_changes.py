"""The latest changes to classes say which classes they were of, and never whose names stood in them."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.actions.classes import move_pupils, take_back
from itrack.pupils.actions.helping import set_helpers
from itrack.pupils.api import ClassFacts, add_class, class_changes, classes, edit_class, make_classes
from tests.cast import NOW, TODAY, Cast, a_pupil

YEAR = 2026


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def made(cast: Cast) -> dict[str, int]:
    """The classes Year 1 and Year 4, with a pupil each."""
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        a_pupil(deed, "Acorn", "Al", "4")
        a_pupil(deed, "Elm", "Al", "1")
    with writing(cast.oakfield):
        make_classes(school=cast.oakfield, year=YEAR, by=cast.olu.member, at=NOW)
    with reading(cast.oakfield):
        return {row.name: row.id for row in classes(school=cast.oakfield, year=YEAR)}


def renamed(cast: Cast, group: int, was: str, name: str, teacher: int | None = None) -> int:
    with writing(cast.oakfield):
        return edit_class(
            school=cast.oakfield,
            group=group,
            seen=ClassFacts(was, None),
            facts=ClassFacts(name, teacher),
            by=cast.hana.member,
            at=NOW,
        )


def said(cast: Cast) -> list[str]:
    with reading(cast.oakfield):
        return [row.words for row in class_changes(school=cast.oakfield)]


def test_classes_made_are_named(cast: Cast, made: dict[str, int]) -> None:
    [words] = said(cast)

    assert words == "2 classes made, 2 pupils placed: Year 1, Year 4"


def test_a_class_that_was_given_a_teacher_is_named(cast: Cast, made: dict[str, int]) -> None:
    renamed(cast, made["Year 4"], "Year 4", "Year 4", cast.tom.member)

    assert said(cast)[0] == "1 class edited: Year 4"


def test_a_class_that_was_renamed_is_told_by_both_names_even_when_that_is_taken_back(
    cast: Cast, made: dict[str, int]
) -> None:
    change_set = renamed(cast, made["Year 4"], "Year 4", "4 Alder")
    before = said(cast)
    with writing(cast.oakfield):
        take_back(school=cast.oakfield, change_set=change_set, by=cast.hana.member, at=NOW)

    assert before[0] == "1 class edited: Year 4, now 4 Alder"
    assert said(cast)[0] == "1 class edited: Year 4"


def test_pupils_moved_and_helpers_name_the_classes_and_nobody(cast: Cast, made: dict[str, int]) -> None:
    with writing(cast.oakfield):
        pupil = a_pupil(cast.deed("olu"), "Zephyr", "Zoe", "4")
        set_helpers(
            school=cast.oakfield,
            group=made["Year 1"],
            members=[cast.asha.member],
            seen=[],
            by=cast.hana.member,
            at=NOW,
        )
        move_pupils(
            school=cast.oakfield,
            year=YEAR,
            pupils=[pupil],
            seen_in=None,
            to=made["Year 4"],
            on=TODAY,
            by=cast.hana.member,
            at=NOW,
        )

    assert said(cast)[:2] == ["1 pupil moved: Year 4", "1 helper changed: Year 1"]
    assert not any("Zephyr" in words for words in said(cast))


def test_many_classes_are_counted_rather_than_listed_to_the_end(cast: Cast) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        for number, year_group in enumerate(("1", "2", "3", "4", "5", "6", "R", "N1"), start=1):
            a_pupil(deed, "Acorn", f"Al{number}", year_group)
    with writing(cast.oakfield):
        make_classes(school=cast.oakfield, year=YEAR, by=cast.olu.member, at=NOW)

    [words] = said(cast)

    assert words.endswith("2 more")
    assert words.count(",") == 7


def test_another_school_is_not_told_of_them(cast: Cast, made: dict[str, int]) -> None:
    with reading(cast.thornhill):
        rows = class_changes(school=cast.thornhill)

    assert rows == []


def test_eight_deeds_take_no_more_questions_than_one(cast: Cast, made: dict[str, int]) -> None:
    with reading(cast.oakfield), CaptureQueriesContext(connection) as of_one:
        class_changes(school=cast.oakfield)
    for number in range(7):
        with writing(cast.oakfield):
            add_class(
                school=cast.oakfield, year=YEAR, facts=ClassFacts(f"5 {number}", None), by=cast.olu.member, at=NOW
            )

    with reading(cast.oakfield), CaptureQueriesContext(connection) as of_many:
        rows = class_changes(school=cast.oakfield)

    assert len(rows) == 8
    assert len(of_many) == len(of_one)
