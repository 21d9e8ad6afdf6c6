"""A scheme as a whole: its name, its range, what its marks mean, and its versions.

What marks use stands. A change makes a next version, which is edited as long as no assessment uses it; taking it into
use has new marks read by it, and the marks there are keep the version they were made with.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from itrack.curriculum.actions.scheme import free
from itrack.curriculum.models import AssessmentName, MarkOption, MarkScheme
from itrack.curriculum.queries.scheme import Scheme, schemes
from itrack.curriculum.queries.scheme import scheme as scheme_of
from itrack.curriculum.rules_schemes import rules_data
from itrack.curriculum.rules_thresholds import Line, faults, lines_of, rules_from
from itrack.curriculum.rules_usual import fits
from itrack.curriculum.rules_versions import LOCKED
from itrack.foundation import audit
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.schools.api import take_settings
from itrack.schools.rules import tidy

CHANGED = (
    "Somebody else has changed this scheme since you opened it. Your change was not saved. Open it again and look."
)


@transaction.atomic
def rename_scheme(*, school: int, scheme: int, seen: str, name: str, by: int, at: datetime) -> int | None:
    """Gives all versions of a scheme another name. `seen` is its name when the editor opened it."""
    take_settings(school=school)
    found = scheme_of(school=school, scheme=scheme)
    if found.name == tidy(name):
        return None
    if found.locked:
        raise Refused(f"{LOCKED} Nothing was changed.")
    if found.name != seen:
        raise Refused(CHANGED)
    others = {each.name.casefold() for each in schemes(school=school) if each.name != found.name}
    if not tidy(name) or tidy(name).casefold() in others:
        raise Refused(f"A scheme needs a name that no other has: “{tidy(name)}”. Nothing was changed.")
    rows = list(MarkScheme.objects.filter(school_id=school, name=found.name))
    for row in rows:
        row.name = tidy(name)
    return _altered(school, rows, ["name"], {"schemes edited": 1}, by, at)


@transaction.atomic
def set_range(
    *, school: int, scheme: int, seen: str, lowest: Decimal | None, highest: Decimal | None, by: int, at: datetime
) -> int | None:
    """Sets which scores there are, None for the usual of the kind. Bands that begin at the old lowest follow it."""
    found = free(school, scheme)
    if found.own_range == (lowest, highest):
        return None
    if seen != found.bands_seen:
        raise Refused(CHANGED)
    if fault := fits(found.kind, lowest, highest):
        raise Refused(f"{fault} Nothing was changed.")
    row = MarkScheme.objects.get(school_id=school, pk=scheme)
    row.lowest, row.highest = lowest, highest
    row.bands = _bands(lines_of(found.scale), found, lowest, highest)
    return _altered(school, [row], ["lowest", "highest", "bands"], {"schemes edited": 1}, by, at)


@transaction.atomic
def set_bands(*, school: int, scheme: int, seen: str, lines: Sequence[Line], by: int, at: datetime) -> int | None:
    """Says what the marks mean, in these lines and no others. `seen` is the fingerprint of those the editor saw."""
    found = free(school, scheme)
    told = _bands(lines, found, *found.own_range)
    row = MarkScheme.objects.get(school_id=school, pk=scheme)
    if told == row.bands:
        return None
    if seen != found.bands_seen:
        raise Refused(CHANGED)
    row.bands = told
    return _altered(school, [row], ["bands"], {"bands": max(1, len(lines))}, by, at)


def _bands(
    lines: Sequence[Line], found: Scheme, lowest: Decimal | None, highest: Decimal | None
) -> list[dict[str, object]]:
    scale = found.ranged(lowest, highest)
    if wrong := faults(lines, scale):
        raise Refused(f"{wrong[0].sentence} Nothing was changed.")
    return rules_data(rules_from(lines, scale))


@transaction.atomic
def make_version(*, school: int, scheme: int, by: int, at: datetime) -> tuple[int, int]:
    """Begins the next version as a copy, which no assessment uses yet; returns the change set and the new version."""
    take_settings(school=school)
    found = scheme_of(school=school, scheme=scheme)
    if found.locked:
        raise Refused(f"{LOCKED} Nothing was changed.")
    if not found.used:
        raise Refused("No mark uses this version yet, so it can be changed as it is. Nothing was changed.")
    if any(number > found.version and not used and not by_one for _, number, used, by_one in found.versions):
        raise Refused("A next version is begun already. Nothing was changed. Open that one.")
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    made = copy_of(found, school=school, version=found.latest + 1, change_set=change_set)
    close_change_set(change_set, counts={"versions": 1})
    return change_set.pk, made.pk


def copy_of(found: Scheme, *, school: int, version: int, change_set: ChangeSet, locked: bool = False) -> MarkScheme:
    """The scheme with its marks as another version, in this school or another."""
    made = MarkScheme.objects.create(
        school_id=school, name=found.name, version=version, kind=found.kind,
        lowest=found.own_range[0], highest=found.own_range[1],
        bands=rules_data(found.scale.rules),
        locked=locked, added_by=change_set,
    )  # fmt: skip
    MarkOption.objects.bulk_create(
        MarkOption(
            school_id=school, scheme=made, code=line.code, name=line.name, band=line.facts.band,
            position=line.position, added_by=change_set,
        )
        for line in found.options
    )  # fmt: skip
    return made


@transaction.atomic
def use_version(*, school: int, scheme: int, by: int, at: datetime) -> int:
    """Has the assessments that use another version of the scheme use this one from now on."""
    take_settings(school=school)
    found = scheme_of(school=school, scheme=scheme)
    same = [version for version, _, _, _ in found.versions if version != scheme]
    rows = list(AssessmentName.objects.filter(school_id=school, scheme_id__in=same))
    if found.locked or not rows:
        raise Refused("No assessment uses another version of this scheme. Nothing was changed.")
    for row in rows:
        row.scheme_id = scheme
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    alter(AssessmentName, deed=Deed(school, change_set.pk, at), rows=rows, fields=["scheme"])
    close_change_set(change_set, counts={"assessments read anew": len(rows)})
    return change_set.pk


@transaction.atomic
def remove_scheme(*, school: int, scheme: int, by: int, at: datetime) -> None:
    """Removes a version that no mark and no assessment uses. There is no undo; one can be begun again."""
    found = free(school, scheme)
    if found.used_by:
        raise Refused(f"{found.used_by[0]} uses this scheme. Nothing was removed. Choose another scheme there first.")
    MarkOption.objects.filter(school_id=school, scheme_id=scheme).delete()
    MarkScheme.objects.filter(school_id=school, pk=scheme).delete()
    audit.record(school=school, by=by, at=at, verb="scheme.removed", subject="mark scheme", subject_id=scheme)


def _altered(
    school: int, rows: list[MarkScheme], fields: list[str], counts: dict[str, int], by: int, at: datetime
) -> int:
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    alter(MarkScheme, deed=Deed(school, change_set.pk, at), rows=rows, fields=fields)
    close_change_set(change_set, counts=counts)
    return change_set.pk
