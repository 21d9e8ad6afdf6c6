"""Every report, in the order of the list. A new one is added here."""

from itrack.foundation.viewer import Access, Role
from itrack.reports.catalogue import (
    attainment,
    class_list,
    meeting_sheet,
    objectives,
    performance,
    progress_between,
    progress_matrix,
    single_subject,
    statutory,
    targets,
    triangulation,
)
from itrack.reports.catalogue.declared import Report, Section
from itrack.reports.catalogue.elsewhere import ELSEWHERE, Elsewhere

REPORTS: dict[str, Report] = {
    one.REPORT.name: one.REPORT
    for one in (
        *(attainment, single_subject, triangulation, performance, objectives),
        *(progress_matrix, progress_between, targets),
        *(statutory, class_list, meeting_sheet),
    )
}
CATALOGUE: dict[str, Report | Elsewhere] = {**REPORTS, **ELSEWHERE}


def open_to(role: Role) -> list[tuple[str, list[Report | Elsewhere]]]:
    """(section, its reports) as far as this role may read them, in the catalogue's order."""
    mine = [report for report in CATALOGUE.values() if role in report.may.roles]
    found = [(section.value, [report for report in mine if report.section == section]) for section in Section]
    return [(title, reports) for title, reports in found if reports]


# Whoever may read one of them may open the list.
READS_A_REPORT = Access(frozenset().union(*(report.may.roles for report in CATALOGUE.values())))
