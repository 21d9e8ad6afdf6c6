"""What the command line, and later other domains, may ask of reports."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from itrack.curriculum.rules import BANDS
from itrack.foundation.clock import day_of
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Viewer
from itrack.reports.queries.asked import ask
from itrack.reports.queries.attainment import Attainment, attainment
from itrack.reports.queries.entered import entered_data
from itrack.reports.rules.declared import ATTAINMENT, COMPLETENESS, REPORTS, STATUTORY
from itrack.reports.rules.groups import Group
from itrack.reports.rules.tally import SubjectTally
from itrack.schools.api import year_title
from itrack.statutory.api import outcomes_data
from itrack.ui.words import rounded_percent

__all__ = ["report_data"]


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
) -> dict[str, Any]:
    """A report as plain data, ready for JSON. Call it inside the reading window of the viewer's school.

    `year` is "2026" or "2026/27", `point` a slot "1" to "6" or a name, `group` a class or "Year 4", `as_at` a day;
    None or "" is the usual. Percentages are whole, halves up, None where nobody is counted. With `names` each row also
    lists its pupils. Raises Refused with a sentence for what is not known or not the viewer's to read.
    """
    report = REPORTS.get(name)
    if report is None:
        raise Refused(f"There is no report of that name. There are: {', '.join(REPORTS)}.")
    if not report.may.admits(viewer):
        raise Refused(f"The {report.title.lower()} is not open to this role: {viewer.role.value}.")
    said = {"year": year, "point": point, "subject": subject, "pupils": group, "as_at": as_at and str(as_at)}
    return DATA[name](viewer, {field: text or "" for field, text in said.items()}, now, names)


def _attainment_data(viewer: Viewer, said: Mapping[str, str], now: datetime, names: bool) -> dict[str, Any]:
    asked, offered = ask(viewer=viewer, said=said, now=now)
    found = attainment(asked, [asked.subject] if asked.subject else offered.subjects)
    return {
        "report": ATTAINMENT.name,
        "school": viewer.school_name,
        "year": year_title(asked.point.year),
        "point": asked.point.name,
        "group": asked.whose.words,
        "as_at": asked.seen.isoformat(),
        "denominator": found.denominator,
        "rows": [_row(one) | (_names(one, found) if names else {}) for one in found.tallies],
        "finding": " ".join(finding.text for finding in found.findings),
        "groups": [_group(group) | (_names(group.tally, found) if names else {}) for group in found.groups],
        "groups_on": found.groups_on.isoformat(),
    }


def _group(group: Group) -> dict[str, Any]:
    return {"by": group.division.title, "group": group.part.words, "points": group.points, **_row(group.tally)}


def _row(one: SubjectTally) -> dict[str, Any]:
    counted = len(one.counted)
    return {
        "subject": one.name,
        "population": one.population,
        "counted": counted,
        "bands": {band.code: _share(len(one.bands[band.code]), counted) for band in BANDS},
        "secure": _share(len(one.secure), counted),
        "not_counted": [{"reason": reason, "n": n} for reason, n in one.reasons()],
    }


def _share(n: int, of: int) -> dict[str, int | None]:
    return {"n": n, "percent": rounded_percent(n, of) if of else None}


def _names(one: SubjectTally, found: Attainment) -> dict[str, Any]:
    band_of = {pupil: band for band, pupils in one.bands.items() for pupil in pupils}
    return {
        "pupils": [
            {"pupil": line.name, "class": line.class_name, "band": band_of.get(pk), "reason": one.out.get(pk, "")}
            for pk, line in sorted(found.pupils.items(), key=lambda row: row[1].name)
            if pk in band_of or pk in one.out
        ]
    }


def _statutory_data(viewer: Viewer, said: Mapping[str, str], now: datetime, names: bool) -> dict[str, Any]:
    """`year` is the year of the results: 2026, or 2025/26."""
    if unfit := [name for name in ("point", "subject", "pupils", "as_at") if said[name]]:
        raise Refused(f"This report is of whole year groups as results stand today: {unfit[0]} has no place in it.")
    first, _, second = said["year"].partition("/")
    if first and not (first.isdecimal() and len(first) == 4 and (not second or second.isdecimal())):
        raise Refused("A year is four digits, as 2026, or a school year, as 2025/26.")
    year = int(first) + bool(second) if first else None
    return outcomes_data(viewer=viewer, on=day_of(now), year=year, names=names)


DATA: dict[str, Callable[[Viewer, Mapping[str, str], datetime, bool], dict[str, Any]]] = {
    ATTAINMENT.name: _attainment_data,
    STATUTORY.name: _statutory_data,
    COMPLETENESS.name: entered_data,
}
