"""Year groups as frameworks know them, and which framework is for which academic year.

covers("1", "2", "2") → True
is_for(2026, 2014, 2027) → True
"""

from __future__ import annotations

from typing import Final

# The codes of a transfer file (NCyearActual), youngest first.
LADDER: Final = ("N1", "N2", "R", *(str(year) for year in range(1, 12)))
_NAMES: Final = {"N1": "Nursery 1", "N2": "Nursery 2", "R": "Reception"}
_SAME: Final = {"mathematics": "maths"}


def covers(first: str, last: str, year_group: str) -> bool:
    """Whether a strand from one year group to another is for this one; what is not on the ladder is in none."""
    return year_group in span(first, last)


def span(first: str, last: str) -> tuple[str, ...]:
    """The year groups from one to another, both included; none where the order or a code is wrong."""
    if first not in LADDER or last not in LADDER:
        return ()
    return LADDER[LADDER.index(first) : LADDER.index(last) + 1]


def year_name(code: str) -> str:
    """ "3" → "Year 3", "R" → "Reception"."""
    return _NAMES.get(code) or f"Year {code}"


def band_name(first: str, last: str) -> str:
    """Of "1" and "2": "Years 1 to 2"; one year group by its own name."""
    if first == last:
        return year_name(first)
    if first.isdecimal():
        return f"Years {first} to {last}"
    return f"{year_name(first)} to {year_name(last)}"


def year_order(code: str) -> int:
    """Sorts year groups youngest first; the unknown comes last."""
    return LADDER.index(code) if code in LADDER else len(LADDER)


def is_for(year: int, from_year: int | None, until_year: int | None) -> bool:
    """Whether a framework with these first and last academic years is for this one. No bound: always was, always is."""
    return (from_year is None or from_year <= year) and (until_year is None or year <= until_year)


def subject_key(name: str) -> str:
    """What two names of one subject have in common: "Mathematics" and "Maths" are the same."""
    key = " ".join(name.split()).casefold()
    return _SAME.get(key, key)
