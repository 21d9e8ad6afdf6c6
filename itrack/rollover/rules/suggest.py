"""What the new year will probably be, from the names and year groups of this year's classes.

A class named for its year group moves up with its name: "3 Birch" becomes "4 Birch". Any other stays where it is, and
the pupils move on to the class that has their next year group: the Otters are Year 3 every year. So it is with 3E and
4B, whose letters are their teachers'; 3A becomes 4A where there is a 4A. In a class of two year groups the younger
stay. The oldest leave.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from itrack.pupils.rules_years import LADDER, natural_order, year_group_name, year_group_order
from itrack.rollover.rules.names import is_lettered, promoted
from itrack.rollover.rules.plan import (
    LEAVE,
    NO_CLASS,
    NOWHERE,
    SHARE,
    ClassChoice,
    Cohort,
    Facts,
    Mover,
    Source,
    is_odd,
    main_years,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def is_past(then: str, last: str) -> bool:
    """Whether a year group is older than the school goes."""
    return then in LADDER and year_group_order(then) > year_group_order(last)


def suggested_classes(facts: Facts) -> tuple[ClassChoice, ...]:
    """The classes of the new year, with this year's teacher and helpers of the class of the same name."""
    years: dict[str, set[str]] = {}
    for source in facts.sources:
        for name, code in _next(source, facts):
            years.setdefault(name, set()).add(code)
    for name, code in _youngest(facts, years):
        years.setdefault(name, set()).add(code)
    for source, codes, _ in facts.there:
        years.setdefault(_same(source.name, years), set()).update(codes)
    staff = {source.name.casefold(): source for source in (*facts.sources, *(row[0] for row in facts.there))}
    rows = [(name, tuple(sorted(codes, key=year_group_order))) for name, codes in years.items()]
    rows.sort(key=lambda row: (year_group_order(row[1][0]) if row[1] else len(LADDER), natural_order(row[0])))
    return tuple(_staffed(f"c{n}", name, codes, staff) for n, (name, codes) in enumerate(rows, start=1))


def _same(name: str, known: Iterable[str]) -> str:
    return next((one for one in known if one.casefold() == name.casefold()), name)


def _staffed(key: str, name: str, years: tuple[str, ...], staff: Mapping[str, Source]) -> ClassChoice:
    same = staff.get(name.casefold(), Source(0, name))
    return ClassChoice(key, name, years, same.teacher, same.helpers)


def _next(source: Source, facts: Facts) -> list[tuple[str, str]]:
    """(name, year group) of what the class becomes: itself, or its name moved up."""
    here = [mover for mover in facts.movers if mover.source == source.id]
    years = main_years(Counter(mover.now for mover in here))
    if len(years) != 1:
        return [(source.name, code) for code in years]
    [now] = years
    then = Counter(mover.then for mover in here if mover.now == now).most_common(1)[0][0]
    name = promoted(source.name, now, then)
    if name is None or (is_lettered(source.name) and letters_stay(facts)):
        return [(source.name, now)]
    return [] if is_past(then, facts.last) else [(name, then)]


def letters_stay(facts: Facts) -> bool:
    """Whether the letters behind the year groups are of teachers: the same do not go up through the school."""
    lettered = {source.id: source.name for source in facts.sources if is_lettered(source.name)}
    names = {name.casefold() for name in lettered.values()}
    for source, name in lettered.items():
        for now, then in {
            (m.now, m.then) for m in facts.movers if m.source == source and not is_past(m.then, facts.last)
        }:
            moved = promoted(name, now, then)
            if moved and moved.casefold() not in names and then in _main_of_all(facts):
                return True
    return False


def _main_of_all(facts: Facts) -> set[str]:
    return {code for source in facts.sources for code in _main_now(source, facts)}


def _youngest(facts: Facts, years: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """Classes for those who come: the names of the youngest year group's classes, where none of them takes it on."""
    by_class = {source: _main_now(source, facts) for source in facts.sources}
    codes = [code for now in by_class.values() for code in now if code in LADDER]
    youngest = min(codes, key=year_group_order, default="")
    found = [(source.name, youngest) for source, now in by_class.items() if now == [youngest]]
    taken = {code for its in years.values() for code in its}
    found = [] if youngest in taken else found
    waiting = Counter(mover.then for mover in facts.movers if not is_past(mover.then, facts.last))
    covered = taken | {code for _, code in found}
    missing = [code for code in waiting if code in LADDER and code not in covered and waiting[code] > 2]
    return found + [(year_group_name(code), code) for code in missing]


def _main_now(source: Source, facts: Facts) -> list[str]:
    return main_years(Counter(mover.now for mover in facts.movers if mover.source == source.id))


def suggested_routes(facts: Facts, classes: Sequence[ClassChoice]) -> dict[Cohort, str]:
    """Where each cohort goes. One or two children among many go with their class, unless they or it are past it."""
    cohorts = facts.cohorts
    found: dict[Cohort, str] = {}
    for source, then in sorted(cohorts, key=lambda cohort: -len(cohorts[cohort])):
        most = max((other for other in cohorts if other[0] == source), key=lambda other: len(cohorts[other]))
        follows = found.get(most, "")
        odd = is_odd(len(cohorts[source, then]), len(cohorts[most])) or then not in LADDER
        if source != NO_CLASS and odd and follows not in ("", LEAVE, NOWHERE) and not is_past(then, facts.last):
            found[source, then] = follows
        else:
            found[source, then] = _route((source, then), cohorts[source, then], facts, classes)
    return found


def _route(cohort: Cohort, movers: Sequence[Mover], facts: Facts, classes: Sequence[ClassChoice]) -> str:
    source, then = cohort
    if is_past(then, facts.last):
        return LEAVE
    name = next((one.name for one in facts.sources if one.id == source), "")
    now = Counter(mover.now for mover in movers).most_common(1)[0][0]
    keys = {one.name.casefold(): one.key for one in classes}
    if (moved := promoted(name, now, then)) and moved.casefold() in keys and len(_years_of(source, facts)) == 1:
        return keys[moved.casefold()]
    takers = [one for one in classes if then in one.years]
    return next((one.key for one in takers if one.name == name), "") or _among(takers, cohort, facts)


def _years_of(source: int, facts: Facts) -> list[str]:
    return main_years(Counter(mover.now for mover in facts.movers if mover.source == source))


def _among(takers: Sequence[ClassChoice], cohort: Cohort, facts: Facts) -> str:
    """Of as many classes as there are cohorts, the one in the same place; else they are shared out."""
    if len(takers) < 2:
        return takers[0].key if takers else NOWHERE
    source, then = cohort
    level = [one.id for one in facts.sources if (one.id, then) in facts.cohorts]
    if source in level and len(level) == len(takers):
        return takers[level.index(source)].key
    return f"{SHARE}{then}"
