"""A spreadsheet between its arrival and its being decided. The file itself is never kept: only cells of chosen columns.

What its columns were chosen to be is remembered by their names, so that the next sheet of the kind is read at once.
"""

from typing import ClassVar

from django.db import models

from itrack.foundation.personal_data import PUPIL, Delete, NotPersonal, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned

KEPT_DAYS = 2


class Spreadsheet(SchoolOwned):
    """One sheet as read. `columns` are [name, field, cells filled] in their order, "" for a column read past.

    `roll_version` is the state of the roll the preview was made against; `batch` the import its pupils went into.
    """

    class State(models.TextChoices):
        COLUMNS = "columns", "Waiting for its columns"
        READY = "ready", "Waiting to be applied"
        HANDED = "handed", "Read as an import"
        APPLIED = "applied", "Applied"
        DISCARDED = "discarded", "Thrown away"

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.COLUMNS)
    by = OfSchool("accounts.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    format = models.CharField(max_length=10)
    sheet = models.CharField(max_length=100, blank=True)
    sheets = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    point = OfSchool("schools.AssessmentPoint", models.PROTECT, null=True, related_name="+")
    assessment = models.BigIntegerField(default=0, db_default=0)  # 0: the main one
    taken_on = models.DateField(null=True)
    roll_version = models.PositiveIntegerField(default=0)
    batch = OfSchool("imports.Batch", models.PROTECT, null=True, related_name="+")
    applied_by = OfSchool("accounts.Membership", models.PROTECT, null=True, related_name="+")
    change_set = OfSchool("foundation.ChangeSet", models.PROTECT, null=True, related_name="+")

    PersonalData = NotPersonal("names of columns and counts; the pupils stand in the rows")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["school", "at"], name="spreadsheet_by_time")]

    def __str__(self) -> str:
        return f"spreadsheet {self.pk}"


class SpreadsheetRow(SchoolOwned):
    """One row: `cells` by the number of their column, chosen columns alone. Deleted once the sheet is decided.

    `told` says what would become of each cell: {"3": ["changed", "W", "E"]}, or the reason why not.
    """

    class Verdict(models.TextChoices):
        UNREAD = "unread", "Not compared yet"
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Unchanged"
        CONFLICT = "conflict", "Needs you to choose"
        REFUSED = "refused", "Refused"

    spreadsheet = OfSchool(Spreadsheet, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.UNREAD)
    pupil_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    told = models.JSONField(default=dict)
    choice = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "spreadsheet", "line"], name="one_row_a_line")
        ]

    class PersonalData(SchoolData):
        about = PUPIL
        reach = "pupil_id"
        purpose = Purpose.ROLL
        export: ClassVar = {
            "cells": "What a spreadsheet said",
            "reason": "Why it was refused",
            "told": "What it would change",
        }
        internal = frozenset({"id", "school", "spreadsheet", "line", "verdict", "pupil_id", "choice"})
        erase = Delete()
        keep = UntilAfter("the spreadsheet was read", days=KEPT_DAYS)

    def __str__(self) -> str:
        return f"row {self.pk}"


class RememberedColumn(SchoolOwned):
    """What a column of this name was last chosen to be; `field` is "" where it was read past."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    field = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    PersonalData = NotPersonal("names of columns")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["school", "kind", "name"], name="one_memory_a_column")]

    def __str__(self) -> str:
        return f"column {self.pk}"
