"""What may be set and what stands, asked before targets are saved: a fixed number of questions."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from itrack.accounts.api import member_row
from itrack.assessment.rules.placing import months_old
from itrack.curriculum.api import Named, named, subjects
from itrack.curriculum.rules_schemes import Kind, Scale, Sitting
from itrack.foundation import clock
from itrack.foundation.viewer import LEADERS, Role
from itrack.pupils.api import births, pupils_to_mark, years_of_pupils
from itrack.schools.api import PointRow, academic_year_on, past_points, points
from itrack.targets.queries.rules_kept import kept_rules
from itrack.targets.queries.standing import standing_targets
from itrack.targets.rules.setting import LEADERS_SET, Setting, may_set
from itrack.targets.rules.standings import Cell
from itrack.ui.words import long_date

NO_POINT = "There is no such assessment point in this school. Not saved."
NO_ASSESSMENT = "There is no such assessment in this school. Not saved."
NO_SCALE = Scale(0, "", Kind.CODED)
SETS_FOR_ALL = LEADERS.roles | {Role.SENCO}


def setting(*, school: int, point: int, assessment: int, pupils: Collection[int], by: int, at: datetime) -> Setting:
    """Locks the pupils until the transaction ends, then reads what stands, so nobody can come between."""
    day = clock.day_of(at)
    here = pupils_to_mark(school=school, pupils=pupils, member=by, on=day, year=academic_year_on(day))
    role = member_row(school=school, member=by).values_list("role", flat=True).first() or ""
    known = points(school=school)
    when = next((row for row in known if row.id == point), None)
    of = named(school=school, assessment=assessment)
    closed = _closed(school, role, when, of, known, day)
    if when is None or of is None:
        return Setting((), (), (), NO_SCALE, {}, {}, 0, closed)
    theirs = [pupil for pupil, own in here.items() if own or role in SETS_FOR_ALL]
    taught = [pk for pk, _ in subjects(school=school, opens_on=when.opens_on)]
    stands = standing_targets(school=school, pupils=theirs, point=when.id, assessment=of.id)
    return Setting(
        pupils=frozenset(theirs),
        subjects=taught,
        only_for=of.subjects,
        scale=of.scale,
        sittings=sittings(school=school, pupils=theirs, subjects=taught, point=when, scale=of.scale),
        stands={cell: target.code for cell, target in stands.items()},
        assessment=of.id,
        closed=closed,
    )


def _closed(school: int, role: str, point: PointRow | None, of: Named | None, known: list[PointRow], day: date) -> str:
    """Why nothing may be set here by this role, "" when it may."""
    if point is None or of is None:
        return NO_ASSESSMENT if of is None else NO_POINT
    if not may_set(role, kept_rules(school=school).teachers_set):
        return LEADERS_SET
    if of.read_only:
        return f"{of.name} is kept as history and takes no new targets. Not saved."
    if point.id in past_points(known, on=day) and role not in LEADERS.roles:
        return f"{point.name} closed on {long_date(point.closes_on)}. Not saved. A head or an administrator can."
    return ""


def sittings(
    *, school: int, pupils: Collection[int], subjects: Collection[int], point: PointRow, scale: Scale
) -> dict[Cell, Sitting]:
    """Each pupil's year group in the year of the point, and the age on its last day where a band depends on it."""
    groups = years_of_pupils(pupils, school=school, year=point.year)
    ages = _ages(school, pupils, point.closes_on) if scale.kind is Kind.AGE else {}
    return {
        (pupil, subject): Sitting(groups.get(pupil, ""), point.slot, subject, ages.get(pupil))
        for pupil in pupils
        for subject in subjects
    }


def _ages(school: int, pupils: Collection[int], day: date) -> Mapping[int, Any]:
    return {pupil: months_old(born, day) for pupil, born in births(school=school, pupils=pupils).items()}
