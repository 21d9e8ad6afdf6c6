"""What is taught and how it is marked. Each school holds its own, so that it may edit them."""

from typing import ClassVar

from django.db import models

from itrack.curriculum.rules import BANDS
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
    name = models.CharField(max_length=40)

    PersonalData = NotPersonal("a school's way of marking")

    class Meta:
        verbose_name = "mark scheme"
        constraints: ClassVar = [models.UniqueConstraint(fields=["school", "name"], name="one_scheme_a_name")]

    def __str__(self) -> str:
        return self.name


class MarkOption(Recorded):
    """One mark of a scheme and the band it means. No band: the mark is shown and counted nowhere."""

    scheme = OfSchool(MarkScheme, models.CASCADE, related_name="options")
    code = models.CharField(max_length=4)
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
