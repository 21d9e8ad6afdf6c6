"""Attainment at a point, for whoever is asked about, as it stood: one calculation for page, names and command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from itrack.assessment.api import judgement_table
from itrack.curriculum.api import mark_options
from itrack.foundation import clock
from itrack.pupils.api import PupilLine, joined_on, pupils_on_roll, year_group_order
from itrack.reports.queries.asked import Asked
from itrack.reports.rules.finding import Finding, Standing, findings
from itrack.reports.rules.population import Days, Place, Rolls, days_of, denominator, population
from itrack.reports.rules.tally import SubjectTally, counted_somewhere, tally


@dataclass(frozen=True, slots=True)
class Attainment:
    """The answer. `pupils` holds a line for everybody in any tally; `year_groups` are those of the whole school."""

    asked: Asked
    tallies: Sequence[SubjectTally]
    pupils: Mapping[int, PupilLine]
    denominator: str
    findings: Sequence[Finding]
    year_groups: Sequence[str]

    @property
    def population(self) -> int:
        return self.tallies[0].population if self.tallies else 0

    @property
    def counted(self) -> frozenset[int]:
        """Who is counted in at least one subject."""
        return counted_somewhere(self.tallies)


def attainment(asked: Asked, subjects: Sequence[tuple[int, str]]) -> Attainment:
    """Tallies these subjects. The number of queries is the same for any number of pupils."""
    point, moment = asked.point, _moment(asked)
    days = days_of(opens_on=point.opens_on, closes_on=point.closes_on, seen_on=asked.seen)
    marks = judgement_table(school=asked.school, point=point.id, as_at=moment)
    rolls, lines = _rolls(asked, days, moment, {pupil for pupil, _, _ in marks})
    options = {option.id: option for option in mark_options(school=asked.school)}
    tallies = tally(subjects, options, population(asked.whose, days=days, rolls=rolls), marks)
    in_view = {pupil for one in tallies for pupil in (*one.counted, *one.out)}
    return Attainment(
        asked,
        tallies,
        {pupil: line for pupil, line in lines.items() if pupil in in_view},
        denominator(asked.whose, days=days, point=point.name, opens_on=point.opens_on),
        _findings(asked, tallies),
        sorted({line.year_group for line in lines.values()}, key=year_group_order),
    )


def _moment(asked: Asked) -> datetime | None:
    """The end of the day asked for; None for today, which has not ended."""
    if asked.as_at is None:
        return None
    return datetime.combine(asked.as_at + timedelta(days=1), time.min, clock.LONDON) - timedelta(microseconds=1)


def _rolls(
    asked: Asked, days: Days, moment: datetime | None, marked: set[int]
) -> tuple[Rolls, Mapping[int, PupilLine]]:
    first = _lines(asked, days.roll, moment)
    last = _lines(asked, days.last, moment) if days.last != days.roll else first
    # Marks can be entered for a point that was over when the pupil came: then they must not just vanish.
    stray = marked - first.keys() - last.keys()
    late = {pk: line for pk, line in _lines(asked, asked.seen, moment).items() if pk in stray} if stray else {}
    came = (last.keys() | late.keys()) - first.keys()
    joined = joined_on(school=asked.school, pupils=came, on=days.last, as_at=moment) if came else {}
    if late:
        joined |= joined_on(school=asked.school, pupils=late.keys(), on=asked.seen, as_at=moment)
    rolls = Rolls(_places(first), _places(last), _places(late), joined)
    return rolls, _told(late, last, first)


def _lines(asked: Asked, on: date, moment: datetime | None) -> dict[int, PupilLine]:
    found = pupils_on_roll(school=asked.school, on=on, year=asked.point.year, as_at=moment)
    return {line.id: line for line in found}


def _places(lines: Mapping[int, PupilLine]) -> dict[int, Place]:
    return {pk: Place(line.year_group, str(line.class_id or "")) for pk, line in lines.items()}


def _told(*rolls: Mapping[int, PupilLine]) -> dict[int, PupilLine]:
    """One line a pupil: that of the earliest roll, but without a class there the one they were given later."""
    told: dict[int, PupilLine] = {}
    for lines in rolls:
        told |= {pk: line for pk, line in lines.items() if line.class_id or pk not in told}
    return told


def _findings(asked: Asked, tallies: Sequence[SubjectTally]) -> list[Finding]:
    rows = [Standing(one.name, len(one.secure), len(one.counted), one.population) for one in tallies]
    return findings(rows, where=asked.whose.running, chosen=asked.subject[1] if asked.subject else "")
