"""Settling how a school works with targets."""

from datetime import datetime

from django.db import transaction

from itrack.foundation.changes.actions import record_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.schools.api import take_settings
from itrack.targets.models import TargetRules
from itrack.targets.queries.rules_kept import kept_rules
from itrack.targets.rules.track import Steps, tidied, why_not


@transaction.atomic
def settle_target_rules(*, school: int, teachers_set: bool, steps: Steps, by: int, at: datetime) -> int | None:
    """Says who sets targets and what is wanted on the way; returns the change set, None when nothing changes."""
    take_settings(school=school)
    if reason := why_not(steps):
        raise Refused(reason)
    kept, held = tidied(steps), kept_rules(school=school)
    if (held.teachers_set, held.steps) == (teachers_set, kept):
        return None
    made = record_change_set(school=school, kind=ChangeSet.Kind.TARGETS, by=by, at=at, counts={"rules": 1})
    stands = TargetRules.objects.filter(school_id=school, ended_at__isnull=True)
    stands.update(ended_at=at, ended_by_id=made.pk)
    told = {band: {str(slot): wanted for slot, wanted in by_slot.items()} for band, by_slot in kept.items()}
    TargetRules.objects.create(
        school_id=school, teachers_set=teachers_set, steps=told, added_by_id=made.pk, added_at=at
    )
    return made.pk
