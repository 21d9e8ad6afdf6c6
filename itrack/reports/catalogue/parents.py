"""How far the annual reports to parents have come, as data for the command line: the figures of the page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from itrack.foundation.clock import day_of
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Viewer
from itrack.parents.api import CheckList, class_lists
from itrack.schools.api import academic_year_on, year_title


def parents_data(viewer: Viewer, said: Mapping[str, str], now: datetime, names: bool) -> dict[str, Any]:
    """A row a class of this year; with names each report with what it lacks."""
    if unfit := [name for name, text in said.items() if text]:
        raise Refused(f"Reports to parents are told as they are today, class by class: {unfit[0]} has no place in it.")
    lists = class_lists(viewer=viewer, on=day_of(now))
    return {
        "report": "parent-reports",
        "school": viewer.school_name,
        "year": year_title(academic_year_on(day_of(now))),
        "rows": [_row(one, names) for one in lists],
    }


def _row(one: CheckList, names: bool) -> dict[str, Any]:
    counts = {"reports": len(one.lines), "nothing_missing": one.whole, "ready": one.ready, "read": one.read}
    if not names:
        return {"class": one.group.name, **counts}
    lines = [
        {
            "pupil": line.report.name,
            "state": line.report.state.value,
            "missing": [lacking.words for lacking in line.missing],
        }
        for line in one.lines
    ]
    return {"class": one.group.name, **counts, "pupils": lines}
