"""A school's subjects, changed one deed at a time. Each is one change set and can be taken back."""

from datetime import date, datetime

from django.db import transaction

from itrack.curriculum.models import Subject
from itrack.curriculum.queries.subjects import subject_line, subject_lines
from itrack.curriculum.rules import swapped
from itrack.foundation import audit
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.schools.api import take_settings, take_settings_back
from itrack.schools.rules import tidy

GONE = "This subject is no longer there: somebody else has removed it. Nothing was changed."


@transaction.atomic
def add_subject(*, school: int, name: str, by: int, at: datetime) -> int:
    """Adds a subject at the end of the list; returns the change set."""
    take_settings(school=school)
    _check_name(school, name, but=None)
    last = max((line.position for line in subject_lines(school=school)), default=0)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SUBJECTS, by=by, at=at)
    Subject.objects.create(school_id=school, name=tidy(name), position=last + 1, added_by=change_set)
    close_change_set(change_set, counts={"subjects": 1})
    return change_set.pk


@transaction.atomic
def rename_subject(*, school: int, subject: int, seen: str, name: str, by: int, at: datetime) -> int | None:
    """Gives a subject another name. `seen` is its name when the editor opened it. None when that changes nothing."""
    take_settings(school=school)
    held = _held(school, subject)
    if held.name == tidy(name):
        return None
    if held.name != seen:
        raise Refused(
            f"Somebody else has renamed this subject since you opened it; it is now called {held.name}. "
            "Your change was not saved. Open the subject again and look."
        )
    _check_name(school, name, but=subject)
    held.name = tidy(name)
    return _altered(school, [held], "name", {"subjects renamed": 1}, by, at)


@transaction.atomic
def move_subject_up(*, school: int, subject: int, seen: str, by: int, at: datetime) -> int:
    """Puts a subject before the one above it. `seen` is the fingerprint of the list the editor saw."""
    take_settings(school=school)
    _held(school, subject)
    lines = subject_lines(school=school)
    places = swapped([line.id for line in lines], subject)
    if seen != lines.seen or not places:
        raise Refused("The list has changed since you opened it. Nothing was moved. Open it again and look.")
    rows = [row for row in Subject.objects.filter(school_id=school) if row.position != places[row.pk]]
    for row in rows:
        row.position = places[row.pk]
    return _altered(school, rows, "position", {"subjects moved": 1}, by, at)


@transaction.atomic
def retire_subject(*, school: int, subject: int, on: date | None, by: int, at: datetime) -> int | None:
    """Stops asking for a subject at points that open after that day; with None asks for it again."""
    take_settings(school=school)
    held = _held(school, subject)
    if (held.retired_on is None) == (on is None):
        return None
    held.retired_on = on
    counts = {"subjects brought back": 1} if on is None else {"subjects retired": 1}
    return _altered(school, [held], "retired_on", counts, by, at)


@transaction.atomic
def remove_subject(*, school: int, subject: int, by: int, at: datetime) -> None:
    """Removes a subject in which nothing was ever marked. It can simply be added again, so there is no undo."""
    take_settings(school=school)
    held = _held(school, subject)
    if subject_line(school=school, subject=subject).used:
        raise Refused("Pupils have marks in this subject, so the record keeps it. Nothing was removed. Retire it.")
    held.delete()
    audit.record(school=school, by=by, at=at, verb="subject.removed", subject="subject", subject_id=subject)


def take_subjects_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    take_settings_back(school=school, kind=ChangeSet.Kind.SUBJECTS, change_set=change_set, by=by, at=at)


def _held(school: int, subject: int) -> Subject:
    found = Subject.objects.filter(school_id=school, pk=subject).first()
    if found is None:
        raise Refused(GONE)
    return found


def _check_name(school: int, name: str, *, but: int | None) -> None:
    others = {line.id for line in subject_lines(school=school) if line.name.casefold() == tidy(name).casefold()}
    if not tidy(name) or others - {but}:
        raise Refused(f"A subject needs a name that no other has: “{tidy(name)}”. Nothing was changed.")


def _altered(school: int, rows: list[Subject], field: str, counts: dict[str, int], by: int, at: datetime) -> int:
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SUBJECTS, by=by, at=at)
    alter(Subject, deed=Deed(school, change_set.pk, at), rows=rows, fields=[field])
    close_change_set(change_set, counts=counts)
    return change_set.pk
