"""How a school works with targets, as it stands."""

from dataclasses import dataclass, field
from datetime import datetime

from itrack.assessment.api import stood
from itrack.foundation.models import ChangeSet
from itrack.schools.api import SettingsChange, settings_changes
from itrack.targets.models import TargetRules
from itrack.targets.rules.track import Steps

WORDS = {
    "targets": ("target set", "targets set"),
    "targets cleared": ("target taken away", "targets taken away"),
    "cohort targets": ("cohort target set", "cohort targets set"),
    "cohort targets cleared": ("cohort target taken away", "cohort targets taken away"),
    "rules": ("change of how targets are read or set", "changes of how targets are read or set"),
}


@dataclass(frozen=True, slots=True)
class KeptRules:
    """A school that has said nothing lets leaders alone set targets, and wants the target's own band throughout."""

    teachers_set: bool = False
    steps: Steps = field(default_factory=dict)


def kept_rules(*, school: int, as_at: datetime | None = None) -> KeptRules:
    row = TargetRules.objects.filter(stood(as_at), school_id=school).values_list("teachers_set", "steps")
    for teachers_set, steps in row:
        told = {band: {int(slot): by for slot, by in by_slot.items()} for band, by_slot in steps.items()}
        return KeptRules(teachers_set, told)
    return KeptRules()


def target_changes(*, school: int, change_set: int | None = None) -> list[SettingsChange]:
    """The latest deeds on targets, newest first; or the one asked for, if it is the school's."""
    return settings_changes(school=school, kind=ChangeSet.Kind.TARGETS, words=WORDS, change_set=change_set)
