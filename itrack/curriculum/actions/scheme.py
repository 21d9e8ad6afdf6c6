"""The main mark scheme, changed one deed at a time. What marks already use keeps its meaning: only names may change."""

from datetime import datetime

from django.db import transaction

from itrack.curriculum.actions.set_up import main_scheme_to_fill
from itrack.curriculum.models import MarkOption
from itrack.curriculum.queries.scheme import Scheme, option_rows, scheme
from itrack.curriculum.rules import FROZEN, OptionFacts, swapped
from itrack.foundation import audit
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.schools.api import take_settings, take_settings_back
from itrack.schools.rules import tidy

GONE = "This mark is no longer there: somebody else has removed it. Nothing was changed."


@transaction.atomic
def add_option(*, school: int, facts: OptionFacts, by: int, at: datetime) -> int:
    """Adds a mark at the end of an unused scheme; returns the change set."""
    found = _unused(school)
    _check(found, facts, but=None)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    MarkOption.objects.create(
        school_id=school,
        scheme=main_scheme_to_fill(school=school, change_set=change_set),
        code=facts.code,
        name=tidy(facts.name),
        band=facts.band,
        position=max((option.position for option in found.options), default=0) + 1,
        added_by=change_set,
    )
    close_change_set(change_set, counts={"marks": 1})
    return change_set.pk


@transaction.atomic
def edit_option(*, school: int, option: int, seen: str, facts: OptionFacts, by: int, at: datetime) -> int | None:
    """Changes a mark; of a scheme in use only its name. `seen` is the fingerprint of the mark the editor opened."""
    take_settings(school=school)
    held, found = _held(school, option), scheme(school=school)
    was, facts = OptionFacts(held.code, held.name, held.band), OptionFacts(facts.code, tidy(facts.name), facts.band)
    if was == facts:
        return None
    if seen != was.seen:
        raise Refused(
            f"Somebody else has changed this mark since you opened it; it is now {held.code}, {held.name}. "
            "Your change was not saved. Open the mark again and look."
        )
    if found.used and (was.code, was.band) != (facts.code, facts.band):
        raise Refused(f"{FROZEN} Nothing was changed.")
    _check(found, facts, but=option)
    held.code, held.name, held.band = facts.code, facts.name, facts.band
    return _altered(school, [held], ["code", "name", "band"], {"marks edited": 1}, by, at)


@transaction.atomic
def move_option_up(*, school: int, option: int, seen: str, by: int, at: datetime) -> int:
    """Puts a mark of an unused scheme before the one above it. `seen` is the fingerprint of the list."""
    found = _unused(school)
    _held(school, option)
    places = swapped([each.id for each in found.options], option)
    if seen != found.seen or not places:
        raise Refused("The list has changed since you opened it. Nothing was moved. Open it again and look.")
    rows = [row for row in _rows(school) if row.position != places[row.pk]]
    for row in rows:
        row.position = places[row.pk]
    return _altered(school, rows, ["position"], {"marks moved": 1}, by, at)


@transaction.atomic
def remove_option(*, school: int, option: int, by: int, at: datetime) -> None:
    """Removes a mark of an unused scheme. It can simply be added again, so there is no undo."""
    _unused(school)
    _held(school, option).delete()
    audit.record(school=school, by=by, at=at, verb="mark.removed", subject="mark option", subject_id=option)


@transaction.atomic
def take_scheme_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Undoes a deed on the scheme; refused when marks use the scheme and more than names would go back."""
    take_settings(school=school)
    before = scheme(school=school)
    take_settings_back(school=school, kind=ChangeSet.Kind.SCHEME, change_set=change_set, by=by, at=at)
    if before.used and before.meaning != scheme(school=school).meaning:
        raise Refused(f"{FROZEN} Nothing was taken back.")


def _unused(school: int) -> Scheme:
    take_settings(school=school)
    found = scheme(school=school)
    if found.used:
        raise Refused(f"{FROZEN} Nothing was changed.")
    return found


def _rows(school: int) -> list[MarkOption]:
    return list(option_rows(school=school))


def _held(school: int, option: int) -> MarkOption:
    found = next((row for row in _rows(school) if row.pk == option), None)
    if found is None:
        raise Refused(GONE)
    return found


def _check(found: Scheme, facts: OptionFacts, *, but: int | None) -> None:
    if any(option.code == facts.code and option.id != but for option in found.options):
        raise Refused(f"There is a mark with the code {facts.code} already. Nothing was changed. Choose another code.")


def _altered(
    school: int, rows: list[MarkOption], fields: list[str], counts: dict[str, int], by: int, at: datetime
) -> int:
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SCHEME, by=by, at=at)
    alter(MarkOption, deed=Deed(school, change_set.pk, at), rows=rows, fields=fields)
    close_change_set(change_set, counts=counts)
    return change_set.pk
