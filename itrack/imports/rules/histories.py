"""What lies behind a pupil: totals of attendance by year, and the schools before this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itrack.imports.rules.circumstances import dated
from itrack.imports.rules.rows import AttendanceRow, SchoolSpellRow
from itrack.imports.rules.text import truth, whole_number

if TYPE_CHECKING:
    from itrack.imports.rules.raw import RawPupil, Texts

_SESSIONS: Final = ("possible", "authorised", "attended", "unauthorised")


def attendance(raw: RawPupil) -> tuple[AttendanceRow, ...]:
    """The yearly totals, one for each year and school. A total with a number missing is left out, not guessed."""
    found: dict[tuple[int, str, str], AttendanceRow] = {}
    for texts in raw.rows["attendance"]:
        row = _year(raw, texts)
        if row and found.setdefault((row.year, row.la, row.estab), row) != row:
            raw.warnings.append(f"The attendance for {row.year} is in the file twice and differs. The first is kept.")
    return tuple(found.values())


def _year(raw: RawPupil, texts: Texts) -> AttendanceRow | None:
    year, *sessions = [whole_number(texts.get(key, "")) for key in ("year", *_SESSIONS)]
    counted = [number for number in sessions if number is not None]
    if year is None or len(counted) < len(_SESSIONS):
        raw.warnings.append("A year of attendance does not give all its numbers. It is left out.")
        return None
    possible, authorised, attended, unauthorised = counted
    if authorised + attended + unauthorised > possible:
        raw.warnings.append(f"The attendance for {year} counts more sessions than were possible. It is kept.")
    return AttendanceRow(
        year, texts.get("la", ""), texts.get("estab", ""), possible, authorised, attended, unauthorised
    )  # fmt: skip


def schools(raw: RawPupil) -> tuple[SchoolSpellRow, ...]:
    """The schools in the file's order, each stay once; a stay that ends before it starts is left out."""
    found: dict[SchoolSpellRow, None] = {}
    for texts in raw.rows["school"]:
        if any(texts.values()) and (row := _stay(raw, texts)):
            found[row] = None
    return tuple(found)


def _stay(raw: RawPupil, texts: Texts) -> SchoolSpellRow | None:
    entry, leaving = (dated(raw, texts, key, "school") for key in ("entry", "leaving"))
    if entry and leaving and leaving < entry:
        raw.warnings.append("A stay at a school ends before it begins. It is left out.")
        return None
    la, estab, urn, name, reason = (texts.get(key, "") for key in ("la", "estab", "urn", "name", "reason"))
    return SchoolSpellRow(la, estab, urn, name, entry, leaving, reason, truth(texts.get("last_school", "")))
