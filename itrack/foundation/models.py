"""Tables every domain leans on: the audit log and the change sets with what they replaced."""

from typing import ClassVar

from django.db import models

from itrack.foundation.personal_data import PUPIL, STAFF, Delete, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned


class AuditEntry(SchoolOwned):
    """Who did or looked at what, when. Ids, field names and counts, never values: erasure need not edit history."""

    at = models.DateTimeField()
    by = OfSchool("accounts.Membership", models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    fields = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["school", "at"], name="audit_by_time"),
            models.Index(fields=["school", "subject", "subject_id"], name="audit_by_subject"),
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "by"
        purpose = Purpose.ACCOUNTABILITY
        export: ClassVar = {
            "at": "When",
            "verb": "What was done",
            "subject": "To what",
            "fields": "Which fields",
            "counts": "How many",
        }
        internal = frozenset({"id", "school", "by", "subject_id"})
        erase = Delete()
        keep = UntilAfter("the entry was made", years=1)

    def __str__(self) -> str:
        return f"{self.verb} at {self.at:%Y-%m-%d %H:%M}"


class ChangeSet(SchoolOwned):
    """One deed on a school's record, which can be taken back while nothing later depends on it."""

    class Kind(models.TextChoices):
        ROLL_IMPORT = "import", "Import of a transfer file"
        MARKS = "marks", "Marks entered"
        CLASSES = "classes", "Classes changed"
        JOINER = "joiner", "Joiner added by hand"
        MERGE = "merge", "Two records made one"
        CALENDAR = "calendar", "Year and terms changed"
        SUBJECTS = "subjects", "Subjects changed"
        SCHEME = "scheme", "Mark scheme changed"
        FRAMEWORK = "framework", "Framework of statements changed"
        STATEMENTS = "statements", "Objectives judged"
        RESULTS = "results", "Statutory results entered"
        TARGETS = "targets", "Targets set"
        MOVED = "moved", "Marks moved or copied"
        SHEET = "sheet", "Import of a spreadsheet"
        FLAGS = "flags", "Pupils' flags changed"
        LEAVING = "leaving", "Joiners and leavers"
        ROLLOVER = "rollover", "Roll-over to a new year"
        PARENTS = "parents", "Reports to parents written"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = OfSchool("accounts.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = OfSchool("accounts.Membership", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["school", "at"], name="change_set_by_time")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="undone_by_someone_at_some_time",
            )
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "by"
        purpose = Purpose.ACCOUNTABILITY
        export: ClassVar = {
            "kind": "What was done",
            "at": "When",
            "counts": "How many",
            "undone_at": "When it was taken back",
        }
        internal = frozenset({"id", "school", "by", "undone_by"})
        erase = Delete()
        keep = UntilAfter("the pupils it touched left", years=1)

    def __str__(self) -> str:
        return f"change set {self.pk} ({self.kind})"


class Replaced(SchoolOwned):
    """A row as it stood before a change set altered it in place, so that undo can put it back."""

    change_set = OfSchool("foundation.ChangeSet", models.CASCADE, related_name="+")
    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    pupil_id = models.BigIntegerField(null=True)
    before = models.JSONField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["school", "change_set"], name="replaced_by_change_set"),
            models.Index(fields=["school", "table", "row_id"], name="replaced_by_row"),
            models.Index(fields=["school", "pupil_id"], name="replaced_by_pupil"),
        ]

    class PersonalData(SchoolData):
        about = PUPIL
        reach = "pupil_id"
        purpose = Purpose.ACCOUNTABILITY
        export: ClassVar = {"before": "How the record stood before a change"}
        internal = frozenset({"id", "school", "change_set", "table", "row_id", "pupil_id"})
        erase = Delete()
        keep = UntilAfter("the pupil left", years=1)

    def __str__(self) -> str:
        return f"{self.table} {self.row_id} before change set {self.change_set_id}"


class Recorded(SchoolOwned):
    """A row that a change set brought, and that undoing the change set takes away."""

    added_by = OfSchool("foundation.ChangeSet", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Versioned(Recorded):
    """A fact that is never overwritten: a later one ends it. `ended_at` empty means it stands today."""

    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = OfSchool("foundation.ChangeSet", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
