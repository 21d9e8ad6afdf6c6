"""The catalogue: each report says once what it is called, what it answers and who may read it.

    REPORTS["attainment"].title → "Attainment overview"

Its page, its line in the list of reports and its name on the command line come from here.
"""

from dataclasses import dataclass

from itrack.foundation.viewer import Access, Role, only
from itrack.statutory.rules.readers import READS_OUTCOMES

# Reads attainment pupil by pupil. A governor's view is anonymous and suppressed; office and assistants have none.
READS_ATTAINMENT = only(Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.TEACHER)

# Reads needs, care and free meals of the pupils in a report, as on a pupil's own page. Said apart, so that a report
# opened to others one day does not bring these along.
READS_NEEDS = only(Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.TEACHER)


@dataclass(frozen=True, slots=True)
class Report:
    """`name` is the word in its address and on the command line, and the name of its page."""

    name: str
    title: str
    answers: str
    may: Access


ATTAINMENT = Report(
    name="attainment",
    title="Attainment overview",
    answers="How many pupils are in each band, subject by subject, at one assessment point.",
    may=READS_ATTAINMENT,
)
STATUTORY = Report(
    name="statutory-outcomes",
    title="Statutory outcomes",
    answers="Early years, phonics, times tables and Key Stage 2 over four years, with who is in each figure.",
    may=READS_OUTCOMES,
)
COMPLETENESS = Report(
    name="completeness",
    title="Marks entered",
    answers="How many of the marks expected at an assessment point are in, class by subject, and who has not started.",
    may=READS_ATTAINMENT,
)
REPORTS = {report.name: report for report in (ATTAINMENT, COMPLETENESS, STATUTORY)}
# Whoever may read one of them may open the list.
READS_A_REPORT = Access(frozenset().union(*(report.may.roles for report in REPORTS.values())))


def open_to(role: Role) -> list[Report]:
    """The reports this role may read, in the catalogue's order."""
    return [report for report in REPORTS.values() if role in report.may.roles]
