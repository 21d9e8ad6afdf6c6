"""What of a pupil's record only some roles see. A role that is not named here for a column never gets its values.

The columns stand beside the roles in the access matrix. Which pupils somebody sees at all is settled elsewhere. A flag
that follows from a hidden one is told without its reason, whatever the reason is: were it kept back for care alone, its
absence would speak of care.
"""

from typing import Final

from itrack.foundation.viewer import Role
from itrack.pupils.rules_answers import Flag

LEADING: Final = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO})
REASONS: Final = "Why a pupil is disadvantaged or brings pupil premium"
# Column → the kinds of circumstance it covers, and who sees them.
COLUMNS: Final[dict[str, tuple[frozenset[str], frozenset[Role]]]] = {
    "SEN provision and types of need": (frozenset({"sen", "sen_need", "aln", "aln_need"}), LEADING | {Role.TEACHER}),
    "Looked-after status": (frozenset({"care"}), LEADING),
    REASONS: (frozenset(), LEADING),
}
# Flag → the kind of circumstance it is read from, where one alone.
_READ_FROM: Final = {Flag.SEN: "sen", Flag.CARE: "care", Flag.AFTER_CARE: "care"}
# Flags that follow from several others, care among them.
_MIXED: Final = frozenset({Flag.DISADVANTAGED, Flag.PREMIUM})
_OFFICE: Final = frozenset(Flag) - {Flag.SEN, Flag.CARE, Flag.AFTER_CARE}
# Role → the flags somebody of it may set by hand. Nobody sets what they are not told.
SETS: Final[dict[Role, frozenset[Flag]]] = {
    Role.ADMINISTRATOR: frozenset(Flag),
    Role.HEAD: frozenset(Flag),
    Role.OFFICE: _OFFICE,
    Role.SENCO: frozenset({Flag.SEN}),
}


def hidden_from(role: Role) -> frozenset[str]:
    """The kinds of circumstance that somebody of this role is not told."""
    return frozenset(kind for kinds, roles in COLUMNS.values() if role not in roles for kind in kinds)


def flags_hidden_from(role: Role) -> frozenset[str]:
    """The flags that somebody of this role is not told."""
    kinds = hidden_from(role)
    return frozenset(flag for flag, kind in _READ_FROM.items() if kind in kinds)


def reasons_hidden_from(role: Role) -> frozenset[str]:
    """The flags of which somebody of this role is told what they say and not why."""
    return frozenset() if role in COLUMNS[REASONS][1] else _MIXED


def may_set(role: Role) -> frozenset[Flag]:
    return SETS.get(role, frozenset())
