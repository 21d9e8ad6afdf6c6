"""What may be stored of a pupil, as plain values: what an importer says and what the school already holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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
