"""Who reads what kind of report."""

from itrack.foundation.viewer import Access, Role, only

# Read without names, with small numbers held back.
ANONYMOUS = frozenset({Role.GOVERNOR, Role.TRUST})

# Reads attainment pupil by pupil. A governor's view is anonymous and suppressed; office and assistants have none.
READS_ATTAINMENT = only(Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.TEACHER)

# The same, and whoever reads its figures without a name.
READS_FIGURES = Access(READS_ATTAINMENT.roles | ANONYMOUS)

# Reads needs, care and free meals of the pupils in a report, as on a pupil's own page. Said apart, so that a report
# opened to others one day does not bring these along.
READS_NEEDS = only(Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.TEACHER)

# Reads how many have which need, as a figure among others.
READS_NEEDS_AS_FIGURES = Access(READS_NEEDS.roles | ANONYMOUS)
