"""What two frameworks have unlike, and that nothing is said exactly when they are equal."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.frameworks.rules.comparing import Sort, Turn, compare, moved
from itrack.frameworks.rules.content import About, Content, StatementFacts, StrandFacts, in_order
from itrack.frameworks.rules.scale import FIRST_SCALE, Depth
from tests.frameworks.making import contents

PLACE = StrandFacts("Maths", "3", "3", "Place value")
SHAPE = StrandFacts("Maths", "3", "4", "Shape")
COUNT = StatementFacts(PLACE, "M1", "Count in 4s")
HUNDREDS = StatementFacts(PLACE, "M2", "Say what hundreds are worth")
ANGLES = StatementFacts(SHAPE, "M3", "Find right angles")
OLD = Content(About("Ours", "1"), FIRST_SCALE, (PLACE, SHAPE), (COUNT, HUNDREDS, ANGLES))


def test_a_framework_does_not_differ_from_itself():
    assert compare(OLD, OLD).is_empty


def test_added_changed_and_removed_statements_are_told_by_their_code():
    reworded = replace(COUNT, text="Count in 4s and 8s", pointer="Year 3", retired_on=date(2027, 8, 31))
    new = replace(OLD, statements=(reworded, ANGLES, StatementFacts(SHAPE, "M4", "Draw shapes")))

    found = compare(OLD, new)

    assert [(each.sort, each.told.code) for each in found.statements] == [
        (Sort.CHANGED, "M1"),
        (Sort.ADDED, "M4"),
        (Sort.REMOVED, "M2"),
    ]
    assert found.statements[0].turns == (
        Turn("Statement", "Count in 4s", "Count in 4s and 8s"),
        Turn("Programme of study", "", "Year 3"),
        Turn("Retired on", "", "2027-08-31"),
    )
    assert found.count(Sort.ADDED) == 1


def test_a_statement_in_another_strand_says_where_it_was():
    new = in_order(replace(OLD, statements=(COUNT, replace(HUNDREDS, strand=SHAPE), ANGLES)))

    [change] = compare(OLD, new).statements

    assert change.turns == (Turn("Strand", "Maths, Year 3, Place value", "Maths, Years 3 to 4, Shape"),)


def test_only_what_was_moved_counts_as_moved():
    more = StatementFacts(PLACE, "M4", "Find 10 more")
    old = in_order(replace(OLD, statements=(*OLD.statements, more)))
    new = in_order(replace(OLD, statements=(more, *OLD.statements)))

    assert [(each.sort, each.told.code) for each in compare(old, new).statements] == [(Sort.MOVED, "M4")]


def test_name_scale_and_strands_are_compared_too():
    time = StrandFacts("Maths", "3", "3", "Time")
    scale = (*FIRST_SCALE, Depth("G", "Greater", 4, secure=True))
    new = Content(About("Ours", "2", from_year=2028), scale, (SHAPE, time, PLACE), in_order(OLD).statements)

    found = compare(OLD, in_order(new))

    assert found.about == (Turn("Version", "1", "2"), Turn("From", "", "2028"))
    assert found.scale[0].now.endswith("; G Greater (4, secure)")
    assert "X Not taught (0, not taught)" in found.scale[0].was
    assert found.strands[0] == Turn("Strand", "", "Maths, Year 3, Time")
    assert found.strands[1].what == "Order of strands"
    assert compare(new, OLD).strands[0] == Turn("Strand", "Maths, Year 3, Time", "")


@settings(max_examples=30)
@given(contents(), contents())
def test_nothing_is_said_exactly_when_both_are_equal(one, other):
    assert compare(one, one).is_empty
    assert compare(one, other).is_empty == (one == other)


@given(st.permutations(range(8)), st.sets(st.integers(0, 9)))
def test_what_was_not_moved_stands_in_its_old_order(after, gone):
    before = [each for each in range(8) if each not in gone]

    shifted = moved(before, after)
    rest = [each for each in after if each in before and each not in shifted]

    assert rest == sorted(rest)
    assert set(shifted) <= set(before)
