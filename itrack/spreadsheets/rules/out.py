"""A pupil and a mark as cells of a table of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from itrack.spreadsheets.rules.kinds import PUPIL_FIELDS

if TYPE_CHECKING:
    from itrack.pupils.rules_entry import HeldPupil

# What is taken out. Circumstances with dates are not: one row could not say their history.
TAKEN: Final = frozenset({
    "upn", "legal_surname", "legal_forename", "dob", "sex", "year_group", "former_upn", "middle_names",
    "preferred_surname", "preferred_forename", "ethnicity", "language", "enrol_status",
})  # fmt: skip
_HELD_AS: Final = {"language": "first_language"}


def pupil_cells(held: HeldPupil, year: int) -> list[Any]:
    """In the order of the fields; the year group as the record says it for that academic year, "" where it does not."""
    said = held.circumstances.get(("year", str(year)))
    fields = {**held.fields, "year_group": said[0] if said else ""}
    return [fields[_HELD_AS.get(field.name, field.name)] for field in PUPIL_FIELDS if field.name in TAKEN]


def mark_cell(code: str) -> str | int:
    """A whole number as a number, so that a spreadsheet can reckon with it."""
    return int(code) if code.isascii() and code.isdecimal() and str(int(code)) == code else code
