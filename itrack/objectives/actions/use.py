"""Where a school uses objectives: a setting by subject, which starts at nowhere."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge
from itrack.objectives.models import ObjectivesUse
from itrack.objectives.queries.use import used_subjects
from itrack.objectives.rules.meter import OFTENEST
from itrack.schools.api import take_settings, take_settings_back
from itrack.schools.rules import fingerprint


@transaction.atomic
def use_objectives(*, school: int, times: Mapping[str, int], by: int, at: datetime, seen: str = "") -> int | None:
    """Sets for each subject how many times a year its statements are judged, 0 for not at all; returns the change set.

    Subjects are named as subject_key names them; those not mentioned stay. `seen` is the fingerprint of the settings
    the editor saw, when there was one. None when nothing changes.
    """
    take_settings(school=school)
    held = used_subjects(school=school)
    if seen and seen != fingerprint(sorted(held.items())):
        raise Refused(
            "Somebody else has changed this since you opened it. Nothing was changed. Open it again and look."
        )
    if any(not 0 <= often <= OFTENEST for often in times.values()):
        raise Refused(f"A statement is judged at most {OFTENEST} times a year. Nothing was changed.")
    to_set = {subject: often for subject, often in times.items() if often and held.get(subject) != often}
    to_end = [subject for subject, often in times.items() if not often and subject in held]
    if not to_set and not to_end:
        return None
    return _store(school, to_set, to_end, by, at)


def _store(school: int, to_set: Mapping[str, int], to_end: list[str], by: int, at: datetime) -> int:
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.SUBJECTS, by=by, at=at)
    deed = Deed(school, change_set.pk, at)
    merge(ObjectivesUse, deed=deed, key=("subject",), values=("times",), rows=list(to_set.items()))
    ended = ObjectivesUse.objects.filter(school_id=school, subject__in=to_end, ended_at__isnull=True)
    ended.update(ended_at=at, ended_by_id=change_set.pk)
    counts = {"objectives used": len(to_set), "objectives left": len(to_end)}
    close_change_set(change_set, counts={words: n for words, n in counts.items() if n})
    return change_set.pk


def take_use_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Undoes a deed on where objectives are used."""
    take_settings_back(school=school, kind=ChangeSet.Kind.SUBJECTS, change_set=change_set, by=by, at=at)
