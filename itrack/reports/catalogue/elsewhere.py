"""Reports that other domains lay out on pages of their own; here are their lines in the list, and their data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from itrack.foundation.clock import day_of
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import MARKERS, Access, Viewer
from itrack.reports.catalogue.declared import Section
from itrack.reports.catalogue.entered import entered_data
from itrack.reports.catalogue.parents import parents_data
from itrack.reports.catalogue.profile import profile_data
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.statutory.api import outcomes_data
from itrack.statutory.rules.readers import READS_OUTCOMES


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`name` is also that of its page. `data` takes the reader, the filters as text, the moment and "with names"."""

    name: str
    title: str
    answers: str
    may: Access
    section: Section
    data: Callable[[Viewer, Mapping[str, str], datetime, bool], dict[str, Any]]


def _statutory_data(viewer: Viewer, said: Mapping[str, str], now: datetime, names: bool) -> dict[str, Any]:
    """`year` is the year of the results: 2026, or 2025/26."""
    if unfit := [name for name in ("point", "subject", "pupils", "as_at") if said.get(name)]:
        raise Refused(f"This report is of whole year groups as results stand today: {unfit[0]} has no place in it.")
    first, _, second = said.get("year", "").partition("/")
    if first and not (first.isdecimal() and len(first) == 4 and (not second or second.isdecimal())):
        raise Refused("A year is four digits, as 2026, or a school year, as 2025/26.")
    year = int(first) + bool(second) if first else None
    return outcomes_data(viewer=viewer, on=day_of(now), year=year, names=names)


COMPLETENESS = Elsewhere(
    name="completeness",
    title="Marks entered",
    answers="How many of the marks expected at an assessment point are in, class by subject, and who has not started.",
    may=READS_ATTAINMENT,
    section=Section.ATTAINMENT,
    data=entered_data,
)
STATUTORY = Elsewhere(
    name="statutory-outcomes",
    title="Statutory outcomes",
    answers="Early years, phonics, times tables and Key Stage 2 over four years, with who is in each figure.",
    may=READS_OUTCOMES,
    section=Section.STATUTORY,
    data=_statutory_data,
)
PROFILE = Elsewhere(
    name="pupil-profile",
    title="Pupil profile",
    answers="One pupil on one page: marks over time, results, tests, targets, objectives; also as parents may see it.",
    may=MARKERS,
    section=Section.PUPILS,
    data=profile_data,
)
PARENTS = Elsewhere(
    name="parent-reports",
    title="Annual reports to parents",
    answers="What the law wants in each pupil’s report, what is still missing, class by class, and the reports as PDF.",
    may=MARKERS,
    section=Section.PUPILS,
    data=parents_data,
)
ELSEWHERE = {report.name: report for report in (COMPLETENESS, STATUTORY, PROFILE, PARENTS)}
