"""The classroom of the marks: Tom's 4B of three pupils, 4A of one, and Thornhill's only pupil; with targets to set."""

from dataclasses import dataclass

import pytest
import time_machine

from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Viewer
from itrack.targets.api import SavedTargets, set_targets, settle_target_rules
from itrack.targets.queries.standing import standing_targets
from itrack.targets.rules.standings import Cell
from itrack.targets.rules.track import Steps
from tests.assessment.conftest import Classroom, room  # noqa: F401
from tests.cast import NOW


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass(frozen=True)
class Aims:
    """What a test does with the targets of Oakfield. `end` is Summer 2, `main` the main assessment."""

    room: Classroom
    end: int
    main: int

    @property
    def school(self) -> int:
        return self.room.cast.oakfield

    def who(self, name: str) -> Viewer:
        return self.room.cast.people[name]

    def set(self, name: str, cells: dict[Cell, str], **more) -> SavedTargets:
        told = {"point": self.end, "at": NOW, **more}
        with writing(self.school):
            return set_targets(school=self.school, cells=cells, by=self.who(name).member, **told)

    def settle(self, *, teachers_set: bool = False, steps: Steps | None = None) -> int | None:
        told = {"teachers_set": teachers_set, "steps": steps or {}}
        with writing(self.school):
            return settle_target_rules(school=self.school, by=self.who("hana").member, at=NOW, **told)

    def standing(self, *pupils: str, point: int = 0, assessment: int = 0) -> dict[Cell, tuple[str, str]]:
        """(code, band) of what stands."""
        ids = [self.room.pupils[name] for name in pupils]
        with reading(self.school):
            told = standing_targets(
                school=self.school, pupils=ids, point=point or self.end, assessment=assessment or self.main
            )
        return {cell: (target.code, target.band) for cell, target in told.items()}


@pytest.fixture
def aims(room: Classroom) -> Aims:  # noqa: F811
    from itrack.curriculum.api import assessments

    with reading(room.cast.oakfield):
        main = assessments(school=room.cast.oakfield)[0].id
    return Aims(room, room.points[-1], main)
