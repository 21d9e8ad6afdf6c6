"""Pupils typed in by hand, and who of those we hold might be the same child."""

from dataclasses import dataclass
from datetime import date, datetime

from itrack.foundation.models import ChangeSet
from itrack.pupils.models import Pupil
from itrack.pupils.queries.held import known_pupils
from itrack.pupils.queries.roll import PupilLine, lines_of_pupils
from itrack.pupils.rules import name_key
from itrack.pupils.rules_entry import Joiner

SHOWN = 8


@dataclass(frozen=True, slots=True)
class JoinerRow:
    """One pupil typed in, by the deed. `line` is None once the deed was taken back."""

    id: int
    at: datetime
    by: str
    undone_at: datetime | None
    line: PupilLine | None


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody we hold who has the name and birthday of a pupil to be added."""

    line: PupilLine
    has_number: bool


def namesakes(*, school: int, joiner: Joiner, on: date) -> list[Namesake]:
    """Pupils of this legal name and birthday, on roll or left; accents, case and hyphens do not count."""
    key = name_key(joiner.surname, joiner.forename)
    alike = {
        pupil.id: bool(pupil.upn)
        for pupil in known_pupils(school=school)
        if pupil.dob == joiner.dob and name_key(pupil.surname, pupil.forename) == key
    }
    lines = lines_of_pupils(list(alike), school=school, on=on, year=joiner.year)
    return [Namesake(line, alike[line.id]) for line in lines]


def upn_holder(*, school: int, upn: str) -> int | None:
    """The pupil who has this UPN now or had it before."""
    held = Pupil.objects.filter(school_id=school)
    found = held.filter(upn=upn).first() or held.filter(former_upn=upn).first()
    return found.pk if found else None


def is_joiner(*, school: int, change_set: int) -> bool:
    """Whether this is a deed of this school that added a pupil by hand."""
    return ChangeSet.objects.filter(school_id=school, pk=change_set, kind=ChangeSet.Kind.JOINER).exists()


def joiners(*, school: int, on: date, year: int) -> list[JoinerRow]:
    """The latest pupils typed in, newest first."""
    deeds = ChangeSet.objects.filter(school_id=school, kind=ChangeSet.Kind.JOINER).exclude(counts={}).order_by("-pk")
    rows = list(deeds.values_list("pk", "at", "by__name", "undone_at")[:SHOWN])
    came = Pupil.objects.filter(school_id=school, added_by__in=[row[0] for row in rows])
    pupils = dict(came.values_list("added_by", "pk"))
    lines = {line.id: line for line in lines_of_pupils(list(pupils.values()), school=school, on=on, year=year)}
    return [JoinerRow(*row, lines.get(pupils.get(row[0], 0))) for row in rows]
