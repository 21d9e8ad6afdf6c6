"""Marks that look wrong and may be right: each is told with what speaks for it, and nothing is changed.

    Amara: B at Autumn 1, E at Autumn 2: two bands up. May be right: …

Pure: `odd` takes the marks of some years and what is known of the pupils, and answers findings in no special order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from itrack.curriculum.rules import BAND_OF, BANDS
from itrack.curriculum.rules_reading import Unread, read
from itrack.curriculum.rules_schemes import Kind, Scale, shown
from itrack.ui.words import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from itrack.assessment.rules.standing import StandingMark

# From the one to the other a band is left out, which a term's work seldom does.
BANDS_APART: Final = 2
# A change this large is seldom chance: one standard deviation of a standardised score, more than a third of a scaled
# one's range, three tenths of a percentage. An age is left out, since it grows by itself.
POINTS_APART: Final = {Kind.STANDARDISED: 15, Kind.SCALED: 15, Kind.PERCENTAGE: 30}

_PLACE: Final = {band.code: place for place, band in enumerate(BANDS)}
_APART: Final = {2: "two bands", 3: "three bands"}


class Sort(StrEnum):
    JUMP = "jump"
    GAP = "gap"
    APART = "apart"
    UNREAD = "unread"
    AWAY = "away"


SORT_NAMES: Final = {
    Sort.JUMP: "Jumps",
    Sort.GAP: "Gaps",
    Sort.APART: "Judgement and test apart",
    Sort.UNREAD: "Not in the scheme",
    Sort.AWAY: "Not on the roll",
}
MAYBE: Final = {
    Sort.JUMP: "a new start, help that worked, or a hard time. Else one of the two was mistyped.",
    Sort.GAP: "away all the time. A code such as absent would say so.",
    Sort.APART: "a bad day at the test, or work it does not ask for.",
    Sort.UNREAD: "given under an earlier version of the scheme. It keeps the band it had.",
    Sort.AWAY: "carried over from another school, or a day on the roll is wrong.",
}


@dataclass(frozen=True, slots=True)
class Point:
    id: int
    title: str
    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class Known:
    """What marks are held against: `points` earliest first; spells on the roll by pupil; of each assessment its name
    and the scale by which new marks of it are read now. `main` is the teacher's judgement."""

    points: Sequence[Point]
    spells: Mapping[int, Sequence[tuple[date, date | None]]]
    names: Mapping[int, str]
    scales: Mapping[int, Scale]
    main: int
    order: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", {point.id: place for place, point in enumerate(self.points)})

    def title(self, mark: StandingMark) -> str:
        return self.points[self.order[mark.point]].title

    def was_here(self, pupil: int, point: Point, *, throughout: bool = False) -> bool:
        """Whether the pupil was on the roll on some day of the point, or on every one."""
        first, last = (point.opens, point.closes) if throughout else (point.closes, point.opens)
        return any(starts <= first and (ends is None or ends >= last) for starts, ends in self.spells.get(pupil, ()))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, at one point. `what` is a sentence without the pupil's name."""

    sort: Sort
    pupil: int
    point: int
    subject: int
    assessment: int
    what: str

    @property
    def maybe(self) -> str:
        return MAYBE[self.sort]


def odd(marks: Iterable[StandingMark], known: Known) -> list[Finding]:
    """Everything odd about the marks. Those of a point that is not `known` are not looked at."""
    series: defaultdict[tuple[int, int, int], list[StandingMark]] = defaultdict(list)
    for mark in marks:
        if mark.point in known.order:
            series[mark.pupil, mark.subject, mark.assessment].append(mark)
    for row in series.values():
        row.sort(key=lambda mark: known.order[mark.point])
    found = [one for row in series.values() for one in _of_series(row, known)]
    return found + list(_gaps(series, known)) + list(_apart(series, known))


def _of_series(row: Sequence[StandingMark], known: Known) -> Iterator[Finding]:
    """What is odd about one pupil's marks in one subject and assessment, point after point."""
    for mark in row:
        yield from _unread(mark, known)
        yield from _away(mark, known)
    sure = [mark for mark in row if mark.confirmed]
    for before, after in pairwise([mark for mark in sure if mark.band or mark.score is not None]):
        if words := _jump(before, after):
            yield _finding(Sort.JUMP, after, _step(before, after, known, words))


def _finding(sort: Sort, mark: StandingMark, what: str) -> Finding:
    return Finding(sort, mark.pupil, mark.point, mark.subject, mark.assessment, what)


def _jump(before: StandingMark, after: StandingMark) -> str:
    """ "two bands up", "18 points down", or "" where there is no jump."""
    bands = _PLACE[after.band] - _PLACE[before.band] if after.band and before.band else 0
    if abs(bands) >= BANDS_APART:
        return f"{_APART[abs(bands)]} {_way(bands)}"
    if before.score is None or after.score is None or before.scheme != after.scheme:
        return ""
    limit, change = POINTS_APART.get(Kind(after.kind)), after.score - before.score
    points = f"{shown(abs(change), Kind(after.kind))} points"
    return f"{points} {_way(change)}" if limit and abs(change) >= limit else ""


def _way(change: Decimal | int) -> str:
    return "up" if change > 0 else "down"


def _step(before: StandingMark, after: StandingMark, known: Known, words: str) -> str:
    return f"{before.code} at {known.title(before)}, {after.code} at {known.title(after)}: {words}."


def _unread(mark: StandingMark, known: Known) -> Iterator[Finding]:
    scale = known.scales[mark.assessment]
    if mark.scheme == scale.id:
        return
    told = read(mark.code, scale)
    if isinstance(told, Unread):
        name = known.names[mark.assessment]
        yield _finding(Sort.UNREAD, mark, f"{mark.code} is no mark of {name} as it is marked now.")


def _away(mark: StandingMark, known: Known) -> Iterator[Finding]:
    point = known.points[known.order[mark.point]]
    if known.was_here(mark.pupil, point):
        return
    spells = known.spells.get(mark.pupil, ())
    came = [starts for starts, _ in spells if starts > point.closes]
    left = [ends for _, ends in spells if ends and ends < point.opens]
    why = f"joined on {long_date(min(came))}" if came and not left else ""
    why = why or (f"left on {long_date(max(left))}" if left else "was never on the roll")
    yield _finding(Sort.AWAY, mark, f"{mark.code} at {point.title}, but the pupil {why}.")


def _gaps(series: Mapping[tuple[int, int, int], Sequence[StandingMark]], known: Known) -> Iterator[Finding]:
    """Points at which others were assessed and a pupil who was here throughout was not, between two that were."""
    held: set[tuple[int, int, int]] = {
        (subject, assessment, mark.point) for (_, subject, assessment), row in series.items() for mark in row
    }
    for (pupil, subject, assessment), row in series.items():
        for before, after in pairwise(row):
            for point in known.points[known.order[before.point] + 1 : known.order[after.point]]:
                if (subject, assessment, point.id) in held and known.was_here(pupil, point, throughout=True):
                    what = f"No mark at {point.title}, though there is one before and one after."
                    yield Finding(Sort.GAP, pupil, point.id, subject, assessment, what)


def _apart(series: Mapping[tuple[int, int, int], Sequence[StandingMark]], known: Known) -> Iterator[Finding]:
    """A test whose band is far from the teacher's judgement of the same point."""
    judged = {
        (mark.pupil, mark.subject, mark.point): mark
        for (_, _, assessment), row in series.items()
        if assessment == known.main
        for mark in row
        if mark.confirmed and mark.band
    }
    for (_, _, assessment), row in series.items():
        for mark in row if assessment != known.main else ():
            said = judged.get((mark.pupil, mark.subject, mark.point))
            if said and mark.confirmed and mark.score is not None and mark.band and _far(said, mark):
                yield _finding(Sort.APART, mark, _compared(said, mark, known))


def _far(said: StandingMark, mark: StandingMark) -> bool:
    return abs(_PLACE[said.band] - _PLACE[mark.band]) >= BANDS_APART


def _compared(said: StandingMark, mark: StandingMark, known: Known) -> str:
    judged, tested = (BAND_OF[one.band].name.lower() for one in (said, mark))
    name = known.names[mark.assessment]
    return f"Judged {said.code} ({judged}) at {known.title(mark)}, {name} {mark.code} ({tested})."
