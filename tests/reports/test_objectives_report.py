"""The rules of the objectives report: not taught apart from not achieved, each pupil at one depth."""

from hypothesis import given
from hypothesis import strategies as st

from itrack.objectives.rules.depth import NOT_FOR_THEM, NOT_JUDGED, Depth
from itrack.reports.rules.statements import in_statements, told

SCALE = [
    Depth(1, "N", "Not taught"),
    Depth(2, "T", "Taught", 1, taught=True),
    Depth(3, "S", "Secure", 2, taught=True, secure=True),
]
PUPILS, STATEMENTS = range(1, 8), (11, 12, 13)
marks = st.dictionaries(
    st.tuples(st.sampled_from(PUPILS), st.sampled_from(STATEMENTS)), st.sampled_from([*SCALE, NOT_FOR_THEM])
)


@given(marks)
def test_every_pupil_is_at_one_depth_or_the_statement_is_not_theirs(held: dict) -> None:
    for one in in_statements(STATEMENTS, PUPILS, held, SCALE):
        for pupil in PUPILS:
            mark = held.get((pupil, one.statement))
            at = {code for code, pupils in one.at.items() if pupil in pupils}
            assert at == (set() if mark is NOT_FOR_THEM else {mark.code if mark else NOT_JUDGED.code})
            assert (pupil in one.taught) is bool(mark and mark.code in "TS")
            assert (pupil in one.secure) is bool(mark and mark.code == "S")
            assert (pupil in one.counted) is (mark is not NOT_FOR_THEM)


@given(marks)
def test_a_statement_waits_while_nobody_was_taught_it(held: dict) -> None:
    for one in in_statements(STATEMENTS, PUPILS, held, SCALE):
        assert one.waits is (bool(one.counted) and not one.taught)


def test_what_was_not_taught_is_not_called_not_achieved() -> None:
    held = {(1, 11): SCALE[2], (2, 11): SCALE[2], (3, 11): SCALE[1], (1, 12): SCALE[1], (2, 12): SCALE[0]}

    [finding] = told("Fractions", "in 4B", in_statements(STATEMENTS, PUPILS, held, SCALE))

    assert finding.text == (
        "In 4B, 2 of 3 statements of fractions have been taught to somebody; of those, 1 is secure for most of the "
        "pupils taught. 1 has not been taught yet, which is not the same as not achieved."
    )


def test_nothing_is_said_while_nothing_was_taught() -> None:
    assert told("Fractions", "in 4B", in_statements(STATEMENTS, PUPILS, {}, SCALE)) == []
