"""What of a pupil's record only some roles see. A role that is not named here for a column never gets its values.

The columns stand beside the roles in the access matrix. Which pupils somebody sees at all is settled elsewhere.
"""

from typing import Final

from itrack.foundation.viewer import Role

LEADING: Final = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO})
# Column → the kinds of circumstance it covers, and who sees them.
COLUMNS: Final[dict[str, tuple[frozenset[str], frozenset[Role]]]] = {
    "SEN provision and types of need": (frozenset({"sen", "sen_need", "aln", "aln_need"}), LEADING | {Role.TEACHER}),
    "Looked-after status": (frozenset({"care"}), LEADING),
}


def hidden_from(role: Role) -> frozenset[str]:
    """The kinds of circumstance that somebody of this role is not told."""
    return frozenset(kind for kinds, roles in COLUMNS.values() if role not in roles for kind in kinds)
