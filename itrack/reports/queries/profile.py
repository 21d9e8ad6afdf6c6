"""All that a pupil's one page tells, as far as this reader may see it."""

from dataclasses import dataclass
from datetime import datetime

from itrack.assessment.api import PupilPage, pupil_page
from itrack.curriculum.api import subjects
from itrack.foundation import clock
from itrack.foundation.viewer import Viewer
from itrack.objectives.api import PupilObjectives, pupil_objectives
from itrack.pupils.api import ClassRow, PupilLine, classes_for, pupils_on_roll
from itrack.schools.api import academic_year_on
from itrack.targets.api import PupilTargets, pupil_targets


@dataclass(frozen=True, slots=True)
class Held:
    """`mains` are the subjects as the lines of the main assessment are called; any other line is of a test."""

    page: PupilPage
    targets: PupilTargets | None
    objectives: PupilObjectives | None
    mains: frozenset[str]


def held_of_pupil(*, viewer: Viewer, pupil: int, now: datetime) -> Held | None:
    """None when there is no such pupil, or none whose marks this person sees."""
    on = clock.day_of(now)
    page = pupil_page(viewer=viewer, pupil=pupil, on=on)
    if page is None or not page.in_full:
        return None
    return Held(
        page,
        pupil_targets(viewer=viewer, pupil=pupil, on=on),
        pupil_objectives(viewer=viewer, pupil=pupil, strand=0, now=now),
        frozenset(name for _, name in subjects(school=viewer.school)),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """The classes this person sees, and the pupils of the one looked at."""

    classes: list[ClassRow]
    group: ClassRow | None
    pupils: list[PupilLine]


def pupils_listed(*, viewer: Viewer, group: str, now: datetime) -> Listed | None:
    """`group` is a class's id as an address says it, "" for the first. None for a class that is not this person's."""
    on = clock.day_of(now)
    year = academic_year_on(on)
    found = classes_for(viewer=viewer, year=year, on=on)
    one = next((row for row in found if str(row.id) == group or not group), None)
    if one is None:
        return None if group else Listed([], None, [])
    return Listed(found, one, pupils_on_roll(school=viewer.school, on=on, year=year, group=one.id))
