"""Target analysis against a count over the raw rows, and what it says of on track and at the target."""

import random

import pytest

from itrack.assessment.models import Judgement
from itrack.curriculum.rules import BANDS
from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.targets import REPORT
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.on_target import NOT_YET
from itrack.targets.api import set_targets, settle_target_rules
from tests.cast import NOW
from tests.reports.progress import subject_id
from tests.reports.school import Oakfield, point_id

ORDER = [band.code for band in BANDS]
LETTERS = {"B": 0, "W": 1, "E": 2, "G": 3}


def answer(oakfield: Oakfield, **said: str) -> Answer:
    with reading(oakfield.cast.oakfield):
        asked, _ = understand(REPORT, viewer=oakfield.cast.hana, said=said, now=NOW)
        return REPORT.work_out(asked)


def aims(oakfield: Oakfield, wanted: dict[int, str]) -> None:
    school = oakfield.cast.oakfield
    with writing(school):
        subject = subject_id(school, "Reading")
        cells = {(pupil, subject): code for pupil, code in wanted.items()}
        by = oakfield.cast.hana.member
        set_targets(school=school, point=point_id(school, 6), cells=cells, by=by, at=NOW)


@pytest.mark.parametrize("seed", range(4))
def test_each_pupil_stands_where_the_last_mark_lies_beside_the_target(oakfield: Oakfield, seed: int) -> None:
    chance = random.Random(seed)
    pupils = (oakfield.amara, oakfield.toby, oakfield.leo, oakfield.maud, oakfield.ada)
    wanted = {pupil: chance.choice("BWEG") for pupil in pupils if chance.random() < 0.8}
    aims(oakfield, wanted)

    told = answer(oakfield)

    with reading(oakfield.cast.oakfield):
        rows = Judgement.objects.filter(subject__name="Reading", ended_at=None).exclude(band="")
        marks = dict(rows.values_list("pupil_id", "band"))
        subject = subject_id(oakfield.cast.oakfield, "Reading")
    apart = {pupil: ORDER.index(marks[pupil]) - LETTERS[code] for pupil, code in wanted.items() if pupil in marks}
    figures = {one.key: one.pupils for one in told.figures()}
    assert figures.get(f"{subject}.below", set()) == {pupil for pupil, by in apart.items() if by < 0}
    assert figures.get(f"{subject}.on", set()) == {pupil for pupil, by in apart.items() if by == 0}
    assert figures.get(f"{subject}.ahead", set()) == {pupil for pupil, by in apart.items() if by > 0}
    assert figures.get(f"{subject}.counted", set()) == set(apart)
    assert told.counted | {line.pupil for line in told.out} == set(told.people)


def test_on_track_is_kept_apart_from_at_the_target(oakfield: Oakfield) -> None:
    school = oakfield.cast.oakfield
    aims(oakfield, {oakfield.amara: "G", oakfield.toby: "E"})
    with writing(school):
        steps = {"greater": dict.fromkeys(range(1, 6), "expected")}
        settle_target_rules(school=school, teachers_set=False, steps=steps, by=oakfield.cast.hana.member, at=NOW)

    told = answer(oakfield)

    assert "1 of 2 pupils counted is on track or ahead in reading for Summer 2 (50%)." in told.finding
    assert f"1 of them is not at the target yet: {NOT_YET}" in told.finding


def test_without_targets_it_says_how_one_comes_about(oakfield: Oakfield) -> None:
    page = oakfield.cast.client("hana").get("/reports/target-analysis").content.decode()

    assert "No targets for Summer 2 to look at" in page
