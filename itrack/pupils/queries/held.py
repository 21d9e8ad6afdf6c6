"""What the school holds of its pupils, in the shape an importer compares a file against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from itrack.foundation.models import Versioned
from itrack.pupils.models import AttendanceYear, Circumstance, Enrolment, Pupil, Roll, SchoolSpell
from itrack.pupils.rules_entry import ATTENDANCE, CIRCUMSTANCE, PUPIL_FIELDS, SCHOOL_SPELL, HeldPupil


@dataclass(frozen=True, slots=True)
class Known:
    """Just enough of a pupil to recognise them in a file."""

    id: int
    upn: str
    former_upn: str
    surname: str
    forename: str
    dob: date
    sex: str
    merged: bool = False
    preferred_surname: str = ""
    preferred_forename: str = ""


def known_pupils(*, school: int) -> list[Known]:
    """Every pupil the school holds, on roll or left: a returner must be recognised too.

    A record merged into another stands first, under the other's id: its numbers and name lead there.
    """
    rows = Pupil.objects.filter(school_id=school).order_by("pk")
    columns = ("pk", "upn", "former_upn", "legal_surname", "legal_forename", "dob", "sex")
    preferred = ("preferred_surname", "preferred_forename")
    told = [
        (replace(Known(*row), preferred_surname=surname, preferred_forename=forename), into)
        for *row, surname, forename, into in rows.values_list(*columns, *preferred, "merged_into_id")
    ]
    into = {known.id: other for known, other in told if other is not None}
    merged = [replace(known, id=_last(into, known.id), merged=True) for known, other in told if other is not None]
    return merged + [known for known, other in told if other is None]


def _last(into: dict[int, int], pupil: int) -> int:
    while pupil in into:
        pupil = into[pupil]
    return pupil


def held_pupils(*, school: int, pupils: Sequence[int]) -> dict[int, HeldPupil]:
    """The standing record of these pupils by id, in five queries whatever their number."""
    rows = Pupil.objects.filter(school_id=school, pk__in=pupils).values_list("pk", *PUPIL_FIELDS)
    held = {pk: HeldPupil(pk, dict(zip(PUPIL_FIELDS, values, strict=True))) for pk, *values in rows}
    for pupil, *row in _standing(Circumstance, CIRCUMSTANCE, school, pupils):
        held[pupil].circumstances[tuple(row[:2])] = tuple(row[2:])
    for pupil, *row in _standing(AttendanceYear, ATTENDANCE, school, pupils):
        held[pupil].attendance[tuple(row[:3])] = tuple(row[3:])
    for pupil, *row in _standing(SchoolSpell, SCHOOL_SPELL, school, pupils):
        held[pupil].schools[tuple(row[:4])] = tuple(row[4:])
    for pupil, starts, ends in _standing(Enrolment, ("starts", "ends"), school, pupils):
        held[pupil].enrolments.append((starts, ends))
    return held


def _standing(
    model: type[Versioned], columns: Sequence[str], school: int, pupils: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    rows: Any = model._default_manager.filter(school_id=school)
    return iter(rows.filter(pupil__in=pupils, ended_at__isnull=True).values_list("pupil_id", *columns))


def roll_version(*, school: int) -> int:
    """How often the roll has changed; a preview made at another count is stale."""
    return Roll.objects.filter(school_id=school).values_list("version", flat=True).first() or 0
