"""Carrying the plan out, in one change set, and taking it back until the new year has begun."""

from datetime import datetime

from django.db import transaction

from itrack.assessment.api import marked_in_year
from itrack.foundation.changes.actions import close_change_set, open_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.objectives.api import judged_since
from itrack.pupils.api import (
    NewClass,
    classes_of_pupils,
    end_spells,
    fill_classes,
    make_year,
    move_roll_on,
    settle_year_groups,
    take_roll,
)
from itrack.rollover.actions.planning import begun
from itrack.rollover.models import YearPlan
from itrack.rollover.queries.plan import Plan, plan_of
from itrack.rollover.rules.outcome import Outcome
from itrack.schools.api import copy_year, take_settings, year_title
from itrack.schools.rules import PointFacts, first_day

STALE = (
    "Something has changed since you opened the check: a class, a pupil or a choice for the new year. "
    "Nothing was done. Look at the check again, then apply it."
)


@transaction.atomic
def apply_plan(*, school: int, year: int, digest: str, by: int, at: datetime) -> int:
    """Makes the new year of what was shown, or refuses; returns the change set.

    `digest` tells what was shown. What the present year shows stays as it is: every row has its day.
    """
    take_roll(school=school)
    take_settings(school=school)
    plan = plan_of(school=school, year=year)
    planned = _checked(plan, digest)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.ROLLOVER, by=by, at=at)
    close_change_set(change_set, counts=_stored(Deed(school, change_set.pk, at), year, planned))
    _note_applied(school, plan, change_set, by, at)
    move_roll_on(school=school)
    return change_set.pk


def _note_applied(school: int, plan: Plan, change_set: ChangeSet, by: int, at: datetime) -> None:
    """A plan of which nothing was ever saved is kept too, as version 0, so that the year is known as set up."""
    row = YearPlan.objects.get(school_id=school, pk=plan.id) if plan.id else begun(school, plan.year, plan.choices)
    if plan.id is None:
        row.version, row.saved_by_id, row.saved_at = 0, by, at
    row.applied = change_set
    row.save()


def _checked(plan: Plan, digest: str) -> Outcome:
    if plan.applied:
        _, when, who = plan.applied
        raise Refused(
            f"{who} has set {year_title(plan.year)} up already, on {when.day} {when:%B %Y}. Nothing was done twice."
        )
    planned = plan.outcome
    if planned.digest != digest:
        raise Refused(STALE)
    if found := plan.hindrances:
        raise Refused(f"{found[0]} Nothing was done.")
    return planned


def _stored(deed: Deed, year: int, planned: Outcome) -> dict[str, int]:
    points = [(PointFacts(p.slot, p.name, p.opens_on, p.closes_on), p.shown) for p in planned.choices.points]
    made = [NewClass(one.choice.name, one.choice.teacher, one.choice.helpers, one.there) for one in planned.classes]
    groups = make_year(deed=deed, year=year, classes=made)
    rows = [
        (group, going.mover.id, going.mover.starts)
        for group, one in zip(groups, planned.classes, strict=True)
        for going in one.pupils
    ]
    leaving = {mover.id: day for mover, day in planned.leavers}
    counts = {
        "points": copy_year(school=deed.school, year=year, points=points, change_set=deed.change_set),
        "classes": sum(one.there is None for one in planned.classes),
        "places": fill_classes(deed=deed, year=year, rows=rows),
        "leaving": end_spells(deed=deed, last_days=leaving) if leaving else 0,
        "year groups": settle_year_groups(deed=deed, year=year, codes=planned.settled_years),
    }
    return {words: n for words, n in counts.items() if n} or {"places": 0}


@transaction.atomic
def take_new_year_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Puts everything back as it stood, until the first mark of the new year."""
    plan = YearPlan.objects.filter(school_id=school, applied=change_set).first()
    if not ChangeSet.objects.filter(school_id=school, pk=change_set, kind=ChangeSet.Kind.ROLLOVER).exists():
        raise Refused("There is no such new year in this school. Nothing was changed.")
    take_roll(school=school)
    take_settings(school=school)
    if plan is not None:
        _refuse_if_begun(school, plan.year)
        _open_again(plan)
    undo(school=school, change_set=change_set, by=by, at=at)
    move_roll_on(school=school)


def _open_again(plan: YearPlan) -> None:
    if plan.version == 0:
        plan.delete()
        return
    plan.applied = None
    plan.save(update_fields=["applied"])


def _refuse_if_begun(school: int, year: int) -> None:
    marked = marked_in_year(school=school, year=year) | judged_since(school=school, day=first_day(year))
    if not marked:
        return
    names = classes_of_pupils(school=school, year=year, pupils=marked)
    begun = f"{names[0]} has begun {year_title(year)}" if names else f"{year_title(year)} has begun"
    more = f", and so have {len(names) - 1} more classes" if len(names) > 1 else ""
    raise Refused(
        f"{begun}{more}: marks are entered. The new year can be taken back only until its first mark. "
        "Nothing was changed. Put single classes and pupils right on their own pages."
    )
