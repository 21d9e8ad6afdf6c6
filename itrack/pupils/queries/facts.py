"""What decides pupils' flags, groups and year groups, read in one question: their circumstances and the school's word.

The two tables are united, so that lists and the marks grid ask no more often for there being overrides.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, DateField, Q, QuerySet, Value
from django.db.models.functions import Cast

from itrack.foundation import clock
from itrack.foundation.composed import Composed, ComposedAsAt, among
from itrack.pupils.models import Circumstance, FlagOverride
from itrack.pupils.queries.standing import covers, standing
from itrack.pupils.rules_answers import Fact, Facts, Override, Source, Stay
from itrack.pupils.rules_years import academic_year

Kind = Circumstance.Kind
# Of a list: the year group and the short flags. Of a report and a pupil's page: all that decides a group or a flag.
FOR_A_LIST = (Kind.YEAR, Kind.SEN, Kind.FREE_MEALS)
FOR_EVERY_FLAG = (*FOR_A_LIST, Kind.CARE, Kind.SERVICE)
_YEAR = Kind.YEAR.value
SET = "set"  # in the place of a circumstance's kind: the school's own word
BY = ("added_by__kind", "added_by__at", "added_by__by__name")
_CIRCUMSTANCE = ("kind", "key", "code", "starts", "ends", Value("", CharField()))
_OVERRIDE = (
    Value(SET, CharField()),
    Cast("year", CharField()),
    "says",
    Value(None, DateField()),
    Value(None, DateField()),
    "flag",
)


@dataclass(slots=True)
class Told:
    """What the record says of one pupil."""

    years: dict[int, str] = field(default_factory=dict)
    meals: tuple[Fact, ...] = ()
    care: tuple[Fact, ...] = ()
    sen: tuple[Fact, ...] = ()
    service: tuple[Fact, ...] = ()
    overrides: dict[tuple[str, int], Override] = field(default_factory=dict)

    def facts(self, *, sex: str, born: date, language: str, stays: tuple[Stay, ...] = (), entry: str = "R") -> Facts:
        dated = self.meals, self.care, self.sen, self.service
        return Facts(sex, born, language, *dated, self.overrides, self.years, stays, entry)


def facts_told(
    pupils: Collection[int],
    *,
    school: int,
    on: date | None = None,
    as_at: datetime | None = None,
    kinds: Collection[str] = FOR_EVERY_FLAG,
    sources: bool = False,
) -> defaultdict[int, Told]:
    """By pupil. With `on` only what covers that day, and every year group; `sources`: where each fact came from."""
    if on is None and not sources and kinds == FOR_EVERY_FLAG:
        return gathered(_EVER.rows(school=school, pupils=list(pupils), as_at=as_at))
    # The ids are given, not asked for again inside: freshly loaded tables have no statistics, and PostgreSQL then
    # plans a question within a question so badly that a small school takes minutes.
    about = {"school_id": school, "pupil__in": pupils}
    said = Circumstance.objects.filter(standing(as_at), kind__in=kinds, **about).order_by()
    own = FlagOverride.objects.filter(standing(as_at), **about).order_by()
    if on is not None:
        said = said.filter(_on_the_day(on))
        own = own.filter(year=academic_year(on))
    more = BY if sources else ()
    both = _alike(said, _CIRCUMSTANCE, more).union(_alike(own, _OVERRIDE, more), all=True)
    return gathered(both)


def years_told(pupils: Collection[int], *, school: int) -> defaultdict[int, dict[int, str]]:
    """Their year groups alone: academic year → year group."""
    years: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for key, code, alike in _YEARS.rows(school=school, pupils=list(pupils)):
        if key.isdecimal():
            for pupil in alike:
                years[pupil][int(key)] = code
    return years


def facts_of_class(*, school: int, pupils: Collection[int], on: date) -> defaultdict[int, Told]:
    """What lists show of these pupils on that day, by a question composed once."""
    return gathered(_OF_CLASS.rows(school=school, pupils=list(pupils), on=on, of=academic_year(on)))


def _of_class(given: Callable[[str], Any]) -> QuerySet[Any, Any]:
    theirs = among("pupil_id", given("pupils"))
    said = Circumstance.objects.filter(standing(None), _on_the_day(given("on")), theirs)
    said = said.filter(school_id=given("school"), kind__in=FOR_A_LIST).order_by()
    own = FlagOverride.objects.filter(standing(None), theirs, school_id=given("school"), year=given("of")).order_by()
    return _alike(said, _CIRCUMSTANCE).union(_alike(own, _OVERRIDE), all=True)


def _ever(given: Callable[[str], Any], as_at: Any) -> QuerySet[Any, Any]:
    theirs = standing(as_at) & Q(among("pupil_id", given("pupils")))
    said = Circumstance.objects.filter(theirs, school_id=given("school"), kind__in=FOR_EVERY_FLAG).order_by()
    own = FlagOverride.objects.filter(theirs, school_id=given("school")).order_by()
    return _alike(said, _CIRCUMSTANCE).union(_alike(own, _OVERRIDE), all=True)


def _alike(rows: QuerySet[Any], columns: Sequence[Any], more: Sequence[str] = ()) -> QuerySet[Any, Any]:
    """A row for all of whom the same is said, and last who they are: of many pupils the record says the same."""
    alike: QuerySet[Any, Any] = rows.values_list(*columns, *more).annotate(pupils=ArrayAgg("pupil_id"))
    return alike


def _years(given: Callable[[str], Any]) -> QuerySet[Any, Any]:
    theirs = standing(None) & Q(among("pupil_id", given("pupils")))
    return _alike(
        Circumstance.objects.filter(theirs, school_id=given("school"), kind=_YEAR).order_by(), ("key", "code")
    )


_OF_CLASS, _EVER, _YEARS = Composed(_of_class), ComposedAsAt(_ever), Composed(_years)


def _on_the_day(on: Any) -> Q:
    """A year group holds for its own year, and tells of the others."""
    return covers(on) | Q(kind=Kind.YEAR)


def gathered(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, Told]:
    """By pupil, of rows of `_alike`."""
    told: defaultdict[int, Told] = defaultdict(Told)
    for kind, key, code, starts, ends, flag, *by, pupils in rows:
        says = source(by) if by else None
        if kind == _YEAR:
            _add_year(told, pupils, key, code)
        elif kind == SET:
            for pupil in pupils:
                told[pupil].overrides[flag, int(key)] = Override(code, says)
        else:
            _add_fact(told, pupils, _DATED[kind], (Fact(starts, ends, code, says),))
    return told


def _add_year(told: defaultdict[int, Told], pupils: Collection[int], key: str, code: str) -> None:
    if key.isdecimal():
        year = int(key)
        for pupil in pupils:
            told[pupil].years[year] = code


def _add_fact(told: defaultdict[int, Told], pupils: Collection[int], name: str, fact: tuple[Fact]) -> None:
    for pupil in pupils:
        about = told[pupil]
        setattr(about, name, getattr(about, name) + fact)


_DATED: Mapping[str, str] = {
    Kind.FREE_MEALS: "meals",
    Kind.CARE: "care",
    Kind.SEN: "sen",
    Kind.SERVICE: "service",
}


def source(by: Sequence[Any]) -> Source:
    """Of the columns BY."""
    kind, at, name = by
    return Source(kind, clock.day_of(at), name)
