"""Every report on the one calculation, in the order of the list. A new one is added here."""

from itrack.reports.catalogue import (
    attainment,
    attendance,
    class_list,
    context,
    flight_path,
    groups,
    headlines,
    marks_entered,
    meeting_sheet,
    objectives,
    odd_values,
    over_time,
    performance,
    progress_between,
    progress_matrix,
    rwm,
    scatter,
    single_subject,
    statutory,
    targets,
    triangulation,
)
from itrack.reports.catalogue.declared import Report

REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        headlines.REPORT,
        attainment.REPORT,
        groups.REPORT,
        rwm.REPORT,
        single_subject.REPORT,
        triangulation.REPORT,
        performance.REPORT,
        objectives.REPORT,
        progress_matrix.REPORT,
        progress_between.REPORT,
        over_time.REPORT,
        flight_path.REPORT,
        scatter.REPORT,
        targets.REPORT,
        statutory.REPORT,
        context.REPORT,
        attendance.REPORT,
        class_list.REPORT,
        meeting_sheet.REPORT,
        marks_entered.REPORT,
        odd_values.REPORT,
    )
}
