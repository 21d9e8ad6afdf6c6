"""Rules of the product, each broken in one way that a hurried change might break it: where, by what, and in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from itrack.pupils.rules_answers import Fact
from itrack.reports.queries.in_view import days_of
from itrack.reports.rules.attendance import ABSENCE_BANDS, Sessions
from itrack.reports.rules.base import base_of
from itrack.reports.rules.groups import points_from
from itrack.reports.rules.measure import Measure
from itrack.reports.rules.population import Population, population
from itrack.reports.rules.tally import SubjectTally
from itrack.reports.rules.together import regions, together
from itrack.statutory.queries.cohorts import Entrant
from itrack.statutory.rules.codes import Effect
from itrack.statutory.rules.verdicts import Verdict, judge_phonics, judge_test
from itrack.ui.words import rounded_percent

CATALOGUE, RULES, QUERIES = "itrack.reports.catalogue", "itrack.reports.rules", "itrack.reports.queries"


@dataclass(frozen=True)
class Broken:
    """`where` is the name as the product finds it; the reports named have to be objected to."""

    words: str
    where: str
    by: Any
    reports: tuple[str, ...]


def _only_at_the_end(**days: Any) -> Any:
    told = days_of(**days)
    return replace(told, roll=told.last)


def _nobody_late(whose: Any, **told: Any) -> Population:
    found = population(whose, **told)
    return Population(found.inside, {}, found.unmarked)


def _rounded_first(part: SubjectTally, whole: SubjectTally, *_: Measure) -> int | None:
    if points_from(part, whole) is None:
        return None
    own, every = (rounded_percent(len(one.secure), len(one.counted)) for one in (part, whole))
    return own - every


def _the_first_alone(three: Any) -> SubjectTally:
    told = together(three)
    return replace(told, bands={band: pupils & told.counted for band, pupils in three[0].bands.items()})


def _two_is_also_one(three: Any, measure: Measure) -> Mapping[frozenset[int], frozenset[int]]:
    told = regions(three, measure)
    both, one = frozenset({0, 1}), frozenset({0})
    return {**told, one: told[one] | told[both]}


def _mean_of_rates(some: Any) -> Sessions | None:
    told = list(some)
    rates = [Fraction(one.missed, one.possible) for one in told]
    possible = sum(one.possible for one in told)
    return Sessions(possible, round(possible * sum(rates) / len(rates))) if told else None


def _over_a_tenth(known: Mapping[int, Sessions]) -> frozenset[int]:
    return frozenset(pupil for pupil, one in known.items() if one.rate > Fraction(1, 20))


def _first_of_all(alike: Any, tells: Any = None) -> Any:
    return None if base_of(alike, tells) is None else alike[0]


def _a_code_is_not_counted(found: Any, subject: str, year: int, at: int) -> Verdict:
    told = judge_test(found, subject, year, at)
    return told if told.score is not None else replace(told, effect=Effect.OUT)


def _five_marks_more(found: Any, year: int, given: Mapping[int, int]) -> Verdict:
    return judge_phonics(found, year, {**given, 2026: given.get(2026, 32) + 5})


def _gone_are_here(pupil: Any, then: Any, before: Any) -> Entrant:
    return Entrant(pupil, then.get(pupil.id) or before.get(pupil.id), True)


def _any_spell(fact: Fact, first: Any, last: Any) -> bool:
    return True


def _middle(scores: Any) -> Fraction | None:
    told = sorted(map(Fraction, scores))
    return told[len(told) // 2] if told else None


def _floor(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "–"


def _says(value: Any) -> Callable[..., Any]:
    return lambda *_, **__: value


OF_BANDS = ("attainment", "groups", "headlines", "rwm", "attendance")
MOVED = ("attainment", "groups", "rwm")
VERDICTS, COHORTS = "itrack.statutory.rules.verdicts", "itrack.statutory.queries.cohorts"
BROKEN = (
    Broken("who left before the end is not in view", f"{QUERIES}.in_view.days_of", _only_at_the_end, OF_BANDS),
    Broken("who moved or came late is not told of", f"{QUERIES}.in_view.population", _nobody_late, MOVED),
    Broken("expected alone is secure", f"{RULES}.tally.SECURE", frozenset({"expected"}), OF_BANDS[:4]),
    Broken("no mark has no reason", f"{RULES}.tally.NO_MARK", "Not assessed", OF_BANDS),
    Broken("points of rounded shares", f"{RULES}.groups.points_from", _rounded_first, ("attainment",)),
    Broken("a share is cut off, not rounded", "itrack.reports.shown.cells.percent", _floor, (*OF_BANDS, "context")),
    Broken("another group is measured from", f"{RULES}.compared.base_of", _first_of_all, ("groups",)),
    Broken("reading speaks for all three", f"{QUERIES}.attainment.together", _the_first_alone, ("groups",)),
    Broken("reading speaks for all three", f"{CATALOGUE}.rwm.together", _the_first_alone, ("rwm",)),
    Broken("reading speaks for all three", f"{CATALOGUE}.headlines.together", _the_first_alone, ("headlines",)),
    Broken("two of three are in one of three too", f"{CATALOGUE}.rwm.regions", _two_is_also_one, ("rwm",)),
    Broken("absence is a mean of rates", f"{CATALOGUE}.attendance.together_missed", _mean_of_rates, ("attendance",)),
    Broken("a twentieth is persistent", f"{CATALOGUE}.attendance.persistent", _over_a_tenth, ("attendance",)),
    Broken("bands are shifted", f"{CATALOGUE}.attendance.ABSENCE_BANDS", ABSENCE_BANDS[1:], ("attendance",)),
    Broken("meals of one year alone", "itrack.pupils.rules_answers.SIX_YEARS", 1, ("context",)),
    Broken("a refusal is EAL", "itrack.pupils.rules_answers.NOT_KNOWN", frozenset({""}), ("context", "attainment")),
    Broken("a spell that is over holds", "itrack.pupils.rules_answers.covers", _any_spell, ("context",)),
    Broken("codes leave out", f"{VERDICTS}.judge_test", _a_code_is_not_counted, ("headlines",)),
    Broken("24 is full marks", f"{VERDICTS}.FULL_MARKS", 24, ("statutory-outcomes", "headlines")),
    Broken("five marks more meet the check", f"{VERDICTS}.judge_phonics", _five_marks_more, ("statutory-outcomes",)),
    Broken("who had gone counts", f"{COHORTS}._entrant", _gone_are_here, ("statutory-outcomes",)),
    Broken("what is not final counts", f"{VERDICTS}.FINAL", ("", "R", "P"), ("statutory-outcomes",)),
    Broken("only the assessed count", f"{QUERIES}.over_the_year.AtPoint.inside",
           property(lambda at: frozenset(at.marks)), ("single-subject",)),
    Broken("no mark has no reason", f"{QUERIES}.over_the_year.NO_MARK", "Not assessed", ("test-performance",)),
    Broken("a median is shown as mean", f"{CATALOGUE}.performance.mean_of", _middle, ("test-performance",)),
    Broken("all are at the middle", f"{CATALOGUE}.performance.percentile", _says(50), ("test-performance",)),
    Broken("all subjects are asked for", f"{QUERIES}.entered.asked_for", _says([]), ("marks-entered",)),
    Broken("a share is rounded up", "itrack.reports.shown.cells.percent", _says("100%"), ("marks-entered",)),
)  # fmt: skip
