"""From one mark to a later one, against a count by hand over the raw rows."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.reports.rules.moves import Ends, moves
from itrack.reports.rules.prior import LEVEL, MET
from itrack.reports.rules.tally import Population
from itrack.reports.rules.transition import DOWN, FOUR, SAME, UP, End, Stand, Transition, transition

BANDS = ["below", "towards", "expected", "greater"]
ENDS = Ends("Summer 2, 2025/26", "Autumn 2, 2026/27")
marks = st.one_of(
    st.none(),
    st.builds(Stand, place=st.sampled_from(BANDS), of_year=st.sampled_from(["", "", "", "Year 2"])),
    st.just(Stand(why="Code A, absent")),
)
pupils = st.lists(st.tuples(marks, marks, st.booleans()), max_size=40)


def told_of(rows, steps=FOUR) -> Transition:
    """(mark before, mark now, whether inside) of each pupil, by place in the list."""
    inside = frozenset(i for i, row in enumerate(rows) if row[2])
    population = Population(inside, {i: "In another class" for i, row in enumerate(rows) if not row[2]})
    before, now = ({i: row[end] for i, row in enumerate(rows) if row[end]} for end in (0, 1))
    return transition(population, End("before", before, {}), End("now", now, {}), steps, FOUR)


@given(pupils)
def test_every_cell_counts_the_pupils_a_count_by_hand_finds(rows) -> None:
    told = told_of(rows)

    by_hand: Counter[tuple[str, str]] = Counter()
    for before, now, inside in rows:
        if inside and before and now and before.place and now.place and not before.of_year and not now.of_year:
            by_hand[before.place, now.place] += 1
    assert {at: len(cell) for at, cell in told.cells.items() if cell} == dict(by_hand)
    went = {way: sum(n for (one, two), n in by_hand.items() if sign(one, two) == way) for way in (UP, SAME, DOWN)}
    assert {way: len(found) for way, found in told.moved.items()} == went


def sign(one: str, two: str) -> str:
    return SAME if one == two else UP if BANDS.index(two) > BANDS.index(one) else DOWN


@given(pupils)
def test_everybody_in_view_is_in_one_cell_or_apart_or_out_with_a_reason(rows) -> None:
    told = told_of(rows)

    places = [*told.cells.values(), frozenset(told.apart), frozenset(told.out)]
    assert sorted(pupil for place in places for pupil in place) == list(range(len(rows)))
    assert all(reason for _, reason in told.out.values())
    assert sum(len(told.row(band)) for band in BANDS) == len(told.counted)
    assert sum(len(told.column(band)) for band in BANDS) == len(told.counted)


def grid(*cells: tuple[str, str, int], out: int = 0, apart: int = 0) -> Transition:
    rows = [(Stand(one), Stand(two), True) for one, two, n in cells for _ in range(n)]
    rows += [(None, Stand("expected"), True)] * out
    rows += [(Stand("below", of_year="Year 2"), Stand("below"), True)] * apart
    steps = MET if cells and cells[0][0] in ("met", "short") else FOUR
    return told_of(rows, steps)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (
            grid(("expected", "expected", 41), ("towards", "expected", 9), ("greater", "expected", 4)),
            "In Year 4, of the 54 pupils with a mark in reading at Summer 2, 2025/26 and at Autumn 2, 2026/27, 41 "
            "stayed in the same band (76%), 9 moved up (17%) and 4 moved down (7%).",
        ),
        (
            grid(("expected", "expected", 7), ("towards", "expected", 1), out=2, apart=1),
            "In Year 4, of the 8 pupils with a mark in reading at Summer 2, 2025/26 and at Autumn 2, 2026/27, 7 stayed "
            "in the same band (88%), 1 moved up (13%) and none moved down. 1 pupil is judged against another year "
            "group and stands apart. 2 of 11 pupils in view are not counted.",
        ),
        (
            grid(("expected", "greater", 6)),
            "In Year 4, all 6 pupils with a mark in reading at Summer 2, 2025/26 and at Autumn 2, 2026/27 moved up.",
        ),
        (
            grid(("expected", "expected", 1)),
            "In Year 4, the one pupil with a mark in reading at Summer 2, 2025/26 and at Autumn 2, 2026/27 stayed in "
            "the same band. Fewer than 5 pupils are counted: read it with care.",
        ),
        (
            grid(("expected", "towards", 2), apart=2),
            "In Year 4, both pupils with a mark in reading at Summer 2, 2025/26 and at Autumn 2, 2026/27 moved "
            "down. 2 pupils are judged against another year group and stand apart. Fewer than 5 pupils are counted: "
            "read it with care.",
        ),
    ],
)
def test_the_sentence_of_bands_is_plain_and_whole(told: Transition, says: str) -> None:
    found = moves(told, where="in Year 4", subject="Reading", ends=ENDS)

    assert " ".join(one.text for one in found) == says


def test_of_two_assessments_nobody_is_said_to_have_moved() -> None:
    ends = Ends("Key Stage 1 reading (teacher assessment)", "Autumn 2, 2026/27", result=True)
    told = grid(("expected", "expected", 6), ("towards", "expected", 1), ("greater", "expected", 3))

    found = moves(told, where="in Year 4", subject="Reading", ends=ends)

    assert found[0].text == (
        "In Year 4, of the 10 pupils with a result in Key Stage 1 reading (teacher assessment) and a mark in reading "
        "at Autumn 2, 2026/27, 6 are in the same band (60%), 1 is in a higher band in the later one (10%) and 3 are "
        "in a lower one (30%)."
    )


def test_a_result_of_two_groups_is_told_by_group_and_nobody_is_said_to_have_moved() -> None:
    told = grid(("met", "expected", 36), ("met", "towards", 4), ("short", "greater", 1), ("short", "below", 11))

    found = moves(told, where="in Year 4", subject="Reading", ends=Ends("the phonics check", ENDS.end, result=True))

    assert not told.ordered
    assert found[0].text == (
        "In Year 4, of the 40 pupils with “met” in the phonics check, 36 are at expected or above in reading at Autumn "
        "2, 2026/27 (90%); of the 12 pupils with “not met”, 1 is (8%)."
    )
    [few, *_] = moves(
        grid(("met", "expected", 1), ("short", "below", 4)),
        where="in Year 4",
        subject="Reading",
        ends=Ends("the phonics check", "Autumn 2", result=True),
    )
    assert few.text == (
        "In Year 4, the one pupil with “met” in the phonics check is at expected or above in reading at Autumn 2; of "
        "the 4 pupils with “not met”, none is."
    )


def test_nothing_is_said_of_nobody() -> None:
    assert moves(grid(out=3), where="in Year 4", subject="Reading", ends=ENDS) == []
    assert [step.code for step in LEVEL] == [step.code for step in MET]
