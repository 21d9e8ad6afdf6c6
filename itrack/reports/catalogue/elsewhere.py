"""Reports that other domains lay out on pages of their own; here are their lines in the list, and their data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from itrack.foundation.viewer import MARKERS, Access, Viewer
from itrack.reports.catalogue.declared import Section
from itrack.reports.catalogue.parents import parents_data
from itrack.reports.catalogue.profile import profile_data


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`name` is also that of its page. `data` takes the reader, the filters as text, the moment and "with names"."""

    name: str
    title: str
    answers: str
    may: Access
    section: Section
    data: Callable[[Viewer, Mapping[str, str], datetime, bool], dict[str, Any]]


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
ELSEWHERE = {report.name: report for report in (PROFILE, PARENTS)}
