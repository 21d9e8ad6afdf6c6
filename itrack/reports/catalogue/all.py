"""Every report on the one calculation, in the order of the list. A new one is added here."""

from itrack.reports.catalogue import (
    attainment,
    context,
    flight_path,
    groups,
    headlines,
    over_time,
    progress_between,
    progress_matrix,
    rwm,
    scatter,
)
from itrack.reports.catalogue.declared import Report

REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        headlines.REPORT,
        attainment.REPORT,
        groups.REPORT,
        rwm.REPORT,
        progress_matrix.REPORT,
        progress_between.REPORT,
        over_time.REPORT,
        flight_path.REPORT,
        scatter.REPORT,
        context.REPORT,
    )
}
