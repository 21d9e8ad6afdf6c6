"""Each model says whose data it is, once, and five readers obey: export, erasure, retention, the record of
processing and the scrubber.

    class PersonalData(SchoolData):
        about = PUPIL
        reach = "pupil"
        purpose = Purpose.ASSESSMENT
        export = {"code": "Judgement", "made_at": "Date"}
        internal = frozenset({"id", "school", "pupil"})
        erase = Delete()
        keep = UntilAfter("pupil left", years=1)

A model with nothing personal says so with `NotPersonal("why")`. Silence fails a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar


class Subject(StrEnum):
    PUPIL = "pupil"
    STAFF = "member of staff"


PUPIL, STAFF = Subject.PUPIL, Subject.STAFF


class Purpose(StrEnum):
    ROLL = "keeping the school's roll"
    ASSESSMENT = "recording and reporting attainment and progress"
    SEND = "meeting special educational needs"
    ACCOUNTS = "letting staff sign in"
    ACCOUNTABILITY = "showing who did what"


@dataclass(frozen=True)
class Delete:
    """Erasing the person deletes the row."""

    def words(self) -> str:
        return "row deleted"


@dataclass(frozen=True)
class Blank:
    """Erasing the person overwrites these fields, where the row must stand for others' sake."""

    fields: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> str:
        return "overwritten: " + ", ".join(sorted(self.fields))


@dataclass(frozen=True)
class UntilAfter:
    """Kept until this long after the event, named in school words."""

    event: str
    years: int = 0
    days: int = 0

    def words(self) -> str:
        length = [f"{self.years} year{'s' * (self.years != 1)}"] * bool(self.years)
        length += [f"{self.days} day{'s' * (self.days != 1)}"] * bool(self.days)
        return f"{' and '.join(length) or 'at once'} after: {self.event}"


class SchoolData:
    """The declaration itself. Every concrete field of the model is in exactly one of `export` and `internal`."""

    about: ClassVar[Subject]
    reach: ClassVar[str]
    purpose: ClassVar[Purpose]
    export: ClassVar[Mapping[str, str]]
    internal: ClassVar[frozenset[str]]
    erase: ClassVar[Delete | Blank]
    keep: ClassVar[UntilAfter]


@dataclass(frozen=True)
class NotPersonal:
    """Says that a model holds nobody's data, and why."""

    why: str
