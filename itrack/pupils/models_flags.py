"""What the school itself says of a pupil's flags, in place of what the record would give."""

from typing import ClassVar

from django.db import models

from itrack.foundation.models import Versioned
from itrack.foundation.tenancy.fields import OfSchool
from itrack.pupils.models_pupil_data import OURS, STANDS, PupilData
from itrack.pupils.rules_answers import NO, PLAN, SUPPORT, UNKNOWN, YES, Flag
from itrack.pupils.rules_reasons import SAYS, TITLES


class FlagOverride(Versioned):
    """The school's word on one flag of a pupil in one academic year (`year` is the year it starts in).

    No row means: as recorded.
    """

    pupil = OfSchool("pupils.Pupil", models.CASCADE, related_name="flags")
    flag = models.CharField(max_length=20, choices=[(flag.value, TITLES[flag]) for flag in Flag])
    year = models.PositiveSmallIntegerField()
    says = models.CharField(max_length=10, choices=list(SAYS.items()))

    class Meta:
        verbose_name = "flag set by the school"
        verbose_name_plural = "flags set by the school"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "pupil", "flag", "year"], condition=STANDS, name="one_word_a_flag_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(says__in=[NO, UNKNOWN])
                | (models.Q(flag=Flag.SEN.value) & models.Q(says__in=[SUPPORT, PLAN]))
                | (~models.Q(flag=Flag.SEN.value) & models.Q(says=YES)),
                name="sen_says_which_provision",
            ),
        ]

    class PersonalData(PupilData):
        export: ClassVar = {"flag": "Flag set by the school", "year": "For the year from", "says": "As set"}
        internal = OURS

    def __str__(self) -> str:
        return f"flag {self.pk}"
