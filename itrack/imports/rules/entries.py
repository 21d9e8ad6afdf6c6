"""From a staged pupil and a person's choice to what is stored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from itrack.imports.rules.compare import (
    IDENTITY,
    Difference,
    attendance_rows,
    circumstance_rows,
    school_rows,
    stated_fields,
)
from itrack.imports.rules.rows import PupilRow, SchoolRef, SchoolSpellRow
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
        enrolment=spell_on_roll(row, held.enrolments if held else (), school, on),
    )


def spell_on_roll(
    row: PupilRow, held: Iterable[tuple[date, date | None]], school: ThisSchool, on: date
) -> tuple[date, date | None] | None:
    """The spell on this roll: as our own entry in the school history gives it, else from the day of the import.

    A pupil already on the roll gets no second spell; one who has left and comes back does. A last day that we know and
    the file does not give stands while it is still to come: silence takes nothing away.
    """
    ends = dict(held)
    ours = [s for s in row.schools if s.entry and is_school(SchoolRef(s.la, s.estab, s.urn, s.name), school)]
    if not ours or _has_come_back(row, ends, ours, on):
        return (on, None) if _all_over(ends.items(), on + timedelta(days=1)) else None
    last = max(ours, key=lambda spell: spell.entry or date.min)
    if ends and last.entry not in ends and not _all_over(ends.items(), last.entry):
        return None
    known = ends.get(last.entry) if last.entry else None
    if last.leaving is None and known is not None and known >= on:
        return None
    return last.entry or on, last.leaving


def roll_difference(row: PupilRow, held: HeldPupil, school: ThisSchool, on: date) -> list[Difference]:
    """What applying would change about when the pupil is on the roll; nothing for most."""
    spell = spell_on_roll(row, held.enrolments, school, on)
    if spell is None or spell in held.enrolments:
        return []
    starts, ends = spell
    known = dict(held.enrolments)
    was = _days(starts, known[starts]) if starts in known else ""
    return [Difference("roll", was, _days(starts, ends))]


def _days(starts: date, ends: date | None) -> str:
    return f"from {starts} to {ends}" if ends else f"from {starts}"


def _has_come_back(row: PupilRow, held: Mapping[date, date | None], ours: Collection[SchoolSpellRow], on: date) -> bool:
    """Whether the pupil left us and by the file went to another school afterwards: so this is a return."""
    if not held or not _all_over(held.items(), on):
        return False
    left = max(ends for ends in held.values() if ends is not None)
    later = [stay for stay in row.schools if stay.entry and stay.entry > left]
    return bool(later) and not any(stay in ours for stay in later)


def _all_over(held: Iterable[tuple[date, date | None]], by: date | None) -> bool:
    return by is not None and all(ends is not None and ends < by for _, ends in held)
