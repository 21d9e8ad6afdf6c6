"""A scheme's marks, changed one deed at a time. What marks already use keeps its meaning: only names may change."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from itrack.curriculum.actions.set_up import main_scheme_to_fill
from itrack.curriculum.models import MarkOption, MarkScheme
from itrack.curriculum.queries.assessments import assessments
from itrack.curriculum.queries.scheme import Scheme, scheme, scheme_of_option, schemes
from itrack.curriculum.rules import FROZEN, MOST_OPTIONS, OptionFacts, swapped
from itrack.curriculum.rules_schemes import rules_data
from itrack.curriculum.rules_thresholds import carried
from itrack.curriculum.rules_versions import LOCKED
from itrack.foundation import audit
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.schools.api import take_settings, take_settings_back
from itrack.schools.rules import tidy

type Told = tuple[int, int, datetime]  # school, by, at
GONE = "This mark is no longer there: somebody else has removed it. Nothing was changed."


@transaction.atomic
def add_option(*, school: int, facts: OptionFacts, by: int, at: datetime, scheme: int = 0) -> int:
    """Adds a mark at the end of an unused scheme, 0 for the main one; returns the change set."""
    found = free(school, scheme)
    _check(found, facts, but=None)
    if len(found.options) >= MOST_OPTIONS:
        raise Refused(f"A scheme has at most {MOST_OPTIONS} marks. Nothing was changed.")
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    MarkOption.objects.create(
        school_id=school,
        scheme_id=found.id or main_scheme_to_fill(school=school, change_set=change_set).pk,
        code=facts.code,
        name=tidy(facts.name),
        band=facts.band,
        position=max((option.position for option in found.options), default=0) + 1,
        added_by=change_set,
    )
    _carry(school, found, Deed(school, change_set.pk, at), {})
    close_change_set(change_set, counts={"marks": 1})
    return change_set.pk


@transaction.atomic
def edit_option(*, school: int, option: int, seen: str, facts: OptionFacts, by: int, at: datetime) -> int | None:
    """Changes a mark; of a scheme in use only its name. `seen` is the fingerprint of the mark the editor opened."""
    take_settings(school=school)
    held, found = _held(school, option), scheme_of_option(school=school, option=option)
    was, facts = OptionFacts(held.code, held.name, held.band), OptionFacts(facts.code, tidy(facts.name), facts.band)
    if was == facts:
        return None
    if seen != was.seen:
        raise Refused(
            f"Somebody else has changed this mark since you opened it; it is now {held.code}, {held.name}. "
            "Your change was not saved. Open the mark again and look."
        )
    if found.locked:
        raise Refused(f"{LOCKED} Nothing was changed.")
    if found.used and (was.code, was.band) != (facts.code, facts.band):
        raise Refused(f"{FROZEN} Nothing was changed.")
    _check(found, facts, but=option)
    held.code, held.name, held.band = facts.code, facts.name, facts.band
    return _altered(found, [held], ["code", "name", "band"], {"marks edited": 1}, (school, by, at), was.code)


@transaction.atomic
def move_option_up(*, school: int, option: int, seen: str, by: int, at: datetime) -> int:
    """Puts a mark of an unused scheme before the one above it. `seen` is the fingerprint of the list."""
    take_settings(school=school)
    _held(school, option)
    found = free(school, scheme_of_option(school=school, option=option).id)
    places = swapped([each.id for each in found.options], option)
    if seen != found.seen or not places:
        raise Refused("The list has changed since you opened it. Nothing was moved. Open it again and look.")
    held = MarkOption.objects.filter(school_id=school, scheme_id=found.id)
    rows = [row for row in held if row.position != places[row.pk]]
    for row in rows:
        row.position = places[row.pk]
    return _altered(found, rows, ["position"], {"marks moved": 1}, (school, by, at))


@transaction.atomic
def remove_option(*, school: int, option: int, by: int, at: datetime) -> None:
    """Removes a mark of an unused scheme. It can simply be added again, so there is no undo."""
    take_settings(school=school)
    held = _held(school, option)
    found = free(school, held.scheme_id)
    held.delete()
    _carry(school, found, None, {})
    audit.record(school=school, by=by, at=at, verb="mark.removed", subject="mark option", subject_id=option)


@transaction.atomic
def take_scheme_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Undoes a deed on schemes or assessments; refused when marks would no longer mean what they meant.

    So too when new marks of an assessment are read by the version that it would no longer use.
    """
    take_settings(school=school)
    before, reading = _meanings(school), _reading(school)
    take_settings_back(school=school, kind=ChangeSet.Kind.SCHEME, change_set=change_set, by=by, at=at)
    after, now = _meanings(school), _reading(school)
    changed = {pk for pk, (used, meaning) in before.items() if used and after.get(pk, (True, None))[1] != meaning}
    left = {of for name, of in reading.items() if now.get(name, of) != of and before[of][0]}
    if changed or left:
        raise Refused(f"{FROZEN} Nothing was taken back.")


def _meanings(school: int) -> dict[int, tuple[bool, tuple[object, ...]]]:
    return {each.id: (each.used, each.meaning) for each in schemes(school=school)}


def _reading(school: int) -> dict[int, int]:
    return {row.id: row.scheme for row in assessments(school=school)}


def free(school: int, of: int) -> Scheme:
    """A version whose meaning may be changed, 0 for the main one; refused when marks use it or it is a trust's."""
    take_settings(school=school)
    found = scheme(school=school, scheme=of)
    if found.locked:
        raise Refused(f"{LOCKED} Nothing was changed.")
    if found.used:
        raise Refused(f"{FROZEN} Nothing was changed.")
    return found


def _held(school: int, option: int) -> MarkOption:
    found = MarkOption.objects.filter(school_id=school, pk=option).first()
    if found is None:
        raise Refused(GONE)
    return found


def _check(found: Scheme, facts: OptionFacts, *, but: int | None) -> None:
    if any(option.code == facts.code and option.id != but for option in found.options):
        raise Refused(f"There is a mark with the code {facts.code} already. Nothing was changed. Choose another code.")


def _carry(school: int, was: Scheme, deed: Deed | None, renamed: Mapping[str, str]) -> None:
    """Has the bands follow a change of the codes they are told by; by a deed that can be taken back, or for good."""
    if not was.scale.rules:
        return
    rules = carried(was.scale, scheme(school=school, scheme=was.id).scale, renamed)
    if isinstance(rules, str):
        raise Refused(f"{rules} Nothing was changed.")
    row = MarkScheme.objects.get(school_id=school, pk=was.id)
    if row.bands == (told := rules_data(rules)):
        return
    row.bands = told
    if deed is None:
        row.save(update_fields=["bands"])
    else:
        alter(MarkScheme, deed=deed, rows=[row], fields=["bands"])


def _altered(
    found: Scheme, rows: list[MarkOption], fields: list[str], counts: dict[str, int], told: Told, was: str = ""
) -> int:
    school, by, at = told
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    deed = Deed(school, change_set.pk, at)
    alter(MarkOption, deed=deed, rows=rows, fields=fields)
    _carry(school, found, deed, {was: rows[0].code} if was else {})
    close_change_set(change_set, counts=counts)
    return change_set.pk
