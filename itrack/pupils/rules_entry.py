"""What may be stored of a pupil, as plain values: what an importer says and what the school already holds."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from itrack.pupils.rules_classes import first_day, last_day

# The only fields of a pupil there are to set: what is not listed cannot be stored.
PUPIL_FIELDS = (
    "upn",
    "former_upn",
    "legal_surname",
    "legal_forename",
    "middle_names",
    "preferred_surname",
    "preferred_forename",
    "dob",
    "sex",
    "ethnicity",
    "first_language",
    "enrol_status",
)
CIRCUMSTANCE = ("kind", "key", "code", "detail", "rank", "starts", "ends", "checked_on", "recognised")
ATTENDANCE = ("year", "la", "estab", "possible", "authorised", "attended", "unauthorised")
SCHOOL_SPELL = ("la", "estab", "name", "entry", "urn", "leaving", "reason", "last_school")


@dataclass(frozen=True, slots=True)
class PupilEntry:
    """What is to be stored of one pupil. `pupil` is None for a new one; `fields` holds only what is stated.

    `fields` are texts but for `dob`, a date. The tuples give the columns of CIRCUMSTANCE, ATTENDANCE and SCHOOL_SPELL
    in that order; `enrolment` is (starts, ends).
    """

    pupil: int | None
    fields: dict[str, Any]
    circumstances: Sequence[tuple[Any, ...]] = ()
    attendance: Sequence[tuple[Any, ...]] = ()
    schools: Sequence[tuple[Any, ...]] = ()
    enrolment: tuple[date, date | None] | None = None


Facts = dict[tuple[Any, ...], tuple[Any, ...]]


@dataclass(slots=True)
class HeldPupil:
    """One pupil as stored: `fields` as in PupilEntry, and each kind of fact as key → values, in the columns above."""

    id: int
    fields: dict[str, Any]
    circumstances: Facts = field(default_factory=dict)
    attendance: Facts = field(default_factory=dict)
    schools: Facts = field(default_factory=dict)
    enrolments: list[tuple[date, date | None]] = field(default_factory=list)


LONGEST_NAME: Final = 100
OLDEST: Final = 20  # years; no school of ours has older pupils


@dataclass(frozen=True, slots=True)
class Joiner:
    """A pupil as typed. `year` is the academic year of the first day, `group` a class of that year or None."""

    surname: str
    forename: str
    dob: date
    sex: str
    upn: str
    year: int
    year_group: str
    joins: date
    group: int | None

    def entry(self) -> PupilEntry:
        """What is to be stored: nothing beyond what was typed."""
        said: dict[str, Any] = {"legal_surname": self.surname, "legal_forename": self.forename}
        said |= {"dob": self.dob, "sex": self.sex, "upn": self.upn}
        spell = ("year", str(self.year), self.year_group, "", None)
        return PupilEntry(
            pupil=None,
            fields=said,
            circumstances=[(*spell, first_day(self.year), last_day(self.year), None, True)],
            enrolment=(self.joins, None),
        )


def tidy_person(text: str) -> str:
    """A name with single spaces and composed accents, as a file's names are stored."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def why_not_a_name(name: str) -> str:
    """What is wrong with this name, as a sentence; "" when nothing is."""
    if len(name) > LONGEST_NAME:
        return f"A name has at most {LONGEST_NAME} characters."
    return "" if name.isprintable() else "The name holds a character that cannot be seen. Type it anew."


def why_not_born(dob: date, joins: date) -> str:
    """What is wrong with this date of birth, as a sentence; "" when nothing is."""
    if dob >= joins:
        return "The date of birth is not before the first day here."
    if dob.year < joins.year - OLDEST:
        return f"The date of birth is more than {OLDEST} years back. Look at the year."
    return ""


def joined_spells(spells: Sequence[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    """Spells on the roll, earliest first, those that touch or overlap made one; an open end has not come."""
    joined: list[tuple[date, date | None]] = []
    for starts, ends in sorted(spells, key=lambda spell: spell[0]):
        if joined and (joined[-1][1] is None or starts <= joined[-1][1] + timedelta(days=1)):
            before = joined[-1][1]
            joined[-1] = joined[-1][0], None if before is None or ends is None else max(before, ends)
        else:
            joined.append((starts, ends))
    return joined
