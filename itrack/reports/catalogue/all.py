"""Every report on the one calculation, in the order of the list. A new one is added here."""

from itrack.reports.catalogue import attainment, trust
from itrack.reports.catalogue.declared import Report

_OF_A_SCHOOL = (attainment.REPORT,)
REPORTS: dict[str, Report] = {report.name: report for report in (*_OF_A_SCHOOL, trust.across(_OF_A_SCHOOL))}
