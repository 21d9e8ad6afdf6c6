"""Which statements a class is shown: one strand at a time, that of the pupils' own year unless another is asked for.

A strand's id says all: its framework, its subject and its years. So an address needs a class and a strand.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from itrack.frameworks.rules.years import band_name, covers, year_name, year_order
from itrack.pupils.rules_years import NO_YEAR_GROUP

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# Statements on one page: more columns than this are work for nobody, and make the page slow.
MOST_SHOWN: Final = 15
EVERYBODY: Final = "all"
OWNERS: Final = ("own", "trust", "shipped")


@dataclass(frozen=True, slots=True)
class Course:
    """A subject of a framework."""

    framework: int
    framework_name: str
    subject: str


@dataclass(frozen=True, slots=True)
class StrandChoice:
    """A strand with statements in use."""

    id: int
    course: Course
    first: str
    last: str
    name: str
    statements: int

    @property
    def band(self) -> tuple[str, str]:
        return self.first, self.last

    @property
    def band_name(self) -> str:
        return band_name(self.first, self.last)

    def is_for(self, year_group: str) -> bool:
        return covers(self.first, self.last, year_group)


def courses(strands: Sequence[StrandChoice], year_groups: Collection[str]) -> list[Course]:
    """In the order given, but first those that have something for the class's own years."""
    found = list(dict.fromkeys(strand.course for strand in strands))
    own = {strand.course for strand in strands if any(strand.is_for(year) for year in year_groups)}
    return sorted(found, key=lambda course: course not in own)


def titles(found: Sequence[Course]) -> dict[Course, str]:
    """The subject's name; with the framework's where two frameworks have it."""
    often = [course.subject.casefold() for course in found]
    return {
        course: f"{course.subject} ({course.framework_name})"
        if often.count(course.subject.casefold()) > 1
        else course.subject
        for course in found
    }


def usual_strand(strands: Sequence[StrandChoice], course: Course, year_groups: Sequence[str]) -> StrandChoice:
    """The course's first strand for the year most pupils are in; failing that the nearest below them, or its first.

    `year_groups` has one for each pupil. Of two years with as many pupils it is the younger.
    """
    of_course = [strand for strand in strands if strand.course == course]
    for year in sorted(set(year_groups), key=lambda year: (-year_groups.count(year), year_order(year))):
        if own := [strand for strand in of_course if strand.is_for(year)]:
            return own[0]
    youngest = min(map(year_order, year_groups), default=0)
    below = [strand for strand in of_course if year_order(strand.last) <= youngest]
    highest = max((year_order(strand.last) for strand in below), default=0)
    return next((strand for strand in below if year_order(strand.last) == highest), of_course[0])


def same_strand(strands: Sequence[StrandChoice], like: StrandChoice, year_group: str) -> StrandChoice | None:
    """The strand of that name for another year group, else the course's first for it; None when it has none."""
    own = [strand for strand in strands if strand.course == like.course and strand.is_for(year_group)]
    return next((strand for strand in own if strand.name == like.name), next(iter(own), None))


def by_band(strands: Sequence[StrandChoice], course: Course) -> list[tuple[str, list[StrandChoice]]]:
    """(years, strands) of a course, the youngest years first."""
    own = sorted(
        (strand for strand in strands if strand.course == course),
        key=lambda strand: (year_order(strand.first), year_order(strand.last)),
    )
    return [(own_band[0].band_name, own_band) for own_band in (list(of) for _, of in groupby(own, key=_band))]


def _band(strand: StrandChoice) -> tuple[str, str]:
    return strand.band


def neighbours(strands: Sequence[StrandChoice], here: StrandChoice) -> tuple[StrandChoice | None, StrandChoice | None]:
    """The strand before and the one after, within the course and years."""
    beside = [strand for strand in strands if (strand.course, strand.band) == (here.course, here.band)]
    at = beside.index(here)
    return (beside[at - 1] if at else None), (beside[at + 1] if at + 1 < len(beside) else None)


def shown_years(strand: StrandChoice, year_groups: Collection[str], who: str) -> set[str]:
    """Whose statements these are, or everybody's if asked for or if they are nobody's own: as year groups."""
    own = {year for year in year_groups if strand.is_for(year)}
    return set(year_groups) if who == EVERYBODY or not own else own


def year_words(year_group: str) -> str:
    """A year group as a tab says it; "No year group" for a pupil who follows none."""
    return year_name(year_group) if year_group not in {"", NO_YEAR_GROUP} else "No year group"
