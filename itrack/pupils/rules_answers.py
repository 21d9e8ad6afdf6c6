"""What holds of a pupil on a day: free meals, Ever-6, care, disadvantage, service, pupil premium, language, SEN.

    answer("ever6", facts, date(2026, 11, 2)) → Answer("ever6", "yes", "holds", Fact(ends=date(2023, 7, 14), …))

This is the one place that decides: lists, reports, filters and pages ask here, so that no two can differ. The school's
own word on a flag for a year stands before the record. Unknown is never no: who is unknown is in neither group.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from itrack.pupils.rules_classes import first_day, last_day
from itrack.pupils.rules_years import academic_year, reception_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

YES, NO, UNKNOWN = "yes", "no", "unknown"
SUPPORT, PLAN = "K", "E"
SIX_YEARS: Final = 6


class Flag(StrEnum):
    FREE_MEALS = "fsm"
    EVER_SIX = "ever6"
    CARE = "care"
    AFTER_CARE = "was_care"
    DISADVANTAGED = "disadvantaged"
    SERVICE = "service"
    PREMIUM = "premium"
    LANGUAGE = "eal"
    SEN = "sen"


class Ground(StrEnum):
    """On what an answer rests."""

    SET = "set"  # the school's own word for the year
    HOLDS = "holds"  # a fact that covers the day, or the time that counts
    ENDED = "ended"  # a fact that is over
    NOTHING = "nothing"  # nothing is recorded
    UNCLEAR = "unclear"  # a code that says neither yes nor no
    EARLY = "early"  # before the time that counts
    OTHERS = "others"  # what other flags say


class Source(NamedTuple):
    """Where a fact came from: the kind of the deed that brought it, its day, and who did it."""

    kind: str
    on: date
    by: str


class Fact(NamedTuple):
    """A circumstance as recorded: first and last day, None for not said, and its code."""

    starts: date | None = None
    ends: date | None = None
    code: str = ""
    source: Source | None = None


class Override(NamedTuple):
    """What the school says of a flag in one academic year."""

    says: str
    source: Source | None = None


class Stay(NamedTuple):
    """A spell on the roll. `certain` False: its first day is only the day a file was brought in."""

    starts: date
    ends: date | None
    certain: bool = True


class Facts(NamedTuple):
    """All that decides a pupil's flags and groups. `overrides`: (flag, academic year) → the school's word.

    `years`: academic year → year group, as recorded. `entry`: the year group in which pupils usually join the school.
    """

    sex: str
    born: date
    language: str
    meals: tuple[Fact, ...] = ()
    care: tuple[Fact, ...] = ()
    sen: tuple[Fact, ...] = ()
    service: tuple[Fact, ...] = ()
    overrides: Mapping[tuple[str, int], Override] = MappingProxyType({})
    years: Mapping[int, str] = MappingProxyType({})
    stays: tuple[Stay, ...] = ()
    entry: str = "R"


@dataclass(frozen=True, slots=True)
class Answer:
    """`says` is YES, NO or UNKNOWN, of SEN also SUPPORT or PLAN instead of YES.

    `fact` is what it rests on, `year` the academic year the school's word is for, `of` the answers it follows from.
    """

    flag: str
    says: str
    ground: str
    fact: Fact | None = None
    year: int = 0
    source: Source | None = None
    of: tuple[Answer, ...] = ()


# Most pupils have nothing recorded of most flags; a report asks of all of them.
_NOTHING: Final = {flag: Answer(flag, NO, Ground.NOTHING) for flag in Flag}
_NONE_OF_IT: Final = {flag: Answer(flag, NO, Ground.OTHERS) for flag in Flag}


def answer(flag: str, facts: Facts, on: date) -> Answer:
    """What this flag says of the pupil on that day, and why."""
    if facts.overrides:
        year = academic_year(on)
        said = facts.overrides.get((flag, year))
        if said is not None:
            return Answer(flag, said.says, Ground.SET, year=year, source=said.source)
    return _DECIDES[flag](facts, on)


def by_the_record(flag: str, facts: Facts, on: date) -> Answer:
    """The same without the school's own word on this very flag: what "as recorded" would give."""
    return _DECIDES[flag](facts, on)


def covers(fact: Fact | Stay, first: date, last: date) -> bool:
    """Whether it held on any day from `first` to `last`; an end that is not said is open."""
    return (fact.starts is None or fact.starts <= last) and (fact.ends is None or fact.ends >= first)


def years_before(day: date, years: int) -> date:
    """The same day that many years earlier; for 29 February, where there is none, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _latest(facts: Iterable[Fact]) -> Fact | None:
    """That which started last; an unsaid start is the earliest."""
    return max(facts, key=lambda fact: (fact.starts.toordinal() if fact.starts else 0, fact.code), default=None)


def _now_or_before(facts: Iterable[Fact], on: date) -> tuple[Fact | None, Fact | None]:
    """The fact that covers the day, and that which ended last before it."""
    told = list(facts)
    over = [(fact.ends, fact.code, fact) for fact in told if fact.ends is not None and fact.ends < on]
    last = max(over, key=lambda row: row[:2])[2] if over else None
    return _latest(fact for fact in told if covers(fact, on, on)), last


def _free_meals(facts: Facts, on: date) -> Answer:
    """Free meals carry on until the record ends them."""
    return _spell(Flag.FREE_MEALS, facts.meals, on)


def _spell(flag: Flag, told: tuple[Fact, ...], on: date) -> Answer:
    if not told:
        return _NOTHING[flag]
    here, over = _now_or_before(told, on)
    if here is not None:
        return Answer(flag, YES, Ground.HOLDS, here)
    return Answer(flag, NO, Ground.ENDED if over else Ground.NOTHING, over)


def _ever_six(facts: Facts, on: date) -> Answer:
    """Free meals on any day of the six years up to `on`, not before Reception, each year by the school's word first.

    After the Department for Education's Ever 6 FSM. The latest year that says yes gives the reason.
    """
    if not facts.meals and not facts.overrides:
        return _NOTHING[Flag.EVER_SIX]
    told = {year: said for (flag, year), said in facts.overrides.items() if flag == Flag.FREE_MEALS}
    reception = first_day(reception_year(facts.years, year=academic_year(on), born=facts.born))
    begins = max(years_before(on, SIX_YEARS), reception)
    if begins > on:
        return Answer(Flag.EVER_SIX, NO, Ground.EARLY)
    found = _within(facts, told, begins, on)
    if found is not None:
        return found
    _, over = _now_or_before(facts.meals, begins)
    return Answer(Flag.EVER_SIX, NO, Ground.ENDED if over else Ground.NOTHING, over)


def _within(facts: Facts, told: Mapping[int, Override], begins: date, on: date) -> Answer | None:
    """The latest year that says yes; else the latest of which the school has said unknown, else no."""
    doubts: dict[str, Answer] = {}
    for year in range(academic_year(on), academic_year(begins) - 1, -1):
        said = told.get(year)
        if said is None:
            first, last = max(begins, first_day(year)), min(on, last_day(year))
            found = _latest(meal for meal in facts.meals if covers(meal, first, last))
            if found is not None:
                return Answer(Flag.EVER_SIX, YES, Ground.HOLDS, found)
        elif said.says == YES:
            return _of_meals(said, year)
        else:
            doubts.setdefault(said.says, _of_meals(said, year))
    return doubts.get(UNKNOWN) or doubts.get(NO)


def _of_meals(said: Override, year: int) -> Answer:
    meals = Answer(Flag.FREE_MEALS, said.says, Ground.SET, year=year, source=said.source)
    return Answer(Flag.EVER_SIX, said.says, Ground.OTHERS, of=(meals,))


def _care(facts: Facts, on: date) -> Answer:
    if not facts.care:
        return _NOTHING[Flag.CARE]
    here, over = _now_or_before(facts.care, on)
    if here is not None:
        return Answer(Flag.CARE, YES if here.code == "yes" else NO, Ground.HOLDS, here)
    return Answer(Flag.CARE, NO, Ground.ENDED if over else Ground.NOTHING, over)


def _after_care(facts: Facts, on: date) -> Answer:
    """Left care for a family by an order. That care ended is recorded, how it ended never: so unknown, until told."""
    over = _now_or_before((fact for fact in facts.care if fact.code == "yes"), on)[1] if facts.care else None
    if over is not None:
        return Answer(Flag.AFTER_CARE, UNKNOWN, Ground.ENDED, over)
    return _NOTHING[Flag.AFTER_CARE]


def _service(facts: Facts, on: date) -> Answer:
    here = _latest(fact for fact in facts.service if covers(fact, on, on))
    if here is None:
        return _NOTHING[Flag.SERVICE]
    says = {"Y": YES, "N": NO}.get(here.code, UNKNOWN)
    return Answer(Flag.SERVICE, says, Ground.UNCLEAR if says == UNKNOWN else Ground.HOLDS, here)


def _disadvantaged(facts: Facts, on: date) -> Answer:
    """Ever-6, looked after, or adopted from care: what the Department for Education reports by."""
    return _any(Flag.DISADVANTAGED, (Flag.EVER_SIX, Flag.CARE, Flag.AFTER_CARE), facts, on)


def _premium(facts: Facts, on: date) -> Answer:
    """Any reason for which pupil premium is paid. Paid by the January census: now is not the same as this year."""
    return _any(Flag.PREMIUM, (Flag.EVER_SIX, Flag.CARE, Flag.AFTER_CARE, Flag.SERVICE), facts, on)


def _any(flag: Flag, others: Iterable[Flag], facts: Facts, on: date) -> Answer:
    told = [one for other in others if (one := answer(other, facts, on)).says != NO]
    if not told:
        return _NONE_OF_IT[flag]
    says = YES if any(one.says == YES for one in told) else UNKNOWN
    return Answer(flag, says, Ground.OTHERS, of=tuple(one for one in told if one.says == says))


# English, believed to be English.
ENGLISH: Final = frozenset({"ENG", "ENB"})
# Not said, not obtained, refused, still being classified.
NOT_KNOWN: Final = frozenset({"", "NOT", "REF", "CLSF"})


def _language(facts: Facts, on: date) -> Answer:
    """A first language that is not English; a code that is on no list of ours is still another language."""
    code = facts.language.upper()
    if code in NOT_KNOWN:
        return Answer(Flag.LANGUAGE, UNKNOWN, Ground.UNCLEAR if code else Ground.NOTHING, Fact(code=code))
    return Answer(Flag.LANGUAGE, NO if code in ENGLISH else YES, Ground.HOLDS, Fact(code=code))


# The old stages before SEN support, School Action (A) and Plus (P), say neither today.
_PROVISION: Final = {SUPPORT: SUPPORT, PLAN: PLAN, "S": PLAN, "N": NO}


def _sen(facts: Facts, on: date) -> Answer:
    """The provision that covers the day; of several, the latest to start. Nothing recorded is not the same as none."""
    here, over = _now_or_before(facts.sen, on)
    if here is None:
        return Answer(Flag.SEN, *((NO, Ground.ENDED, over) if over else (UNKNOWN, Ground.NOTHING)))
    says = _PROVISION.get(here.code, UNKNOWN)
    return Answer(Flag.SEN, says, Ground.UNCLEAR if says == UNKNOWN else Ground.HOLDS, here)


_DECIDES: Final[dict[str, Callable[[Facts, date], Answer]]] = {
    Flag.FREE_MEALS: _free_meals,
    Flag.EVER_SIX: _ever_six,
    Flag.CARE: _care,
    Flag.AFTER_CARE: _after_care,
    Flag.DISADVANTAGED: _disadvantaged,
    Flag.SERVICE: _service,
    Flag.PREMIUM: _premium,
    Flag.LANGUAGE: _language,
    Flag.SEN: _sen,
}
