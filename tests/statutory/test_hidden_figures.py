"""A governor takes the table of outcomes and subtracts: shares times how many, and one figure from another."""

from fractions import Fraction
from math import ceil, floor

from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.statutory.rules import figures
from itrack.statutory.rules.figures import FEW, hidden
from itrack.statutory.rules.measures import MEASURES, MeasureTally
from itrack.ui.words import rounded_percent

SUBJECTS = ("reading", "maths", "writing")
NAMES = [f"{name}-{at}" for name in (*SUBJECTS, "rwm") for at in ("expected", "higher")]
# A pupil's standing in one subject: left out, short of it, at it, above it.
OUT, SHORT, AT, ABOVE = range(4)


@st.composite
def cohorts(draw) -> dict[str, MeasureTally]:
    """A Year 6 of Key Stage 2: what each reached in each subject, and so in all three."""
    likely = st.sampled_from([OUT, *[SHORT] * draw(st.integers(1, 6)), *[AT] * 6, *[ABOVE] * 3])
    pupils = draw(st.lists(st.tuples(likely, likely, likely), min_size=1, max_size=60))
    return {name: _tally(pupils, *name.split("-")) for name in NAMES}


def _tally(pupils, subject: str, at: str) -> MeasureTally:
    wanted = ABOVE if at == "higher" else AT
    told = {number: min(one) if subject == "rwm" else one[SUBJECTS.index(subject)] for number, one in enumerate(pupils)}
    inside = {number: reached for number, reached in told.items() if reached != OUT}
    achieved = {number: "" for number, reached in inside.items() if reached >= wanted}
    short = {number: "" for number in inside if number not in achieved}
    out = {number: "" for number in told if number not in inside}
    return MeasureTally(achieved, short, out, frozenset(), {})


def shown(told: dict[str, MeasureTally]) -> dict[str, tuple[int, int]]:
    """Of each figure the least and the most that can have achieved it, from its percentage and its denominator."""
    few = hidden({name: (MEASURES[name], one) for name, one in told.items()})
    found = {}
    for name, one in told.items():
        if name not in few and one.counted:
            percent = rounded_percent(len(one.achieved), one.counted)
            low, high = (Fraction(percent) + way * Fraction(1, 2) for way in (-1, 1))
            found[name] = max(0, ceil(low * one.counted / 100)), min(one.counted, floor(high * one.counted / 100))
    return found


def worked_out(told: dict[str, MeasureTally]) -> dict[tuple[str, str], int]:
    """Every number of one to five a reader is certain of: who reached it, who did not, and who reached less."""
    found: dict[tuple[str, str], int] = {}
    seen = shown(told)
    for name, (low, high) in seen.items():
        if low == high:
            found[name, "achieved"], found[name, "short"] = low, told[name].counted - low
    pairs = [(f"{one}-higher", f"{one}-expected") for one in (*SUBJECTS, "rwm")]
    pairs += [(f"rwm-{at}", f"{one}-{at}") for one in SUBJECTS for at in ("expected", "higher")]
    pairs += [("rwm-higher", f"{one}-expected") for one in SUBJECTS]
    for part, whole in pairs:
        if part in seen and whole in seen and seen[part][0] == seen[part][1] and seen[whole][0] == seen[whole][1]:
            found[whole, part] = seen[whole][0] - seen[part][0]
    return {what: n for what, n in found.items() if 1 <= n <= FEW}


@settings(deadline=None, max_examples=400)
@given(cohorts())
def test_no_number_of_five_or_fewer_comes_out_of_the_table_of_outcomes(told):
    assert not worked_out(told)


@settings(deadline=None, max_examples=100)
@given(cohorts())
def test_what_a_reader_reckons_from_a_share_is_true(told):
    for name, (low, high) in shown(told).items():
        assert low <= len(told[name].achieved) <= high


def test_the_same_reckoning_finds_something_where_only_small_groups_are_left_out(monkeypatch):
    monkeypatch.setattr(figures, "PART_OF", ())
    pupils = [(AT, AT, AT)] * 40 + [(AT, AT, SHORT)] * 3 + [(SHORT, SHORT, SHORT)] * 10

    told = {name: _tally(pupils, *name.split("-")) for name in NAMES}

    assert worked_out(told)[("reading-expected", "rwm-expected")] == 3


def test_a_part_of_a_part_is_no_way_round():
    pupils = [(ABOVE, ABOVE, ABOVE)] * 20 + [(AT, SHORT, SHORT)] * 3 + [(SHORT, SHORT, SHORT)] * 20

    assert not worked_out({name: _tally(pupils, *name.split("-")) for name in NAMES})
