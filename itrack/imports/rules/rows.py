"""What one pupil's record looks like once it has been read.

Every source (transfer file, management system, spreadsheet) ends in these rows, so whatever comes after knows one
shape only. What a file does not state is absent: no key in `fields`, no row in the tuples. An empty string in
`fields` is a statement that there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

SHEET = "spreadsheet"  # who supplies a header, where rows come from a spreadsheet


@dataclass(frozen=True, slots=True)
class SchoolRef:
    """A school as a header names it; "" where the header does not say. `la` and `estab` need not be digits."""

    la: str
    estab: str
    urn: str
    name: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself. `academic_year` is the year in which the academic year starts."""

    version: str
    made_at: datetime | None
    qualifier: str
    supplier: str
    source: SchoolRef
    destination: SchoolRef
    academic_year: int | None


@dataclass(frozen=True, slots=True)
class CircumstanceRow:
    """One dated fact about a pupil. `key` tells rows of one `kind` apart; `code` is as written in the file.

    | kind      | key                      | code                | detail                | and                      |
    |-----------|--------------------------|---------------------|-----------------------|--------------------------|
    | fsm       | start date "|" country   | country             | category              | starts, ends, checked_on |
    | sen       | start date               | provision           |                       | starts, ends             |
    | sen_need  | code                     | type of need        |                       | rank                     |
    | year      | start of academic year   | year group          |                       | starts, ends             |
    | care      | ""                       | "yes" or "no"       | authority that cares  |                          |
    | service   | ""                       | service child       |                       |                          |
    | aln       | ""                       | decision            | support plan          |                          |
    | aln_need  | code                     | type of need        |                       |                          |
    | eal_stage | ""                       | stage of English    |                       |                          |
    """

    kind: str
    key: str
    code: str
    detail: str
    rank: int | None
    starts: date | None
    ends: date | None
    checked_on: date | None
    recognised: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One statutory result, its text untouched. `year` is the year in which the academic year *ends*."""

    stage: str
    locale: str
    year: int
    subject: str
    method: str
    component: str
    status: str
    qualifier: str
    result: str
    result_date: date | None
    recognised: bool


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One year's totals at one school, in half-day sessions."""

    year: int
    la: str
    estab: str
    possible: int
    authorised: int
    attended: int
    unauthorised: int


@dataclass(frozen=True, slots=True)
class SchoolSpellRow:
    """One school the pupil was at."""

    la: str
    estab: str
    urn: str
    name: str
    entry: date | None
    leaving: date | None
    reason: str
    last_school: bool | None


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil who may be admitted. `line` is where the pupil starts in the file; "" means no (former) UPN given.

    Keys of `fields`: legal_surname, legal_forename, middle_names, preferred_surname, preferred_forename, dob (ISO),
    sex, ethnicity, first_language, enrol_status.
    """

    line: int
    upn: str
    former_upn: str
    fields: dict[str, str]
    circumstances: tuple[CircumstanceRow, ...]
    results: tuple[ResultRow, ...]
    attendance: tuple[AttendanceRow, ...]
    schools: tuple[SchoolSpellRow, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """One pupil who cannot be admitted, and why. `pupil` is the name as written: for the person at the page only."""

    line: int
    pupil: str
    field: str
    reason: str
