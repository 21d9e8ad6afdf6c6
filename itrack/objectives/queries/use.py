"""In which subjects a school uses objectives. It starts with none: nobody is made to tick lists."""

from itrack.foundation.models import ChangeSet
from itrack.objectives.models import ObjectivesUse
from itrack.schools.api import SettingsChange

SHOWN = 8
WORDS = {
    "objectives used": ("subject set to use objectives", "subjects set to use objectives"),
    "objectives left": ("subject set to do without objectives", "subjects set to do without objectives"),
}


def used_subjects(*, school: int) -> dict[str, int]:
    """Subject, as subject_key has it, → how many times a year each statement is to be judged."""
    rows = ObjectivesUse.objects.filter(school_id=school, ended_at__isnull=True)
    return dict(rows.values_list("subject", "times"))


def use_changes(*, school: int, change_set: int | None = None) -> list[SettingsChange]:
    """The latest deeds on where objectives are used, newest first; or the one asked for, if it is the school's."""
    found = ChangeSet.objects.filter(
        school_id=school, kind=ChangeSet.Kind.SUBJECTS, counts__has_any_keys=list(WORDS)
    ).order_by("-pk")
    if change_set is not None:
        found = found.filter(pk=change_set)
    rows = found.values_list("pk", "at", "by__name", "counts", "undone_at")[:SHOWN]
    return [SettingsChange(pk, at, by, _said(counts), undone) for pk, at, by, counts, undone in rows]


def _said(counts: dict[str, int]) -> str:
    said = [f"{n} {one if n == 1 else many}" for key, (one, many) in WORDS.items() if (n := counts.get(key, 0))]
    return ", ".join(said)
