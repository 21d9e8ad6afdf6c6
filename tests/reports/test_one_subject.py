"""One subject over the year, in teachers' marks and in scores of a test: what is said, and what is not."""

from datetime import UTC, datetime, timedelta

import pytest

from itrack.curriculum.models import AssessmentName, MarkScheme
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.catalogue import performance, single_subject
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.declared import Report
from itrack.reports.rules.answer import Answer, Nothing
from tests.cast import NOW
from tests.reports.progress import marked, subject_id
from tests.reports.school import Oakfield

IN_OCTOBER = datetime(2026, 10, 6, 9, tzinfo=UTC)
BANDS = [{"band": "below", "at_least": "70"}, {"band": "towards", "at_least": "85"}]
BANDS += [{"band": "expected", "at_least": "95"}, {"band": "greater", "at_least": "116"}]


@pytest.fixture
def test_of_reading(oakfield: Oakfield) -> int:
    with writing(oakfield.cast.oakfield):
        deed = oakfield.cast.deed("hana", ChangeSet.Kind.SCHEME)
        told = {"school_id": oakfield.cast.oakfield, "added_by_id": deed.change_set}
        scheme = MarkScheme.objects.create(name="Scores", kind="standardised", bands=BANDS, **told)
        return AssessmentName.objects.create(name="Spring test", scheme=scheme, position=9, **told).pk


def answer(oakfield: Oakfield, report: Report, who: str = "hana", **said: str) -> Answer:
    with reading(oakfield.cast.oakfield):
        subject = str(subject_id(oakfield.cast.oakfield, "Reading"))
        asked, _ = understand(report, viewer=oakfield.cast.people[who], said={"subject": subject} | said, now=NOW)
        return report.work_out(asked)


def everybody(oakfield: Oakfield) -> set[int]:
    return {oakfield.amara, oakfield.toby, oakfield.leo, oakfield.maud, oakfield.ada}


def test_a_pupil_without_a_mark_is_counted_and_told_why(oakfield: Oakfield) -> None:
    told = answer(oakfield, single_subject.REPORT)

    assert oakfield.leo in told.counted
    assert told.standing["Autumn 2"][oakfield.leo] == "Not assessed: Code A, absent for the assessment"
    assert "2 of 6 pupils are at expected or above in reading at Autumn 2 (33%); 2 are not assessed." in told.finding


def test_a_teacher_sees_the_own_class_alone(oakfield: Oakfield) -> None:
    told = answer(oakfield, single_subject.REPORT, "tom")

    assert oakfield.ada not in told.people
    assert set(told.people) == {oakfield.amara, oakfield.toby, oakfield.leo, oakfield.idris}


def test_codes_have_no_mean_and_the_reason_is_said(oakfield: Oakfield, test_of_reading: int) -> None:
    with reading(oakfield.cast.oakfield):
        main = AssessmentName.objects.get(position=1).pk

    told = answer(oakfield, performance.REPORT, assessment=str(main))

    means = [row.cells[1] for row in told.tables[0].rows]
    assert means == [Nothing("no mean")] * 2
    assert any("Codes have an order and no distances" in note for note in told.sections[0].notes)
    assert "mean is" not in told.finding
    assert test_of_reading


def test_scores_are_offered_before_codes_and_without_any_the_page_says_so(
    oakfield: Oakfield, test_of_reading: int
) -> None:
    page = oakfield.cast.client("hana").get("/reports/test-performance").content.decode()

    assert "No marks of Spring test in" in page
    with pytest.raises(Refused):
        answer(oakfield, performance.REPORT, assessment="999999")
    assert test_of_reading


def test_the_mean_then_and_now_is_of_the_pupils_who_have_both(oakfield: Oakfield, test_of_reading: int) -> None:
    everyone = sorted(everybody(oakfield))
    with writing(oakfield.cast.oakfield):
        for slot, at, add in ((1, IN_OCTOBER, 0), (2, NOW - timedelta(days=2), 3)):
            codes = {pupil: str(90 + 2 * n + add) for n, pupil in enumerate(everyone)}
            marked(oakfield.cast.hana, "Reading", codes, slot=slot, year=2026, at=at, assessment=test_of_reading)

    told = answer(oakfield, performance.REPORT, assessment=str(test_of_reading))

    assert "their mean is 97.0. None is under 85. 1 of 6 pupils has none." in told.finding
    assert "For the 5 who also have one at Autumn 1, the mean was 94.0 then and is 97.0 now." in told.finding
