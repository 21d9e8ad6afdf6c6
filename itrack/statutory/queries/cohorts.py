"""Whose results a statutory assessment's are: the year group as it stood when the assessment was held."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from itrack.foundation.viewer import Viewer
from itrack.pupils.api import CohortPupil, classes_for, cohort, pupils_on_roll, sees_every_class
from itrack.schools.api import academic_year_on
from itrack.statutory.rules.assessments import Assessment


@dataclass(frozen=True, slots=True)
class Entrant:
    """A pupil of the year group. `group` is their class then, `here` whether they were on roll on the day itself."""

    pupil: CohortPupil
    group: tuple[int, str] | None
    here: bool


@dataclass(frozen=True, slots=True)
class Year:
    """One year's entrants by assessment and pupil id, with the day each roll was read on."""

    entrants: Mapping[str, Mapping[int, Entrant]]
    days: Mapping[str, date]


def cohorts(
    *, school: int, assessments: Collection[Assessment], year: int, on: date, as_at: datetime | None = None
) -> Year:
    """The cohorts of one year, in four questions. Before the day itself the roll is that of `on`.

    Who was there in January and had left by the day is among them too: a result may say that somebody left.
    """
    days = {one.name: min(one.day_in(year), on) for one in assessments}
    new_year = min(date(year, 1, 6), on)
    found = cohort(school=school, days={new_year, *days.values()}, year=year - 1, as_at=as_at)
    entrants = {
        one.name: {
            pupil.id: _entrant(pupil, found.classes[days[one.name]], found.classes[new_year])
            for pupil in found.pupils.values()
            if pupil.year_group == one.year_group
            and (pupil.id in found.classes[days[one.name]] or pupil.id in found.classes[new_year])
        }
        for one in assessments
    }
    return Year(entrants, days)


def _entrant(
    pupil: CohortPupil, then: Mapping[int, tuple[int, str] | None], before: Mapping[int, tuple[int, str] | None]
) -> Entrant:
    here = pupil.id in then
    return Entrant(pupil, then[pupil.id] if here else before[pupil.id], here)


def seen_by(viewer: Viewer, *, on: date) -> set[int] | None:
    """The pupils this person sees by name today; None for everybody."""
    if sees_every_class(viewer):
        return None
    year = academic_year_on(on)
    own = {row.id for row in classes_for(viewer=viewer, year=year, on=on)}
    return {line.id for line in pupils_on_roll(school=viewer.school, on=on, year=year) if line.class_id in own}
