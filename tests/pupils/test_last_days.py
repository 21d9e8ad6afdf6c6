"""What becomes of places in classes when a spell on the roll gets another last day."""

from datetime import date

import pytest

from itrack.pupils.rules_leaving import PlaceHeld, SpellHeld, cut_places, first_fault, last_spells

SEPTEMBER, OCTOBER, DECEMBER, JULY = date(2026, 9, 1), date(2026, 10, 2), date(2026, 12, 18), date(2027, 7, 22)
NEXT, LATER = date(2027, 9, 1), date(2027, 10, 1)


def place(pk: int, starts: date, ends: date | None, year: int = 2026) -> PlaceHeld:
    return PlaceHeld(pk, 100 + pk, year, starts, ends)


@pytest.mark.parametrize(
    ("starts", "held", "was", "day", "ends"),
    [
        (SEPTEMBER, None, None, OCTOBER, OCTOBER),  # leaves
        (SEPTEMBER, OCTOBER, OCTOBER, DECEMBER, DECEMBER),  # leaves later than was said
        (SEPTEMBER, DECEMBER, DECEMBER, OCTOBER, OCTOBER),  # earlier
        (SEPTEMBER, OCTOBER, OCTOBER, None, None),  # does not leave
        (SEPTEMBER, OCTOBER, DECEMBER, JULY, OCTOBER),  # another class had taken over in October
        (SEPTEMBER, DECEMBER, None, OCTOBER, OCTOBER),  # another class was to take over in December
        (SEPTEMBER, None, None, LATER, None),  # the class is over by then
        (SEPTEMBER, JULY, JULY, LATER, None),
        (SEPTEMBER, OCTOBER, None, LATER, OCTOBER),
    ],
)
def test_a_place_ends_with_the_spell_and_goes_on_with_it(starts, held, was, day, ends) -> None:
    cut = cut_places([place(1, starts, held)], SpellHeld(date(2025, 9, 1), was), day)

    assert [told for _, told in cut.ended] == ([] if ends == held else [ends])
    assert cut.withdrawn == []


def test_a_place_that_was_still_to_come_is_withdrawn() -> None:
    to_come = place(2, NEXT, None, 2027)

    cut = cut_places([place(1, SEPTEMBER, None), to_come], SpellHeld(SEPTEMBER, None), JULY)

    assert cut.withdrawn == [to_come]


def test_places_of_an_earlier_spell_are_left_alone() -> None:
    cut = cut_places([place(1, SEPTEMBER, OCTOBER)], SpellHeld(DECEMBER, None), date(2026, 12, 1))

    assert (cut.ended, cut.withdrawn) == ([], [])


def test_the_last_spell_of_each_is_the_one_that_began_last() -> None:
    rows = [(7, DECEMBER, None), (7, SEPTEMBER, OCTOBER), (8, SEPTEMBER, None)]

    assert last_spells(rows) == {7: SpellHeld(DECEMBER, None), 8: SpellHeld(SEPTEMBER, None)}


def test_a_last_day_before_the_first_is_said_to_be_wrong() -> None:
    assert first_fault([(SEPTEMBER, OCTOBER), (SEPTEMBER, None)]) == ""
    assert "joined after that day" in first_fault([(SEPTEMBER, OCTOBER), (DECEMBER, OCTOBER)])
