"""How many of the marks expected are in, as data for the command line: the figures of the page that says so."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from itrack.checking.api import completeness, look
from itrack.checking.rules.completeness import ClassShare, Share, not_started
from itrack.foundation import clock
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Viewer
from itrack.reports.queries.asked import ask
from itrack.reports.queries.question import Asked, Asks
from itrack.reports.rules.population import CLASS, WHOLE_SCHOOL
from itrack.schools.api import year_title

EXPECTED = (
    "Expected is a mark of the main assessment for every pupil in the class in every subject asked for. A copied mark "
    "counts once it is confirmed; a code such as absent is a mark."
)


def entered_data(viewer: Viewer, said: Mapping[str, str], now: datetime, names: bool) -> dict[str, Any]:
    """The rows are classes by subject; `classes` are their sums, `not_started` the classes without any mark."""
    asked, _ = ask(viewer=viewer, said=said, now=now, asks=Asks())
    _refuse_what_has_no_place(asked, names)
    today = clock.day_of(now)
    looked = look(school=viewer.school, point=asked.point.id, assessment=0, today=today)
    if looked is None:
        raise Refused("Nothing is assessed yet: a head or an administrator sets up a mark scheme first.")
    found = completeness(viewer=viewer, looked=looked)
    classes = [row for row in found.classes if asked.whose.kind != CLASS or str(row.whole.id) == asked.whose.key]
    return {
        "report": "completeness",
        "school": viewer.school_name,
        "year": year_title(asked.point.year),
        "point": asked.point.name,
        "assessment": looked.assessment.name,
        "group": asked.whose.words,
        "classes_on": looked.on.isoformat(),
        "denominator": EXPECTED,
        "rows": [_row(row, one) for row in classes for one in row.subjects if _wanted(asked, one)],
        "classes": [_row(row, row.whole) for row in classes],
        "not_started": [row.whole.name for row in not_started(classes)],
    }


def _refuse_what_has_no_place(asked: Asked, names: bool) -> None:
    if asked.as_at is not None:
        raise Refused("Marks entered are told as they are today. Ask without a day.")
    if names:
        raise Refused("This report counts marks and names no pupils. Ask without names.")
    if asked.whose.kind != CLASS and asked.whose != WHOLE_SCHOOL:
        raise Refused("Marks entered are told class by class. Ask for a class or the whole school.")


def _wanted(asked: Asked, one: Share) -> bool:
    return asked.subject is None or asked.subject[0] == one.id


def _row(row: ClassShare, one: Share) -> dict[str, Any]:
    subject = {} if one is row.whole else {"subject": one.name}
    counts = {"expected": one.total, "entered": one.done, "copied": one.copied}
    return {"class": row.whole.name, "teacher": row.teacher, **subject, **counts}
