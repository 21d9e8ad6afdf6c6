"""The roles in school words: what each is called, what it sees and what it may do."""

from dataclasses import dataclass
from typing import Final

from itrack.accounts.rules_people import ROLE_WORDS
from itrack.foundation.viewer import Role


@dataclass(frozen=True, slots=True)
class RoleWords:
    """`inside` is the role's name in the middle of a sentence; `sees` and `may` finish "sees …" and "may …"."""

    inside: str
    sees: str
    may: str

    @property
    def name(self) -> str:
        return self.inside[0].upper() + self.inside[1:]


WORDS: Final[dict[Role, RoleWords]] = {
    Role.ADMINISTRATOR: RoleWords(
        ROLE_WORDS[Role.ADMINISTRATOR],
        "every pupil of the school by name, with marks and reports",
        "do everything: people, imports, classes, subjects, mark schemes and marks",
    ),
    Role.HEAD: RoleWords(
        ROLE_WORDS[Role.HEAD],
        "every pupil of the school by name, with marks and reports; who has an account",
        "set up the year, classes, subjects and mark schemes, and mark any class; not add or remove people",
    ),
    Role.SENCO: RoleWords(
        ROLE_WORDS[Role.SENCO],
        "every pupil of the school by name, with marks and reports",
        "mark any class; not change settings, people or the roll",
    ),
    Role.TEACHER: RoleWords(
        ROLE_WORDS[Role.TEACHER],
        "the pupils of their own classes by name, with marks and reports",
        "mark their own classes; see more where the school says so for its teachers",
    ),
    Role.ASSISTANT: RoleWords(
        ROLE_WORDS[Role.ASSISTANT],
        "the pupils of the classes they help in, and nobody before that",
        "judge objectives in those classes; give no marks",
    ),
    Role.OFFICE: RoleWords(
        ROLE_WORDS[Role.OFFICE],
        "the roll: every pupil by name, with class and year group; no marks and no reports",
        "import and export the roll, add joiners, make classes and keep the calendar",
    ),
    Role.GOVERNOR: RoleWords(
        ROLE_WORDS[Role.GOVERNOR],
        "figures about the whole school, never a pupil’s name",
        "look, not change anything",
    ),
    Role.TRUST: RoleWords(
        ROLE_WORDS[Role.TRUST],
        "figures about each school that lets them, never a pupil’s name",
        "look, not change anything; what they see in other schools is those schools’ choice",
    ),
}
# Whose work it is to teach: only these can be given a class.
TEACH: Final = frozenset({Role.TEACHER, Role.HEAD, Role.SENCO})
# What people write in a spreadsheet, beside the roles' own names.
_ALSO: Final[dict[str, Role]] = {
    "admin": Role.ADMINISTRATOR,
    "school administrator": Role.ADMINISTRATOR,
    "head": Role.HEAD,
    "headteacher": Role.HEAD,
    "head teacher": Role.HEAD,
    "deputy head": Role.HEAD,
    "leader": Role.HEAD,
    "senior leader": Role.HEAD,
    "slt": Role.HEAD,
    "class teacher": Role.TEACHER,
    "ta": Role.ASSISTANT,
    "assistant": Role.ASSISTANT,
    "lsa": Role.ASSISTANT,
    "office manager": Role.OFFICE,
    "school office": Role.OFFICE,
    "secretary": Role.OFFICE,
}


def role_name(role: Role) -> str:
    return WORDS[role].name


def role_called(words: str) -> Role | None:
    """The role that somebody means by these words, whatever their case; None for words that name none."""
    said = " ".join(words.casefold().split())
    named = {told.name.casefold(): role for role, told in WORDS.items()} | {role.value: role for role in Role}
    return named.get(said) or _ALSO.get(said)
