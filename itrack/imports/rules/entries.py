"""From a staged pupil and a person's choice to what is stored."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from itrack.imports.rules.compare import IDENTITY, attendance_rows, circumstance_rows, school_rows, stated_fields
from itrack.imports.rules.rows import PupilRow, SchoolRef
from itrack.imports.rules.warn import ThisSchool, is_school
from itrack.pupils.rules_entry import HeldPupil, PupilEntry

OURS, FILE, NEW, LEAVE = "ours", "file", "new", "leave"


def chosen_pupil(choice: str, suggested: Sequence[int]) -> int | None:
    """The id in a choice "pupil:17", if it was one of those offered."""
    kind, _, number = choice.partition(":")
    picked = int(number) if kind == "pupil" and number.isdigit() else None
    return picked if picked in suggested else None


def is_settled(choice: str, conflict: dict[str, Any]) -> bool:
    """Whether the choice answers the conflict, so that the pupil may be applied."""
    if "who" in conflict:
        return choice == NEW or chosen_pupil(choice, conflict["who"]) is not None
    return choice in (OURS, FILE)


def entry_for(row: PupilRow, held: HeldPupil | None, *, choice: str, school: ThisSchool, on: date) -> PupilEntry:
    """What to store of this pupil on that day."""
    fields: dict[str, Any] = stated_fields(row, held)
    if held is not None and choice == OURS:
        fields = {name: text for name, text in fields.items() if name not in IDENTITY or not held.fields[name]}
    if "dob" in fields:
        fields["dob"] = date.fromisoformat(fields["dob"])
    return PupilEntry(
        pupil=held.id if held else None,
        fields=fields,
        circumstances=circumstance_rows(row),
        attendance=attendance_rows(row),
        schools=school_rows(row),
        enrolment=_spell(row, held.enrolments if held else (), school, on),
    )


def _spell(
    row: PupilRow, held: Iterable[tuple[date, date | None]], school: ThisSchool, on: date
) -> tuple[date, date | None] | None:
    """The spell on this roll: as our own entry in the school history gives it, else from the day of the import.

    A pupil already on the roll gets no second spell; one who has left and comes back does.
    """
    starts_held = {starts for starts, _ in held}
    ours = [s for s in row.schools if s.entry and is_school(SchoolRef(s.la, s.estab, s.urn, s.name), school)]
    if ours:
        last = max(ours, key=lambda spell: spell.entry or date.min)
        if not starts_held or last.entry in starts_held or _all_over(held, last.entry):
            return last.entry or on, last.leaving
        return None
    return (on, None) if _all_over(held, on + timedelta(days=1)) else None


def _all_over(held: Iterable[tuple[date, date | None]], by: date | None) -> bool:
    return by is not None and all(ends is not None and ends < by for _, ends in held)
