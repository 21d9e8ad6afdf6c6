"""Every report on the one calculation, in the order of the list. A new one is added here.

Where figures are held back a report gives way to those before it.
"""

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
    trust,
)
from itrack.reports.catalogue.declared import Report

_OF_A_SCHOOL = tuple(
    one.REPORT
    for one in (
        *(attainment, groups, headlines, context, rwm, single_subject, triangulation, performance, objectives),
        *(progress_matrix, progress_between, over_time, flight_path, scatter, targets),
        statutory,
        *(class_list, meeting_sheet),
        *(attendance, marks_entered, odd_values),
    )
)
REPORTS: dict[str, Report] = {report.name: report for report in (*_OF_A_SCHOOL, trust.across(_OF_A_SCHOOL))}
