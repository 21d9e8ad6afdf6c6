"""The statutory results an invented child can really have, by the year their cohort began Reception.

What was cancelled (profiles of 2020 and 2021, the phonics check of summer 2021) or no longer statutory (Key Stage 1
from 2024) is absent. Sources: the assessment and reporting arrangements of the years concerned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from itrack.config.demo.standing import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itrack.config.demo.child import Child

FIRST_PROFILE, FIRST_SUMMER_PHONICS, LAST_KEY_STAGE_1 = 2021, 2020, 2020  # by the year of Reception
PHONICS_THRESHOLD = 32
GOALS = (
    *(("COM", goal, "Reading") for goal in (1, 2)),
    *(("PSE", goal, "Reading") for goal in (3, 4, 5)),
    *(("PHY", goal, "Writing") for goal in (6, 7)),
    *(("LIT", goal, subject) for goal, subject in ((8, "Reading"), (9, "Reading"), (10, "Writing"))),
    *(("MAT", goal, "Maths") for goal in (11, 12)),
    *(("UTW", goal, "Science") for goal in (13, 14, 15)),
    *(("EXP", goal, "Writing") for goal in (16, 17)),
)
HARDEST_GOALS = frozenset((8, 9, 10, 11, 12))


@dataclass(frozen=True, slots=True)
class Said:
    """A result as a transfer file says it; `known_on` is the day from which the school has it."""

    stage: str
    subject: str
    method: str
    component: str
    qualifier: str
    result: str
    known_on: date

    @property
    def year(self) -> int:
        """The end year of the academic year; an autumn check counts for the year it lies in."""
        return self.known_on.year + (self.known_on.month >= 9)


def results_of(child: Child, on: date) -> list[Said]:
    """All results known by that day, in the order they came. A child from abroad brings none from before."""
    found = (said for some in (_profile, _phonics, _key_stage_1, _tables, _key_stage_2) for said in some(child))
    end = min(child.leaving or on, on)
    here_from = child.entry if child.from_abroad else date.min
    return [said for said in found if here_from <= said.known_on <= end]


def _profile(child: Child) -> Iterator[Said]:
    if child.reception < FIRST_PROFILE:
        return
    day = date(child.reception + 1, 6, 26)
    for area, goal, subject in GOALS:
        bar = -0.85 if goal in HARDEST_GOALS else -1.15
        met = place(child, subject, years=1, event=f"goal {goal}") >= bar
        yield Said("FSP", area, "TA", f"E{goal:02}", "NL", "2" if met else "1", day)


def _phonics(child: Child) -> Iterator[Said]:
    """In June of Year 1, again in Year 2 below the threshold.

    The cohort of 2019 took it first in autumn 2021; a file holds one result a year, so the June one takes its place.
    """
    late = child.reception < FIRST_SUMMER_PHONICS
    mark = _phonics_mark(child, 2, "phonics")
    passed = mark.isdecimal() and int(mark) >= PHONICS_THRESHOLD
    if passed or not late:
        first = date(2021, 12, 3) if late else date(child.reception + 2, 6, 12)
        yield Said("KS1", "ENG", "TT", "PHO", "NM", mark, first)
    if not passed:
        again = _phonics_mark(child, 3.2, "phonics again")
        yield Said("KS1", "ENG", "TT", "PHO", "NM", again, date(child.reception + 3, 6, 11))


def _phonics_mark(child: Child, years: float, event: str) -> str:
    stands = place(child, "Reading", years=years, event=event) + 0.4 * (years > 3)
    if stands < -2.4:
        return "D"
    away = Random(f"{child.upn}|{event}").random() < 0.01  # noqa: S311 - invents data
    return "A" if away else str(min(40, max(0, round(36.5 + 5 * stands))))


def _key_stage_1(child: Child) -> Iterator[Said]:
    if child.reception > LAST_KEY_STAGE_1:
        return
    day = date(child.reception + 3, 6, 27)
    for code, component, subject in (("ENG", "REA", "Reading"), ("ENG", "WRI", "Writing"), ("MAT", "SUB", "Maths")):
        level = _level(place(child, subject, years=3, event="key stage 1"), ("GDS", "EXS", "WTS", "PK4", "PK2"))
        yield Said("KS1", code, "TA", component, "NL", level, day)
    met = place(child, "Science", years=3, event="key stage 1") >= -0.8
    yield Said("KS1", "SCI", "TA", "SUB", "NL", "EXS" if met else "HNM", day)


def _level(stands: float, levels: tuple[str, ...]) -> str:
    cuts = (1.1, -0.5, -1.6, -2.2)
    return next((level for level, cut in zip(levels, cuts, strict=False) if stands >= cut), levels[-1])


def _tables(child: Child) -> Iterator[Said]:
    stands = place(child, "Maths", years=5, event="tables")
    mark = "B" if stands < -2.2 else str(min(25, max(0, round(21 + 4.5 * stands))))
    yield Said("KS2", "MAT", "TT", "MTC", "MT", mark, date(child.reception + 5, 6, 19))


def _key_stage_2(child: Child) -> Iterator[Said]:
    judged, marked = date(child.reception + 7, 6, 26), date(child.reception + 7, 7, 7)
    level = _level(place(child, "Writing", years=7, event="key stage 2"), ("GDS", "EXS", "WTS", "PK6", "PK4"))
    yield Said("KS2", "ENG", "TA", "WRI", "NL", level, judged)
    met = place(child, "Science", years=7, event="key stage 2") >= -0.8
    yield Said("KS2", "SCI", "TA", "SUB", "NL", "EXS" if met else "HNM", judged)
    for code, component, subject in (("ENG", "REA", "Reading"), ("ENG", "GPS", "Writing"), ("MAT", "SUB", "Maths")):
        stands = place(child, subject, years=7, event=f"test {component}")
        if stands < -2.1:
            yield Said("KS2", code, "TT", component, "NO", "B", marked)
            continue
        score = min(120, max(80, round(104.5 + 6.5 * stands)))
        yield Said("KS2", code, "TT", component, "NS", str(score), marked)
        yield Said("KS2", code, "TT", component, "NO", "AS" if score >= 100 else "NS", marked)
