"""What target analysis says of on track and at the target."""

from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.targets import REPORT
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.on_target import NOT_YET
from itrack.targets.api import set_targets, settle_target_rules
from tests.cast import NOW
from tests.reports.progress import subject_id
from tests.reports.school import Oakfield, point_id


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
