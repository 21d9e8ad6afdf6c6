"""Each oracle objects when a rule of its report is another one, and to each figure that nobody predicted."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import pytest

from itrack.checking.rules import odd
from itrack.objectives.rules.depth import NOT_FOR_THEM
from itrack.parents.queries import reports as parents_reports
from itrack.pupils import rules_answers
from itrack.reports.catalogue import objectives
from itrack.reports.catalogue import profile as pupil_profile
from itrack.reports.queries import in_view
from itrack.reports.rules import changed, concerns, flight, over_time, plain, scatter, side_by_side
from itrack.reports.rules.answer import Answer, Column, Count, Row, Section, Table
from itrack.reports.rules.pictures import BarRow, StackedBars
from itrack.reports.rules.transition import WAYS, Transition
from itrack.targets.rules import standings
from tests.cast import TODAY, Cast
from tests.oracle_progress.asking import REPORTS_ASKED, is_of_today
from tests.oracle_progress.school import Predicted, School, a_school, of_a_profile, of_parents_reports, predicted
from tests.oracle_progress.walk import Told, differences

TRIES, SCHOOLS = 25, (16, 11, 15, 18)

type Rule = tuple[Any, str, Any]  # where it stands, its name, and another in its place


def _one_pupil_less(*args: Any, **told: Any) -> Any:
    found = REAL_POPULATION(*args, **told)
    return replace(found, inside=found.inside - {min(found.inside, default=0)})


def _another_reason(*args: Any, **told: Any) -> Any:
    found = REAL_POPULATION(*args, **told)
    other = dict.fromkeys(found.inside, "For no reason")
    return replace(found, outside=dict.fromkeys(found.outside, "For no reason"), unmarked=other)


def _all_applies(statements: Any, pupils: Any, marks: Any, scale: Any) -> Any:
    return REAL_STATEMENTS(statements, pupils, {at: one for at, one in marks.items() if one != NOT_FOR_THEM}, scale)


REAL_POPULATION, REAL_STATEMENTS = in_view.population, objectives.in_statements
WAY, APART = Transition.way, side_by_side.apart
DOWN_FOR_UP = dict(zip(WAYS, reversed(WAYS), strict=True)) | {"": ""}
VIEWED = [report for report in REPORTS_ASKED if not is_of_today(report)]
OF_EVERY_VIEW: list[Rule] = [
    (in_view, "population", _one_pupil_less),
    (in_view, "population", _another_reason),
]
OWN: dict[str, list[Rule]] = {
    "progress-matrix": [(Transition, "way", lambda self, start, end: DOWN_FOR_UP[WAY(self, start, end)])],
    "progress-between": [(Transition, "way", lambda self, start, end: DOWN_FOR_UP[WAY(self, start, end)])],
    "progress-over-time": [(over_time, "SECURE", frozenset({"expected"}))],
    "flight-path": [(flight, "_ORDER", {"below": 3, "towards": 2, "expected": 1, "greater": 0})],
    "scatter": [
        (scatter.Axis, "side", lambda self, who: "above" if self.scores.by_pupil[who] > self.line else "below")
    ],
    "triangulation": [(side_by_side, "apart", lambda judged, tested: max(0, APART(judged, tested) - 1))],
    "target-analysis": [(standings, "reaches", lambda aim, mark: mark.band == aim.band)],
    "objectives-report": [(objectives, "in_statements", _all_applies)],
    "odd-values": [(odd, "BANDS_APART", 3)],
    "class-list": [(rules_answers, "SIX_YEARS", 2), (changed, "NOT_IN_VIEW", "Away")],
    "meeting-sheet": [(concerns, "PERSISTENT", Fraction(1, 4))],
}
ROUNDED_DOWN: Rule = (plain, "rounded_percent", lambda part, whole: 100 * part // whole)
SHARES = ("progress-matrix", "class-list", "meeting-sheet")  # all are written by one function


class Questions:
    """Of each report some by lot, of today and of a day of autumn. What an oracle says of them is worked out once."""

    def __init__(self, school: School) -> None:
        self._school, self._told = school, dict[str, list[Predicted]]()

    def objections(self, report: str) -> Iterator[str]:
        told = self._told.setdefault(report, [])
        for place in range(TRIES):
            if place == len(told):
                told.append(self._predict(report, Random(f"{report} {place}")))
            yield from told[place].otherwise(self._school.cast)

    def _predict(self, report: str, chance: Random) -> Predicted:
        day = TODAY if is_of_today(report) else chance.choice((TODAY, date(2026, 11, 6)))
        return predicted(self._school, report, self._school.then(day), chance)


def _objects(monkeypatch: pytest.MonkeyPatch, rule: Rule, objections: Callable[[], Iterator[str]]) -> bool:
    with monkeypatch.context() as otherwise:
        otherwise.setattr(*rule)
        return any(True for _ in objections())


def test_each_oracle_objects_to_another_rule(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    missed = [(report, rule) for report, own in OWN.items() for rule in own]
    missed += [(report, rule) for report in VIEWED for rule in OF_EVERY_VIEW]
    missed += [(report, ROUNDED_DOWN) for report in SHARES]

    for seed in SCHOOLS:  # not everything happens in every school
        with a_school(cast, seed) as school:
            questions = Questions(school)
            missed = [
                (report, rule) for report, rule in missed
                if not _objects(monkeypatch, rule, partial(questions.objections, report))
            ]  # fmt: skip
        if not missed:
            break

    assert set(OWN) == set(REPORTS_ASKED)
    assert not [(report, name) for report, (_, name, _) in missed]


def test_those_of_profiles_and_reports_to_parents_object_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_school(cast, SCHOOLS[0]) as school:
        today, chance = school.then(TODAY), Random(7)

        def profiles() -> Iterator[str]:
            for _ in range(TRIES):
                yield from of_a_profile(school, today, chance)

        assert not list(of_parents_reports(school, today))
        assert _objects(monkeypatch, (pupil_profile, "MOST_POINTS", 2), profiles)
        assert _objects(monkeypatch, (rules_answers, "SIX_YEARS", 2), profiles)
        for rule in ((parents_reports, "SLOTS", ("Autumn 1",)), (parents_reports, "_attendance", lambda row: None)):
            assert _objects(monkeypatch, rule, lambda: iter(of_parents_reports(school, today)))


COLUMNS = (Column("Subject", numeric=False), Column("Counted"))
BARS = StackedBars("Bars", [BarRow("Reading", [])])


@pytest.mark.parametrize(
    "sections",
    [
        [Section([Table("Extra", COLUMNS, [])])],
        [Section([Table("By subject", COLUMNS, [Row(["Reading", Count("1", frozenset({7}))])])])],
        [Section([Table("By subject", COLUMNS, [Row(["Reading", "8"])])])],
        [Section([], picture=BARS)],
    ],
)
def test_what_nobody_predicted_is_objected_to(sections: list[Section]) -> None:
    assert differences(Told(), Answer("", sections))
    assert not differences(Told(), Answer("", []))
