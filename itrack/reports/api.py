"""What the command line, and later other domains, may ask of reports."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from itrack.accounts.api import granted_schools
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Viewer
from itrack.reports.actions import ask_to_add_up
from itrack.reports.catalogue.adding_up import BESIDE
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.answering import understand, work_out
from itrack.reports.catalogue.declared import Report
from itrack.reports.catalogue.elsewhere import Elsewhere
from itrack.reports.catalogue.listed import CATALOGUE, READS_A_REPORT
from itrack.reports.queries.question import Asked
from itrack.reports.rules.plain import answer_data
from itrack.schools.api import year_title

__all__ = ["READS_A_REPORT", "REPORTS", "across_schools", "report_data"]


def across_schools(name: str, *, viewer: Viewer, now: datetime) -> Viewer:
    """The reader of a report across schools, with those granted; has added up what is missing there. Opens windows.

    The reader of any other report, or one who may not read it, as they are.
    """
    report = REPORTS.get(name)
    if report is None or not report.across or not report.may.admits(viewer):
        return viewer
    seen = replace(viewer, granted=granted_schools(viewer))
    with writing(*seen.schools):
        ask_to_add_up(schools=seen.schools, beside=BESIDE, at=now)
    return seen


def report_data(
    name: str,
    *,
    viewer: Viewer,
    year: str | None,
    point: str | None,
    subject: str | None,
    group: str | None,
    as_at: date | str | None,
    now: datetime,
    names: bool = False,
    choices: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A report as plain data, ready for JSON. Call it inside the reading window of the viewer's schools.

    `year` is "2026" or "2026/27", `point` a slot "1" to "6" or a name, `group` a class or "Year 4", `as_at` a day,
    `choices` the report's own filters; None or "" is the usual. Percentages are whole, halves up, None where nobody is
    counted. With `names` each figure also lists its pupils. Raises Refused with a sentence for what is not known, not
    asked by this report, or not the viewer's to read.
    """
    report = _report(name, viewer)
    said = {"year": year, "point": point, "subject": subject, "pupils": group, "as_at": as_at and str(as_at)}
    told = {field: text for field, text in {**said, **(choices or {})}.items() if text}
    return _data(report, told, viewer, names, now)


def _data(
    report: Report | Elsewhere, told: Mapping[str, str], viewer: Viewer, names: bool, now: datetime
) -> dict[str, Any]:
    if not isinstance(report, Report):
        return report.data(viewer, told, now, names)
    _refuse_what_has_no_place(report, told, viewer, names)
    asked, _ = understand(report, viewer=viewer, said=told, now=now)
    return _asked(report, asked) | answer_data(work_out(report, asked), names=names)


def _report(name: str, viewer: Viewer) -> Report | Elsewhere:
    report = CATALOGUE.get(name)
    if report is None:
        raise Refused(f"There is no report of that name. There are: {', '.join(CATALOGUE)}.")
    if not report.may.admits(viewer):
        raise Refused(f"The {report.title.lower()} is not open to this role: {viewer.role.value}.")
    return report


def _refuse_what_has_no_place(report: Report, told: Mapping[str, str], viewer: Viewer, names: bool) -> None:
    fields = report.asks.by(viewer.role).fields
    for field in told:
        if field not in fields:
            called = "group" if field == "pupils" else field
            listed = ", ".join("group" if one == "pupils" else one for one in fields) or "nothing"
            raise Refused(f"The {report.title.lower()} does not ask for {called}. It asks for: {listed}.")
    if names and not report.named.admits(viewer):
        raise Refused(f"This role reads the {report.title.lower()} without names: {viewer.role.value}.")


def _asked(report: Report, asked: Asked) -> dict[str, Any]:
    """What was asked, in words a person wrote or would."""
    asks = asked.asks
    return {
        "report": report.name,
        "school": asked.viewer.school_name,
        **({"year": year_title(asked.point.year)} if asks.year else {}),
        **({"point": asked.point.name} if asks.point else {}),
        **({"group": asked.whose.words} if asks.pupils else {}),
        **({"subject": asked.subject[1]} if asked.subject else {}),
        **({} if asks.settled else asked.chosen),
        "as_at": asked.seen.isoformat(),
    }
