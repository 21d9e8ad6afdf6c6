"""A row of a sheet as the importer's raw pupil. From here on it goes the way of a pupil in a transfer file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itrack.imports.rules.raw import RawPupil
from itrack.spreadsheets.rules.values import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itrack.imports.rules.rows import SchoolRef

TEXTS: Final = (
    *("upn", "legal_surname", "legal_forename", "dob", "sex", "former_upn", "middle_names"),
    *("preferred_surname", "preferred_forename", "year_group", "ethnicity", "enrol_status"),
    *("in_care", "care_authority", "service", "eal_stage"),
)
# Column → the kind of row it belongs to and the importer's name for it there.
ROWS: Final = {
    "language": ("language", "language"),
    "fsm_starts": ("fsm", "starts"),
    "fsm_ends": ("fsm", "ends"),
    "fsm_country": ("fsm", "country"),
    "sen_provision": ("sen", "provision"),
    "sen_starts": ("sen", "starts"),
    "sen_ends": ("sen", "ends"),
    "sen_need": ("sen_need", "code"),
}
# A row of these kinds says something only if this of it is there: an end without a start is not worth a warning each.
_BEGINS: Final = {"fsm": "starts", "sen": "provision"}


def raw_pupil(line: int, cells: Mapping[str, str], here: SchoolRef) -> RawPupil:
    """The row's cells by field. An empty one is not stated, so it takes nothing away from what is held."""
    raw = RawPupil(line)
    said = {field: read(field, text) for field, text in cells.items() if text}
    for field in TEXTS:
        if field in said:
            raw.put(raw.texts, field, said[field])
    rows: dict[str, dict[str, str]] = {}
    for field, (kind, key) in ROWS.items():
        if field in said:
            raw.put(rows.setdefault(kind, {}), key, said[field])
    if "entry" in said:
        told = {"la": here.la, "estab": here.estab, "urn": here.urn, "name": here.name}
        rows["school"] = told
        raw.put(told, "entry", said["entry"])
    raw.rows = {kind: [texts] for kind, texts in rows.items() if texts.get(_BEGINS.get(kind, ""), "yes")}
    return raw
