"""What a sheet may bring, and the fields its columns may be: each with the names that columns of it go by.

A column that is none of these is read past: its name is counted, its cells are never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from itrack.foundation.viewer import LEADERS, MARKERS, OFFICE, Access, Viewer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Kind(StrEnum):
    PUPILS = "pupils"
    MARKS = "marks"
    CLASSES = "classes"


TITLES: Final = {Kind.PUPILS: "Pupils", Kind.MARKS: "Marks", Kind.CLASSES: "Classes"}

# Who may bring what. Marks are a teacher's own classes' alone, which saving them sees to.
MAY: Final = {Kind.PUPILS: OFFICE, Kind.MARKS: MARKERS, Kind.CLASSES: Access(LEADERS.roles | OFFICE.roles)}
ANY_KIND: Final = Access(frozenset().union(*(may.roles for may in MAY.values())))


def kinds_for(viewer: Viewer) -> list[Kind]:
    return [kind for kind in Kind if MAY[kind].admits(viewer)]


def may_open(viewer: Viewer, kind: str, by: int) -> bool:
    """Whether this person may see a sheet of this kind that `by` brought: their own, and a leader everybody's.

    Pupils and their classes are the whole office's work.
    """
    if not MAY[Kind(kind)].admits(viewer):
        return False
    return kind != Kind.MARKS or by == viewer.member or LEADERS.admits(viewer)


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may be. `spellings` are names it goes by, besides `label`; capitals and signs do not count."""

    name: str
    label: str
    spellings: tuple[str, ...] = ()


UPN: Final = Field("upn", "UPN", ("unique pupil number", "upn number", "pupil upn"))
SURNAME: Final = Field("legal_surname", "Surname", ("legal surname", "last name", "family name", "legal last name"))
FORENAME: Final = Field(
    "legal_forename", "Forename", ("legal forename", "first name", "given name", "forenames", "legal first name")
)
FULL_NAME: Final = Field("full_name", "Whole name", ("name", "full name", "pupil name", "pupil", "student", "child"))
BORN: Final = Field("dob", "Date of birth", ("dob", "birth date", "born", "birthday", "d o b", "date birth"))
YEAR_GROUP: Final = Field(
    "year_group", "Year group", ("year", "nc year", "national curriculum year", "ncyear", "yr", "ncyearactual", "nc yr")
)

# The parts of a transfer file that fit one row a pupil, and nothing else.
PUPIL_FIELDS: Final = (
    UPN, SURNAME, FORENAME, BORN,
    Field("sex", "Sex", ("gender", "m f", "legal sex")),
    YEAR_GROUP,
    Field("former_upn", "Former UPN", ("previous upn", "old upn")),
    Field("middle_names", "Middle names", ("middle name", "middlenames", "other names")),
    Field("preferred_surname", "Preferred surname", ("chosen surname", "known as surname")),
    Field("preferred_forename", "Preferred forename", ("known as", "chosen name", "preferred name")),
    Field("ethnicity", "Ethnicity", ("ethnicity code", "ethnic code", "ethnic group")),
    Field("language", "First language", ("language", "home language", "first language code", "mother tongue")),
    Field("enrol_status", "Enrolment status", ("enrolment", "enrol status", "enrolmentstatus")),
    Field("entry", "Joined this school on", ("admission date", "date of admission", "entry date", "joined",
          "joined on", "date of entry", "doa")),
    Field("fsm_starts", "Free school meals from", ("fsm start", "fsm start date", "fsm from")),
    Field("fsm_ends", "Free school meals until", ("fsm end", "fsm end date", "fsm until", "fsm to", "fsmenddate")),
    Field("fsm_country", "Free school meals, country", ("fsm country", "ukcountry", "uk country")),
    Field("sen_provision", "SEN provision", ("sen", "sen status", "sen stage", "sen provision code", "senprovision")),
    Field("sen_starts", "SEN provision from", ("sen start", "sen start date", "sen from", "sen date")),
    Field("sen_ends", "SEN provision until", ("sen end", "sen end date", "sen until", "sen to")),
    Field("sen_need", "SEN need", ("primary need", "sen type", "type of need", "main need", "primary sen need")),
    Field("in_care", "Looked after", ("in care", "lac", "cla", "looked after child", "child looked after")),
    Field("care_authority", "Authority that cares", ("care authority", "lac authority", "caring authority")),
    Field("service", "Service child", ("service", "service family", "service children", "parent in armed forces")),
    Field("eal_stage", "Stage of English", ("eal stage", "eal", "proficiency in english", "stage of english or welsh")),
)  # fmt: skip
# Who a row is about, where the pupil is on roll already.
WHO: Final = (UPN, SURNAME, FORENAME, FULL_NAME, BORN)
BY_SUBJECT: Final = "subject:"
CLASS: Final = Field(
    "class", "Class", ("class name", "form", "registration group", "reg group", "group", "tutor group")
)


def fields_of(kind: Kind, subjects: Iterable[tuple[int, str]] = ()) -> Sequence[Field]:
    """What the columns of a sheet of this kind may be; marks have a column for each of the school's subjects."""
    if kind == Kind.PUPILS:
        return PUPIL_FIELDS
    if kind == Kind.CLASSES:
        return (*WHO, CLASS)
    return (*WHO, *(Field(f"{BY_SUBJECT}{pk}", name) for pk, name in subjects))


def why_not_enough(kind: Kind, chosen: Iterable[str]) -> str:
    """What the chosen fields still lack before the sheet can be read, as a sentence; "" when they will do."""
    held = set(chosen)
    named = {"legal_surname", "legal_forename"} <= held
    if kind == Kind.PUPILS:
        return "" if named and "dob" in held else "Pupils need a surname, a forename and a date of birth."
    if "upn" not in held and not ((named or "full_name" in held) and "dob" in held):
        return "Pupils are told apart by UPN, or by name together with date of birth. Choose columns for one of these."
    if kind == Kind.CLASSES:
        return "" if CLASS.name in held else "Choose the column that says the class."
    marked = any(name.startswith(BY_SUBJECT) for name in held)
    return "" if marked else "Choose the columns of marks: one for each subject."
