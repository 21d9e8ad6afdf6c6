"""A pupil of a file between preview and apply, as JSON: nothing but what may be stored."""

from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from itrack.imports.rules.rows import AttendanceRow, CircumstanceRow, PupilRow, ResultRow, SchoolSpellRow

_KINDS: dict[str, tuple[type, Any, tuple[int, ...]]] = {}
for _name, _kind in (
    ("circumstances", CircumstanceRow),
    ("results", ResultRow),
    ("attendance", AttendanceRow),
    ("schools", SchoolSpellRow),
):
    _columns = [column.name for column in fields(_kind)]
    _dates = tuple(i for i, column in enumerate(fields(_kind)) if "date" in str(column.type))
    _KINDS[_name] = (_kind, attrgetter(*_columns), _dates)


def packed(row: PupilRow) -> dict[str, Any]:
    """The row as dictionaries, lists and texts; dates in ISO form."""
    pack: dict[str, Any] = {
        "line": row.line,
        "upn": row.upn,
        "former_upn": row.former_upn,
        "fields": row.fields,
        "warnings": row.warnings,
    }
    for name, (_, values, dates) in _KINDS.items():
        pack[name] = [_texts(values(fact), dates) for fact in getattr(row, name)]
    return pack


def _texts(values: tuple[Any, ...], dates: tuple[int, ...]) -> list[Any]:
    told = list(values)
    for index in dates:
        if told[index] is not None:
            told[index] = told[index].isoformat()
    return told


def unpacked(pack: dict[str, Any]) -> PupilRow:
    """The row `packed` was given."""
    facts = {name: tuple(_fact(kind, dates, told) for told in pack[name]) for name, (kind, _, dates) in _KINDS.items()}
    return PupilRow(
        line=pack["line"],
        upn=pack["upn"],
        former_upn=pack["former_upn"],
        fields=pack["fields"],
        warnings=tuple(pack["warnings"]),
        **facts,
    )


def _fact(kind: type, dates: tuple[int, ...], told: list[Any]) -> Any:
    for index in dates:
        if told[index] is not None:
            told[index] = date.fromisoformat(told[index])
    return kind(*told)
