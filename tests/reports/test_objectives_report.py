"""The objectives report: not taught apart from not achieved, and each figure to the pupil."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from itrack.foundation.tenancy.windows import reading
from itrack.objectives.models import StatementMark
from itrack.objectives.rules.depth import NOT_FOR_THEM, NOT_JUDGED, Depth
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.objectives import REPORT
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.statements import in_statements, told
from tests.cast import NOW, TODAY
from tests.objectives.conftest import Classroom, room  # noqa: F401

SCALE = [
    Depth(1, "N", "Not taught"),
    Depth(2, "T", "Taught", 1, taught=True),
    Depth(3, "S", "Secure", 2, taught=True, secure=True),
]
PUPILS, STATEMENTS = range(1, 8), (11, 12, 13)
marks = st.dictionaries(
    st.tuples(st.sampled_from(PUPILS), st.sampled_from(STATEMENTS)), st.sampled_from([*SCALE, NOT_FOR_THEM])
)


@pytest.fixture
def today():
    with time_machine.travel(NOW, tick=False):
        yield


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


def answer(room: Classroom, who: str = "hana", **said: str) -> Answer:  # noqa: F811
    with reading(room.cast.oakfield):
        asked, _ = understand(REPORT, viewer=room.cast.people[who], said=said, now=NOW)
        return REPORT.work_out(asked)


@pytest.mark.usefixtures("today")
def test_each_figure_is_that_of_the_rows(room: Classroom) -> None:  # noqa: F811
    first, second = list(room.pupils)[:2]
    saved = room.save("tom", {room.cell(first): "S", room.cell(first, 2): "E", room.cell(second): "/"})
    assert not saved.refused

    told_of = answer(room, strand=str(room.strands["Maths 4"]))

    with reading(room.cast.oakfield):
        rows = StatementMark.objects.filter(ended_at=None, depth__secure=True).values_list("statement_id", "pupil_id")
        secure = set(rows)
    for statement in room.statements["Maths 4"]:
        [one] = [figure for figure in told_of.figures() if figure.key == f"{statement}.secure"]
        assert one.pupils == {pupil for of, pupil in secure if of == statement}
    assert told_of.counted | {line.pupil for line in told_of.out} == set(told_of.people)
    [apart] = [one for one in told_of.figures() if one.key == f"{room.statements['Maths 4'][0]}.apart"]
    assert apart.pupils == {room.pupils[second]}


@pytest.mark.usefixtures("today")
def test_an_earlier_day_shows_what_stood_then(room: Classroom) -> None:  # noqa: F811
    first = next(iter(room.pupils))
    room.save("tom", {room.cell(first): "S"})

    before = answer(room, strand=str(room.strands["Maths 4"]), as_at=(TODAY - timedelta(days=1)).isoformat())

    assert not [one for one in before.figures() if one.key.endswith(".secure") and one.n]
