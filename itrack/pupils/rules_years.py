"""Year groups: their order, their names, and which one a pupil is in when the record says it for another year only.

year_group_of({2025: "3"}, 2026, born) → "4"
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# Early years and nursery count back from Reception; the codes are those of a transfer file (NCyearActual).
LADDER: Final = (*("E1", "E2", "N1", "N2", "R"), *(str(year) for year in range(1, 15)))
NO_YEAR_GROUP: Final = "X"  # a pupil who does not follow year groups, in a special school for example

_RECEPTION: Final = LADDER.index("R")
_PLACE: Final = {code: place for place, code in enumerate(LADDER)}
_NAMES: Final = {"E1": "Early years 1", "E2": "Early years 2", "N1": "Nursery 1", "N2": "Nursery 2", "R": "Reception"}
# Nobody is put below the first nursery class or past Year 13 by age alone.
_BY_AGE: Final = frozenset(chain(("N1", "N2", "R"), map(str, range(1, 14))))


def year_group_of(known: Mapping[int, str], year: int, born: date | None = None) -> str:
    """The year group in the academic year that starts in `year`; "" when nothing tells.

    What the record says for that very year counts as written. Else the nearest year it speaks of is moved up or down
    the ladder, the earlier of two equally near. Else the date of birth decides: Reception is the year of the fifth
    birthday, years running from 1 September (School Admissions Code 2.17).
    """
    if year in known:
        return known[year]
    placed = [(abs(year - said), said) for said, code in known.items() if code in _PLACE or code == NO_YEAR_GROUP]
    if not placed:
        return _by_age(year, born) if born else ""
    said = min(placed)[1]
    return NO_YEAR_GROUP if known[said] == NO_YEAR_GROUP else _on_the_ladder(_PLACE[known[said]] + year - said)


def _on_the_ladder(place: int) -> str:
    return LADDER[place] if 0 <= place < len(LADDER) else ""


def _by_age(year: int, born: date) -> str:
    code = _on_the_ladder(_RECEPTION + year - _fifth_birthday(born))
    return code if code in _BY_AGE else ""


def _fifth_birthday(born: date) -> int:
    """The academic year a fifth birthday falls in."""
    return born.year + 5 - (born.month < 9)


def why_year_group(known: Mapping[int, str], year: int, born: date) -> str:
    """How the year group of that year is known, and how it lies to the age: the second half of a sentence."""
    code = year_group_of(known, year, born)
    by_age = _by_age(year, born)
    said = min((abs(year - each), each) for each, held in known.items() if held in _PLACE) if _places(known) else None
    if year in known:
        how = "as recorded for this year"
    elif said is None:
        how = "by date of birth"
    else:
        how = f"counted from the record for {said[1]}/{(said[1] + 1) % 100:02d}"
    apart = _PLACE[by_age] - _PLACE[code] if by_age and code in _PLACE else 0
    return f"{how}; {_apart(apart)}" if apart else how


def _places(known: Mapping[int, str]) -> bool:
    return any(code in _PLACE for code in known.values())


def _apart(rungs: int) -> str:
    n = abs(rungs)
    return f"{n} {'year group' if n == 1 else 'year groups'} {'below' if rungs > 0 else 'above'} their age"


def reception_year(known: Mapping[int, str], *, year: int, born: date) -> int:
    """The academic year in which the pupil is in Reception, seen from `year`: later for a child who was deferred."""
    place = _PLACE.get(year_group_of(known, year, born))
    return _fifth_birthday(born) if place is None else year - (place - _RECEPTION)


def academic_year(day: date) -> int:
    """The calendar year in which that day's academic year started; years run from 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def year_group_order(code: str) -> int:
    """Sorts year groups youngest first; what is not on the ladder comes last."""
    return _PLACE.get(code, len(LADDER))


def year_group_name(code: str) -> str:
    """ "R" → "Reception", "4" → "Year 4"; the unknown is said in words too."""
    if code.isdecimal():
        return f"Year {code}"
    return _NAMES.get(code) or (f"Year group {code}" if code not in {"", NO_YEAR_GROUP} else "No year group")


def natural_order(name: str) -> list[tuple[bool, int, str]]:
    """A sort key that reads numbers as numbers, before words: "4 Alder", "Year 2", "Year 10"."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]
