"""Which pupils of a class a marks page shows, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.curriculum.rules import BANDS
from itrack.pupils.rules_flags import FLAG_WORDS
from itrack.pupils.rules_years import year_group_name, year_group_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itrack.assessment.rules.grid import Mark, Who
    from itrack.assessment.rules.marks import Cell

# How an address asks: show=missing, show=FSM, show=year-3; sort=year, sort=17 (a column).
MISSING, COPIES, OF_YEAR = "missing", "copies", "year-"
BY_YEAR = "year"
_CSS_ORDER: Final = {band.css: place for place, band in enumerate(BANDS)}
_NO_BAND: Final = len(BANDS)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`shown` of those asked for; the choices are (value, words), the first of each being the usual one."""

    pupils: list[Who]
    show: str
    sort: str
    shows: list[tuple[str, str]]
    sorts: list[tuple[str, str]]


def arrange(
    pupils: Sequence[Who], columns: Sequence[tuple[int, str]], now: Mapping[Cell, Mark], *, show: str, sort: str
) -> Arrangement:
    """The pupils asked for, in the order asked for; what is no choice of this class counts as not asked."""
    shows, sorts = _shows(pupils), _sorts(pupils, columns)
    show, sort = (asked if asked in dict(choices) else "" for asked, choices in ((show, shows), (sort, sorts)))
    ids = [column for column, _ in columns]
    kept = [who for who in pupils if _is_shown(who, show, ids, now)]
    if sort == BY_YEAR:
        kept.sort(key=lambda who: year_group_order(who.year_group))
    elif sort:
        kept.sort(key=lambda who: _mark_order(now.get((who.id, int(sort)))))
    return Arrangement(kept, show, sort, shows, sorts)


def _shows(pupils: Sequence[Who]) -> list[tuple[str, str]]:
    flags = {flag for who in pupils for flag in who.flags}
    years = sorted({who.year_group for who in pupils}, key=year_group_order)
    return [
        ("", "All"),
        (MISSING, "Without a mark"),
        (COPIES, "To be confirmed"),
        *((f"{OF_YEAR}{year}", year_group_name(year)) for year in years if len(years) > 1),
        *((flag, words) for flag, words in FLAG_WORDS.items() if flag in flags),
    ]


def _sorts(pupils: Sequence[Who], columns: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    mixed = len({who.year_group for who in pupils}) > 1
    by_year = [(BY_YEAR, "Year group")] if mixed else []
    return [("", "Name"), *by_year, *((str(column), name) for column, name in columns)]


def _is_shown(who: Who, show: str, columns: Sequence[int], now: Mapping[Cell, Mark]) -> bool:
    marks = [now.get((who.id, column)) for column in columns]
    if show == MISSING:
        return None in marks
    if show == COPIES:
        return any(mark is not None and mark.copied for mark in marks)
    if show.startswith(OF_YEAR):
        return who.year_group == show.removeprefix(OF_YEAR)
    return not show or show in who.flags


def _mark_order(mark: Mark | None) -> tuple[int, float, str]:
    """The lowest first; within a band by score; without a mark last."""
    if mark is None:
        return _NO_BAND + 1, 0.0, ""
    plain = mark.code.rpartition(":")[2]
    score = float(plain) if plain.replace(".", "", 1).isdecimal() else 0.0
    return _CSS_ORDER.get(mark.css, _NO_BAND), score, mark.code
