"""Who is looking: the person's place in one school, as every page and action receives it.

A `Viewer` is read once per request, before the reading window opens, and never touches the database again.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    HEAD = "head"
    SENCO = "senco"
    TEACHER = "teacher"
    ASSISTANT = "assistant"
    OFFICE = "office"
    GOVERNOR = "governor"
    TRUST = "trust"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of staff in a school. `member` is the membership's id, not the account's."""

    member: int
    school: int
    person: int
    name: str
    job_title: str
    role: Role
    school_name: str
    # The sign-in this look belongs to; 0 where nobody signed in, as on the command line.
    sign_in: int = 0
    # Whether somebody who sees their own classes may see the whole school's, which the school settles by role.
    whole_school: bool = False
    # How pages look to this person: "light" or "dark", "compact"; "" leaves it to the device.
    theme: str = ""
    density: str = ""
    # On a page across schools: those of the trust in which this same person has been given a place of the trust.
    granted: tuple[int, ...] = ()

    @property
    def schools(self) -> tuple[int, ...]:
        """The schools whose rows the page may see, this one first."""
        return tuple(dict.fromkeys((self.school, *self.granted)))


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a page: roles by name, or everyone. Two accesses add up to both."""

    roles: frozenset[Role]
    public: bool = False

    def admits(self, viewer: Viewer | None) -> bool:
        return self.public or (viewer is not None and viewer.role in self.roles)

    def words(self) -> list[str]:
        """The roles as the access matrix prints them, in the enum's order."""
        return ["public"] if self.public else [role.value for role in Role if role in self.roles]


def only(*roles: Role) -> Access:
    return Access(frozenset(roles))


PUBLIC = Access(frozenset(), public=True)
ANY_STAFF = Access(frozenset(Role))
# Sees pupils by name. A governor's and a trust's view is anonymous, so they are never among these.
NAMED_PUPILS = Access(frozenset(Role) - {Role.GOVERNOR, Role.TRUST})
LEADERS = only(Role.ADMINISTRATOR, Role.HEAD)
OFFICE = only(Role.ADMINISTRATOR, Role.OFFICE)
MARKERS = only(Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.TEACHER)
# Who judges statements: those who give marks, and assistants for the classes they help in.
JUDGES = Access(MARKERS.roles | {Role.ASSISTANT})
