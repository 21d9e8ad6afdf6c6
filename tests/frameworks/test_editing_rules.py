"""What may be done to one statement, by values alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.frameworks.rules.content import About, StatementFacts, StrandFacts
from itrack.frameworks.rules.editing import one_up, words_fault
from itrack.frameworks.rules.years import covers, span

STRAND = StrandFacts("Maths", "4", "4", "Place value")


@pytest.mark.parametrize(
    ("text", "beside", "said"),
    [
        ("Counts", [], ""),
        ("Counts", [("M1", "Counts"), ("M2", "Adds")], ""),
        ("Counts", [("M2", "COUNTS")], "M2, in the same strand, says the same. Nothing was changed."),
        ("", [], "The statement is empty. Nothing was changed."),
        ("a\nb", [], "The statement holds a line break or a character that cannot be seen. Nothing was changed."),
    ],
)
def test_words_are_whole_and_their_own(text: str, beside: list[tuple[str, str]], said: str) -> None:
    assert words_fault(StatementFacts(STRAND, "M1", text), beside) == said


@given(st.lists(st.integers(), unique=True, min_size=1, max_size=9), st.data())
def test_one_up_moves_one_and_keeps_the_order_of_the_others(order: list[int], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(order))

    moved = one_up(order, one)

    assert [other for other in moved if other != one] == [other for other in order if other != one]
    assert moved.index(one) == max(order.index(one) - 1, 0)


def test_a_framework_without_a_version_goes_by_its_name() -> None:
    assert About("Our own").title == "Our own"
    assert About("Our own", "2028").title == "Our own, 2028"


def test_no_year_group_lies_between_two_in_the_wrong_order_or_beside_the_ladder() -> None:
    assert span("3", "4") == ("3", "4")
    assert span("4", "3") == ()
    assert span("4", "Q") == ()
    assert not covers("Q", "4", "3")
