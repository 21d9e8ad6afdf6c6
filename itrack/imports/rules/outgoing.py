"""What leaves the school: a pupil as held, as the row a transfer file is written from.

Only what such a file has an agreed place for: numbers and names, free meals, special needs, the schools attended, the
year group of the file's year, and the results. Care, service families, Welsh learning needs and attendance stay here.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from itrack.imports.rules.rows import CircumstanceRow, PupilRow, ResultRow, SchoolRef, SchoolSpellRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itrack.pupils.rules_entry import HeldPupil

VERSION: Final = "26.0"
SUPPLIER: Final = "iTRACK"
# Sections are left out, and only a partial file says that what it leaves out is no statement.
QUALIFIER: Final = "partial"
UNKNOWN: Final = "XXX/XXXX"
NOT_A_SCHOOL: Final = "Write where it goes as 823/2002: three signs for the authority, a stroke, four for the school."
# The numbers stand in a row of their own.
NUMBERS: Final = ("upn", "former_upn")
SENT: Final = ("fsm", "sen", "sen_need")

_DESTINATION: Final = re.compile(r"([0-9]{3}|XXX|MMM)/?([0-9]{4}|LLLL|XXXX|MMMM)", re.ASCII)

Facts = dict[tuple[Any, ...], tuple[Any, ...]]


def destination(text: str) -> SchoolRef | None:
    """ "823/2002" or "8232002" as a school; nothing is "not known"; None when it is neither.

    An authority as such is 823/LLLL, a school outside the system MMM/MMMM.
    """
    found = _DESTINATION.fullmatch(text.strip().upper() or UNKNOWN)
    return SchoolRef(found[1], found[2], "", "") if found else None


def file_name(source: SchoolRef, to: SchoolRef) -> str:
    """The name such files go by: 8232001_CTF_8232002_001.xml."""
    return f"{source.la}{source.estab}_CTF_{to.la}{to.estab}_001.xml"


def row_to_send(held: HeldPupil, results: Facts, *, year: int) -> PupilRow:
    """The pupil as read from a file of the academic year that starts in `year`; the same pupil gives the same row."""
    fields = {name: str(text) for name, text in held.fields.items() if name not in NUMBERS and text != ""}
    return PupilRow(
        line=0,
        upn=held.fields["upn"],
        former_upn=held.fields["former_upn"],
        fields=fields,
        circumstances=_circumstances(held.circumstances, year),
        results=_results(results),
        attendance=(),
        schools=_schools(held.schools),
        warnings=(),
    )


def _circumstances(held: Facts, year: int) -> tuple[CircumstanceRow, ...]:
    order = {kind: place for place, kind in enumerate((*SENT, "year"))}
    told = [CircumstanceRow(*key, *values) for key, values in held.items() if key[0] in order]
    sent = [row for row in told if _has_its_place(row, year)]
    return tuple(sorted(sent, key=lambda row: (order[row.kind], row.key)))


def _has_its_place(row: CircumstanceRow, year: int) -> bool:
    """A spell needs its first day, and of the year groups only the file's own has an element."""
    return row.key == str(year) if row.kind == "year" else row.kind == "sen_need" or row.starts is not None


def _results(held: Facts) -> tuple[ResultRow, ...]:
    return tuple(
        ResultRow(**_named_result(key, values)) for key, values in sorted(held.items(), key=lambda one: one[0])
    )


def _named_result(key: tuple[Any, ...], values: tuple[Any, ...]) -> Mapping[str, Any]:
    names = ("stage", "year", "subject", "method", "component", "qualifier")
    told = ("locale", "status", "result", "result_date", "recognised")
    return dict(zip((*names, *told), (*key, *values), strict=True))


def _schools(held: Facts) -> tuple[SchoolSpellRow, ...]:
    rows = [
        SchoolSpellRow(la, estab, urn, name, entry, leaving, reason, last)
        for (la, estab, name, entry), (urn, leaving, reason, last) in held.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.entry or date.min, row.la, row.estab, row.name)))
