"""What is taught and how it is marked. Each school holds its own, so that it may edit them."""

from typing import ClassVar

from django.db import models

from itrack.curriculum.rules import BANDS
from itrack.curriculum.rules_schemes import KIND_NAMES, Kind
from itrack.foundation.models import Recorded
from itrack.foundation.personal_data import NotPersonal
from itrack.foundation.tenancy.fields import OfSchool


class Subject(Recorded):
    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    # From this day on no new assessment point asks for it; what was marked stays.
    retired_on = models.DateField(null=True)

    PersonalData = NotPersonal("a school's list of subjects")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["school", "name"], name="one_subject_a_name")]

    def __str__(self) -> str:
        return self.name


class MarkScheme(Recorded):
    """One version of a way of marking. Once marks use it, it stands as it is and a change makes the next version.

    `bands` are `rules_schemes.BandRule`s as data. The range is for scores; without one it is the usual of the kind.
    """

    name = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    kind = models.CharField(
        max_length=12, choices=[(kind.value, words) for kind, words in KIND_NAMES.items()],
        default=Kind.RELATIVE.value, db_default=Kind.RELATIVE.value,
    )  # fmt: skip
    lowest = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    highest = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    bands = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    # A trust's scheme is used in its schools as the trust made it.
    locked = models.BooleanField(default=False, db_default=False)

    PersonalData = NotPersonal("a school's way of marking")

    class Meta:
        verbose_name = "mark scheme"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "name", "version"], name="one_scheme_a_version"),
            models.CheckConstraint(condition=models.Q(highest__gte=models.F("lowest")), name="a_range_goes_up"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class MarkOption(Recorded):
    """One mark of a scheme and the band it means. No band: the mark is shown and counted nowhere."""

    scheme = OfSchool(MarkScheme, models.CASCADE, related_name="options")
    code = models.CharField(max_length=6)
    name = models.CharField(max_length=40)
    band = models.CharField(max_length=10, blank=True, choices=[(band.code, band.name) for band in BANDS])
    position = models.PositiveSmallIntegerField()

    PersonalData = NotPersonal("a school's way of marking")

    class Meta:
        verbose_name = "mark option"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "scheme", "code"], name="one_option_a_code"),
            models.CheckConstraint(
                condition=models.Q(band__in=["", *(band.code for band in BANDS)]), name="band_is_one_of_four"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AssessmentName(Recorded):
    """What is assessed beside the teacher's judgement, or that judgement itself: "Main assessment", "Reading test".

    New marks are read by `scheme`, the version in use; those it had before keep theirs. `subjects` are the ids of the
    subjects it is for, none for all. What is read only is history: its marks are shown and no new ones are taken.
    """

    name = models.CharField(max_length=40)
    scheme = OfSchool(MarkScheme, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    subjects = models.JSONField(default=list)
    read_only = models.BooleanField(default=False)

    PersonalData = NotPersonal("a school's list of assessments")

    class Meta:
        verbose_name = "assessment"
        constraints: ClassVar = [models.UniqueConstraint(fields=["school", "name"], name="one_assessment_a_name")]

    def __str__(self) -> str:
        return self.name
