"""The list of reports: those on the one calculation, those of other domains, and the pack made of several."""

from itrack.foundation.viewer import Access, Role
from itrack.reports.catalogue.all import REPORTS
from itrack.reports.catalogue.declared import Report, Section
from itrack.reports.catalogue.elsewhere import ELSEWHERE, Elsewhere
from itrack.reports.catalogue.pack import GOVERNOR_PACK

CATALOGUE: dict[str, Report | Elsewhere] = {**REPORTS, **ELSEWHERE, GOVERNOR_PACK.name: GOVERNOR_PACK}


def open_to(role: Role) -> list[tuple[str, list[Report | Elsewhere]]]:
    """(section, its reports) as far as this role may read them, in the catalogue's order."""
    mine = [report for report in CATALOGUE.values() if role in report.may.roles]
    found = [(section.value, [report for report in mine if report.section == section]) for section in Section]
    return [(title, reports) for title, reports in found if reports]


# Whoever may read one of them may open the list.
READS_A_REPORT = Access(frozenset().union(*(report.may.roles for report in CATALOGUE.values())))
