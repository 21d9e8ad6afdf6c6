"""What teachers write in annual reports to parents, how far each report has come, and the runs that print them."""

from typing import ClassVar

from django.db import models

from itrack.foundation.models import Versioned
from itrack.foundation.personal_data import (
    PUPIL,
    STAFF,
    Delete,
    NotPersonal,
    Purpose,
    SchoolData,
    UntilAfter,
)
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned
from itrack.parents.rules.report import State

STANDS = models.Q(ended_at__isnull=True)


class Comment(Versioned):
    """What a report of that academic year says of one pupil in a subject; without a subject, in general."""

    pupil = OfSchool("pupils.Pupil", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    subject = OfSchool("curriculum.Subject", models.PROTECT, null=True, related_name="+")
    text = models.TextField()

    class Meta:
        verbose_name = "comment for parents"
        verbose_name_plural = "comments for parents"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "pupil", "year", "subject"],
                condition=STANDS,
                nulls_distinct=False,
                name="one_comment_a_subject_stands",
            )
        ]

    class PersonalData(SchoolData):
        about = PUPIL
        reach = "pupil"
        purpose = Purpose.ASSESSMENT
        export: ClassVar = {
            "year": "Annual report of",
            "subject": "Subject",
            "text": "What the report said",
            "added_at": "Written on",
            "ended_at": "Replaced on",
        }
        internal = frozenset({"id", "school", "pupil", "added_by", "ended_by"})
        erase = Delete()
        keep = UntilAfter("the pupil left", years=1)

    def __str__(self) -> str:
        return f"comment {self.pk}"


class ReportState(Versioned):
    """How far a pupil's report of a year has come. Without a row it is a draft."""

    pupil = OfSchool("pupils.Pupil", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(one.value, one.words) for one in State])

    class Meta:
        verbose_name = "state of a parent report"
        verbose_name_plural = "states of parent reports"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "pupil", "year"], condition=STANDS, name="one_state_a_parent_report"
            )
        ]

    class PersonalData(SchoolData):
        about = PUPIL
        reach = "pupil"
        purpose = Purpose.ASSESSMENT
        export: ClassVar = {"year": "Annual report of", "state": "How far it had come", "added_at": "Since"}
        internal = frozenset({"id", "school", "pupil", "added_by", "ended_by", "ended_at"})
        erase = Delete()
        keep = UntilAfter("the pupil left", years=1)

    def __str__(self) -> str:
        return f"state {self.pk}"


class SchoolWords(Versioned):
    """What every report of the school says: how to talk about it, and the national figures beside its own."""

    discuss = models.TextField(blank=True)
    national = models.TextField(blank=True)

    PersonalData = NotPersonal("what a school writes to all parents alike")

    class Meta:
        verbose_name = "words to all parents"
        verbose_name_plural = "words to all parents"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], condition=STANDS, name="one_set_of_words_to_parents")
        ]

    def __str__(self) -> str:
        return f"words to parents {self.pk}"


class Logo(Versioned):
    """The school's logo as a PNG of our own making: nothing of the uploaded file is kept."""

    png = models.BinaryField()

    PersonalData = NotPersonal("a school's public logo")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], condition=STANDS, name="one_logo_a_school"),
        ]

    def __str__(self) -> str:
        return f"logo {self.pk}"


class Run(SchoolOwned):
    """Reports of a class, or of the whole school, made into one file. The file is thrown away the night after."""

    class State(models.TextChoices):
        QUEUED = "queued", "Being made"
        MADE = "made", "Made"
        STOPPED = "stopped", "Not made"

    by = OfSchool("accounts.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    year = models.PositiveSmallIntegerField()
    group = OfSchool("pupils.Group", models.CASCADE, null=True, related_name="+")
    only_read = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField()
    stop_asked = models.BooleanField(default=False)
    sentence = models.CharField(max_length=300, blank=True)
    pdf = models.BinaryField(default=b"")

    class Meta:
        verbose_name = "run of parent reports"
        verbose_name_plural = "runs of parent reports"
        indexes: ClassVar = [models.Index(fields=["school", "at"], name="report_run_by_time")]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "by"
        purpose = Purpose.ASSESSMENT
        export: ClassVar = {
            "at": "Parent reports asked for on",
            "year": "Of the year",
            "state": "What became of it",
        }
        internal = frozenset(
            {"id", "school", "by", "group", "only_read", "done", "total"} | {"beat_at", "stop_asked", "sentence", "pdf"}
        )
        erase = Delete()
        keep = UntilAfter("the file was made", days=2)

    def __str__(self) -> str:
        return f"run {self.pk}: {self.done} of {self.total}"
