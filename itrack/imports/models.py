"""A transfer file between its arrival and its applying. The file itself is never kept: only the rows that may be."""

from typing import ClassVar

from django.db import models

from itrack.foundation.personal_data import PUPIL, Delete, NotPersonal, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned


class Batch(SchoolOwned):
    """One file as previewed. `roll_version` is the state of the roll the preview was made against."""

    class State(models.TextChoices):
        READY = "ready", "Waiting to be applied"
        QUEUED = "queued", "Being applied"
        APPLIED = "applied", "Applied"
        DISCARDED = "discarded", "Thrown away"

    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    by = OfSchool("accounts.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    roll_version = models.PositiveIntegerField()
    header = models.JSONField()
    ignored = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    applied_by = OfSchool("accounts.Membership", models.PROTECT, null=True, related_name="+")
    change_set = OfSchool("foundation.ChangeSet", models.PROTECT, null=True, related_name="+")

    PersonalData = NotPersonal("counts and names of elements; the pupils stand in the staged rows")

    class Meta:
        verbose_name = "import"
        indexes: ClassVar = [models.Index(fields=["school", "at"], name="batch_by_time")]

    def __str__(self) -> str:
        return f"import {self.pk}"


class StagedPupil(SchoolOwned):
    """One pupil of a file, checked and compared. Values are cleared when the file is applied or thrown away."""

    class Verdict(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Unchanged"
        CONFLICT = "conflict", "Needs you to choose"
        REJECTED = "rejected", "Refused"

    batch = OfSchool(Batch, models.CASCADE, related_name="staged")
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    pupil_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=210, blank=True)
    payload = models.JSONField(default=dict)
    differences = models.JSONField(default=list)
    conflict = models.JSONField(default=dict)
    choice = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "batch", "position"], name="one_staged_pupil_a_position")
        ]

    class PersonalData(SchoolData):
        about = PUPIL
        reach = "pupil_id"
        purpose = Purpose.ROLL
        export: ClassVar = {
            "name": "Name in a transfer file",
            "payload": "What a transfer file said",
            "differences": "What it would change",
            "conflict": "What had to be chosen",
        }
        internal = frozenset({"id", "school", "batch", "position", "line", "verdict", "pupil_id", "choice"})
        erase = Delete()
        keep = UntilAfter("the file was read", days=14)

    def __str__(self) -> str:
        return f"staged pupil {self.pk}"


class Progress(SchoolOwned):
    """How far an apply has come. Written beside the apply's own transaction, so that others can watch and stop it."""

    batch = OfSchool(Batch, models.CASCADE, related_name="+")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField()
    stop_asked = models.BooleanField(default=False)
    sentence = models.CharField(max_length=300, blank=True)

    PersonalData = NotPersonal("a count")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["school", "batch"], name="one_progress_a_batch")]

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"
