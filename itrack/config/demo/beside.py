"""What stands beside the judgements of the demo school that tests and sets targets.

Years 3, 4 and 5 sat a standardised test in reading and maths at the end of last summer, and the classes they moved into
sat it again this autumn. Year 6 has targets for its last summer, set by the head in October.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from itrack.assessment.api import save_marks
from itrack.config.demo.child import YEAR_GROUPS
from itrack.config.demo.marks import children_by_pupil
from itrack.config.demo.schools import OAKFIELD, THIS_YEAR
from itrack.config.demo.standing import letter, place, score_in_test
from itrack.curriculum.api import add_usual_assessments, assessments, subjects
from itrack.foundation.clock import LONDON
from itrack.pupils.api import classes, pupils_on_roll
from itrack.schools.api import academic_year_on, points
from itrack.targets.api import set_targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itrack.config.demo.child import Child
    from itrack.config.demo.schools import DemoSchool

TEST: Final = "Standardised test"
TESTED: Final = ("Reading", "Maths")
BOUGHT_ON: Final = date(2026, 5, 11)
# The day of the test, its point, and who sat it.
SITTINGS: Final = ((date(2026, 6, 23), 6, ("3", "4", "5")), (date(2026, 10, 13), 1, ("4", "5", "6")))
TARGETS_ON, TARGETS_FOR, LAST_SUMMER = date(2026, 10, 5), "6", 6
AIMED_AT: Final = ("Reading", "Writing", "Maths")
# A target is what a child can be expected to reach and a little more.
MORE = 0.3


class Beside:
    """The tests and targets of one school, as far as they lie in a span of days and not after `until`."""

    def __init__(self, told: DemoSchool, school: int, head: int, span: tuple[date, date], until: datetime) -> None:
        self.told, self.school, self.head, self.span, self.until = told, school, head, span, until

    def happen(self) -> None:
        if self.told is not OAKFIELD:
            return
        if self._is_now(BOUGHT_ON):
            add_usual_assessments(school=self.school, by=self.head, at=_at(BOUGHT_ON))
        for day, slot, groups in SITTINGS:
            if self._is_now(day):
                self._test(day, slot, groups)
        if self._is_now(TARGETS_ON):
            self._aim()

    def _is_now(self, day: date) -> bool:
        return self.span[0] <= day < self.span[1] and _at(day) <= self.until

    def _test(self, day: date, slot: int, groups: Sequence[str]) -> None:
        [test] = [one.id for one in assessments(school=self.school) if one.name == TEST]
        for row in classes(school=self.school, year=academic_year_on(day)):
            if row.year_groups[0] in groups:
                cells = self._scores(row.id, day)
                self._save(day, slot, cells, test, row.teacher or self.head)

    def _save(self, day: date, slot: int, cells: Mapping[tuple[int, int], str], test: int, by: int) -> None:
        saved = save_marks(
            school=self.school,
            point=self._point(academic_year_on(day), slot),
            cells=cells,
            assessment=test,
            taken_on=day,
            by=by,
            at=_at(day),
        )
        _all_taken([one.reason for one in saved.refused])

    def _scores(self, group: int, day: date) -> dict[tuple[int, int], str]:
        """Each pupil's score in each subject tested, "A" for whoever was away that week."""
        named = {name: pk for pk, name in subjects(school=self.school)}
        here = self._pupils(day, group=group)
        return {(who, named[name]): score_in_test(child, name, day) for who, child in here.items() for name in TESTED}

    def _aim(self) -> None:
        named = {name: pk for pk, name in subjects(school=self.school)}
        here = self._pupils(TARGETS_ON, year_group=TARGETS_FOR)
        cells = {(who, named[name]): _target(child, name) for who, child in here.items() for name in AIMED_AT}
        point = self._point(THIS_YEAR, LAST_SUMMER)
        saved = set_targets(school=self.school, point=point, cells=cells, by=self.head, at=_at(TARGETS_ON))
        _all_taken([one.reason for one in saved.refused])

    def _pupils(self, day: date, *, group: int = 0, year_group: str = "") -> dict[int, Child]:
        children = children_by_pupil(self.told, self.school)
        roll = pupils_on_roll(school=self.school, on=day, year=academic_year_on(day))
        return {line.id: children[line.id] for line in roll if group == line.class_id or year_group == line.year_group}

    def _point(self, year: int, slot: int) -> int:
        return next(one.id for one in points(school=self.school) if (one.year, one.slot) == (year, slot))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(15, 45), LONDON).astimezone(UTC)


def _target(child: Child, subject: str) -> str:
    return letter(place(child, subject, years=len(YEAR_GROUPS), event="target") + MORE, subject)


def _all_taken(refused: Sequence[str]) -> None:
    if refused:
        raise RuntimeError(f"{len(refused)} scores or targets were refused: {refused[0]}")
