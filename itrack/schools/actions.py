"""Schools arrive and set up their years."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from itrack.foundation.changes.actions import close_change_set, open_change_set, undo
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.schools.models import AssessmentPoint, School, Trust
from itrack.schools.queries import points_in_use, year_points, year_title, years
from itrack.schools.rules import SIX, SLOTS, SLOTS_OF_THREE, NewSchool, PointFacts, faults, school_faults, usual_points

ALL_SLOTS = frozenset(range(1, len(SLOTS) + 1))


@transaction.atomic
def add_school(*, new: NewSchool) -> int:
    """Takes a school on; returns its id. Its rows can be written from then on, inside `writing(id)`.

    A trust of that name is made if there is none. Refused for what is no school, and for one that is here already.
    """
    if found := school_faults(new):
        raise Refused(f"{' '.join(found)} No school was added.")
    if there := School.objects.filter(Q(urn=new.urn) | Q(la=new.la, estab=new.estab)).first():
        raise Refused(f"{there.name} (URN {there.urn}, {there.la}/{there.estab}) is here already. No school was added.")
    return School.objects.create(
        urn=new.urn,
        la=new.la,
        estab=new.estab,
        name=new.name,
        country=new.country,
        phase=new.phase,
        trust=_trust(new.trust) if new.trust else None,
        town=new.town,
        products=list(new.products),
        subscribed_from=new.subscribed_from,
        subscribed_until=new.subscribed_until,
    ).pk


def _trust(name: str) -> Trust:
    """The trust of this name, however its capitals are written."""
    return Trust.objects.filter(name__iexact=name).first() or Trust.objects.create(name=name)


def set_up_year(*, school: int, year: int, change_set: ChangeSet, shown: frozenset[int] = ALL_SLOTS) -> None:
    """Adds the year's six half-term slots with usual dates; a year already there is left as it is."""
    if AssessmentPoint.objects.filter(school_id=school, year=year).exists():
        return
    AssessmentPoint.objects.bulk_create(
        AssessmentPoint(
            school_id=school,
            year=year,
            slot=point.slot,
            name=point.name,
            opens_on=point.opens_on,
            closes_on=point.closes_on,
            shown=point.slot in shown,
            added_by=change_set,
        )
        for point in usual_points(year)
    )


def copy_year(*, school: int, year: int, points: Sequence[tuple[PointFacts, bool]], change_set: int) -> int:
    """Adds the year's slots as given, each with whether it is shown; none when the year is there already."""
    if AssessmentPoint.objects.filter(school_id=school, year=year).exists():
        return 0
    rows = [
        AssessmentPoint(
            school_id=school,
            year=year,
            slot=point.slot,
            name=point.name,
            opens_on=point.opens_on,
            closes_on=point.closes_on,
            shown=shown,
            added_by_id=change_set,
        )
        for point, shown in points
    ]
    return len(AssessmentPoint.objects.bulk_create(rows))


def take_settings(*, school: int) -> None:
    """Lets deeds on one school's settings wait for each other until the transaction ends."""
    list(School.objects.select_for_update(no_key=True).filter(pk=school).values_list("pk"))


@transaction.atomic
def add_year(*, school: int, year: int, by: int, at: datetime) -> int:
    """Adds a school year with the usual dates, and as many points as the year before shows; returns the change set."""
    take_settings(school=school)
    rows = AssessmentPoint.objects.filter(school_id=school)
    if rows.filter(year=year).exists():
        raise Refused(f"Somebody else has added {year_title(year)} meanwhile. Nothing was changed. Open it and look.")
    thrice = rows.filter(year=year - 1, shown=False).exists()
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.CALENDAR, by=by, at=at)
    set_up_year(school=school, year=year, change_set=change_set, shown=SLOTS_OF_THREE if thrice else ALL_SLOTS)
    close_change_set(change_set, counts={"points": len(SLOTS)})
    return change_set.pk


@transaction.atomic
def edit_year(*, school: int, year: int, seen: str, points: Sequence[PointFacts], by: int, at: datetime) -> int | None:
    """Gives the year's points these names and dates; those not mentioned stay. None when that changes nothing.

    `seen` is the fingerprint of what the editor had before their eyes.
    """
    take_settings(school=school)
    held = _year(school, year, seen)
    if found := faults(year, points):
        raise Refused(f"{found[0].sentence} Nothing was changed.")
    changed = [held[point.slot] for point in points if _take_over(held[point.slot], point)]
    if not changed:
        return None
    return _altered(school, changed, ["name", "opens_on", "closes_on"], {"points edited": len(changed)}, by, at)


def _year(school: int, year: int, seen: str) -> dict[int, AssessmentPoint]:
    """The year's points by slot; refused when they are no longer what the editor saw."""
    if seen != year_points(school=school, year=year).seen:
        raise Refused(
            "Somebody else has changed this year since you opened it. Your change was not saved. "
            "Open the year again and look."
        )
    return {row.slot: row for row in AssessmentPoint.objects.filter(school_id=school, year=year)}


def _take_over(row: AssessmentPoint, facts: PointFacts) -> bool:
    before = (row.name, row.opens_on, row.closes_on)
    row.name, row.opens_on, row.closes_on = facts.name, facts.opens_on, facts.closes_on
    return before != (row.name, row.opens_on, row.closes_on)


@transaction.atomic
def ask_so_often(*, school: int, year: int, seen: str, times: int, by: int, at: datetime) -> int | None:
    """Shows six points of the year or three. One with marks stays shown. None when that changes nothing."""
    take_settings(school=school)
    held = _year(school, year, seen)
    used = points_in_use(school=school)
    changed = []
    for row in held.values():
        shown = times == SIX or row.slot in SLOTS_OF_THREE or row.pk in used
        if row.shown != shown:
            row.shown = shown
            changed.append(row)
    if not changed:
        return None
    rows = sorted((row for row in held.values() if row.shown), key=lambda row: row.slot)
    if found := faults(year, [PointFacts(row.slot, row.name, row.opens_on, row.closes_on) for row in rows]):
        raise Refused(f"{found[0].sentence} Nothing was changed. Move the dates apart first, then show six points.")
    return _altered(school, changed, ["shown"], {"points shown or hidden": len(changed)}, by, at)


def _altered(
    school: int, rows: list[AssessmentPoint], fields: list[str], counts: dict[str, int], by: int, at: datetime
) -> int:
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.CALENDAR, by=by, at=at)
    alter(AssessmentPoint, deed=Deed(school, change_set.pk, at), rows=rows, fields=fields)
    close_change_set(change_set, counts=counts)
    return change_set.pk


@transaction.atomic
def take_calendar_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Undoes a deed on years and terms; refused when what it puts back no longer fits the dates around it."""
    take_settings_back(school=school, kind=ChangeSet.Kind.CALENDAR, change_set=change_set, by=by, at=at)
    for year in years(school=school):
        shown = year_points(school=school, year=year).shown
        if found := faults(year, [PointFacts(p.slot, p.name, p.opens_on, p.closes_on) for p in shown]):
            raise Refused(f"With the dates put back, this would be so: {found[0].sentence} Nothing was taken back.")


@transaction.atomic
def take_settings_back(*, school: int, kind: str, change_set: int, by: int, at: datetime) -> None:
    """Undoes a deed on settings of that kind; other deeds are taken back where they were done."""
    if not ChangeSet.objects.filter(school_id=school, pk=change_set, kind=kind).exists():
        raise Refused("There is no such change to these settings. Nothing was changed.")
    take_settings(school=school)
    undo(school=school, change_set=change_set, by=by, at=at)
