"""Marks of several points, and the reports on them as data."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.assessment.api import save_marks
from itrack.assessment.models import Result
from itrack.curriculum.api import subjects
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import reading
from itrack.foundation.viewer import Viewer
from itrack.reports.api import report_data
from tests.cast import NOW
from tests.reports.school import Oakfield, point_id

LAST_SUMMER = datetime(2026, 7, 10, 9, tzinfo=UTC)


def marked(
    by: Viewer,
    subject: str,
    codes: Mapping[int, str],
    *,
    slot: int,
    year: int,
    at: datetime = LAST_SUMMER,
    assessment: int = 0,
) -> None:
    """Gives pupils these codes at a point of a year. The school's window must be open."""
    pk = subject_id(by.school, subject)
    cells = {(pupil, pk): code for pupil, code in codes.items()}
    point = point_id(by.school, slot, year)
    saved = save_marks(school=by.school, point=point, cells=cells, by=by.member, at=at, assessment=assessment)
    assert not saved.refused, "the test's own marks were refused"


def subject_id(school: int, name: str) -> int:
    return next(pk for pk, called in subjects(school=school) if called == name)


def has_result(oakfield: Oakfield, pupil: int, row: tuple[str, str, str, str, str], year: int, result: str) -> None:
    """A statutory result as a file would bring it. The school's window must be open."""
    deed = oakfield.cast.deed("olu", ChangeSet.Kind.RESULTS, at=datetime(2025, 9, 1, 8, tzinfo=UTC))
    stage, subject, method, component, qualifier = row
    fields = {"stage": stage, "subject": subject, "method": method, "component": component, "qualifier": qualifier}
    Result.objects.create(
        school_id=deed.school,
        pupil_id=pupil,
        added_by_id=deed.change_set,
        added_at=deed.at,
        year=year,
        result=result,
        locale="ENG",
        status="R",
        **fields,
    )


def report(
    oakfield: Oakfield, name: str, *, who: Viewer | None = None, names: bool = True, **said: str
) -> dict[str, Any]:
    """The report as the command line gives it."""
    usual = {field: said.pop(field, None) for field in ("year", "point", "subject", "group", "as_at")}
    with reading(oakfield.cast.oakfield):
        viewer = who or oakfield.cast.hana
        return report_data(name, viewer=viewer, now=NOW, names=names, choices=said, **usual)


def table(told: Mapping[str, Any], title: str) -> list[dict[str, Any]]:
    return next(one["rows"] for one in told["tables"] if one["title"] == title)


def queries_of(client: Any, path: str, **said: object) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path, said).status_code == 200
    return len(caught)
