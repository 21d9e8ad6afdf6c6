"""Which row names the columns, and what each column is.

A suggestion is made by the column's name alone, never by what stands in it. What a person chose last time for a column
of that name goes before it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itrack.spreadsheets.rules.kinds import Field

LOOKED_AT: Final = 20  # rows at the top in which the names of the columns are looked for
LONGEST_NAME: Final = 80
ENOUGH: Final = 2  # columns of a row that must be known before its cells are taken for names, not for a pupil's values
NO_NAMES: Final = (
    "No row was found that names the columns. The row above the first pupil needs names such as UPN, Surname, Forename "
    "and Date of birth. Nothing was stored."
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its name as written, the field it is taken for ("" for none), and its filled cells."""

    name: str
    field: str
    filled: int = 0


def key_of(name: str) -> str:
    """Equal for two spellings of one name: "Date of Birth (DOB)" gives "dateofbirthdob"."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in folded if sign.isalnum())[:LONGEST_NAME]


def suggested(names: Sequence[str], fields: Sequence[Field], remembered: Mapping[str, str]) -> list[str]:
    """The field each column is taken for, "" for none. What was chosen before comes first, and each field once only."""
    known = {field.name for field in fields}
    spelt: dict[str, str] = {}
    for field in fields:
        for spelling in (field.label, field.name.replace("_", " "), *field.spellings):
            spelt.setdefault(key_of(spelling), field.name)
    keys = [key_of(name) for name in names]
    chosen = [remembered[key] if remembered.get(key, "") in known else "" for key in keys]
    taken = set(filter(None, chosen))
    for place, key in enumerate(keys):
        said = "" if key in remembered else spelt.get(key, "")
        if said and said not in taken:
            chosen[place] = said
            taken.add(said)
    return _once(chosen)


def _once(chosen: Sequence[str]) -> list[str]:
    met: set[str] = set()
    return ["" if field in met or met.add(field) else field for field in chosen]  # type: ignore[func-returns-value]


def names_row(rows: Sequence[Sequence[str]], fields: Sequence[Field], remembered: Mapping[str, str]) -> int | None:
    """The place of the row that names the columns: among the first ones, that of which most names are known."""
    known = [sum(map(bool, suggested(row, fields, remembered))) for row in rows[:LOOKED_AT]]
    best = max(range(len(known)), key=lambda place: known[place], default=None)
    return best if best is not None and known[best] >= ENOUGH else None


def why_not_these(fields: Sequence[str]) -> str:
    """Why columns cannot be chosen so, as a sentence; "" when they can."""
    chosen = [field for field in fields if field]
    twice = len(chosen) != len(set(chosen))
    return "Two columns were chosen for the same thing. Choose one of them." if twice else ""
