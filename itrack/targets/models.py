"""What a school wants its pupils to reach, pupil by pupil and as a cohort, and how it reads "on track"."""

from typing import ClassVar

from django.db import models

from itrack.curriculum.rules import BANDS
from itrack.foundation.models import Versioned
from itrack.foundation.personal_data import PUPIL, Delete, NotPersonal, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool

STANDS = models.Q(ended_at__isnull=True)
ANY_BAND = [band.code for band in BANDS]


class PupilTarget(Versioned):
    """What one pupil is to reach in a subject by an assessment point, as a mark of an assessment.

    `code`, `band` and `of_year` are as the scheme's version had them when it was set, like those of a judgement.
    """

    pupil = OfSchool("pupils.Pupil", models.CASCADE, related_name="+")
    point = OfSchool("schools.AssessmentPoint", models.PROTECT, related_name="+")
    subject = OfSchool("curriculum.Subject", models.PROTECT, related_name="+")
    assessment = OfSchool("curriculum.AssessmentName", models.PROTECT, related_name="+")
    option = OfSchool("curriculum.MarkOption", models.PROTECT, null=True, related_name="+")
    scheme = OfSchool("curriculum.MarkScheme", models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    code = models.CharField(max_length=10)
    band = models.CharField(max_length=10)
    of_year = models.CharField(max_length=2, blank=True)

    class Meta:
        verbose_name = "target"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "point", "subject", "pupil", "assessment"], condition=STANDS, name="one_target_stands"
            ),
            models.CheckConstraint(
                condition=models.Q(option__isnull=True, score__isnull=False)
                | models.Q(option__isnull=False, score__isnull=True),
                name="a_target_is_an_option_or_a_score",
            ),
            models.CheckConstraint(condition=models.Q(band__in=ANY_BAND), name="a_target_has_a_band"),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "pupil"], name="target_by_pupil")]

    class PersonalData(SchoolData):
        about = PUPIL
        reach = "pupil"
        purpose = Purpose.ASSESSMENT
        erase = Delete()
        keep = UntilAfter("the pupil left", years=1)
        export: ClassVar = {
            "point": "Target for",
            "subject": "Subject",
            "assessment": "Assessment",
            "code": "Target",
            "band": "Band",
            "of_year": "Against Year",
            "added_at": "Set on",
            "ended_at": "Replaced on",
        }
        internal = frozenset({"id", "school", "pupil", "added_by", "ended_by", "option", "scheme", "score"})

    def __str__(self) -> str:
        return f"target {self.pk}"


class CohortTarget(Versioned):
    """How many per cent of a class, a year group or the whole school are to be at a band or above by a point.

    Neither a class nor a year group: the whole school.
    """

    point = OfSchool("schools.AssessmentPoint", models.PROTECT, related_name="+")
    subject = OfSchool("curriculum.Subject", models.PROTECT, related_name="+")
    assessment = OfSchool("curriculum.AssessmentName", models.PROTECT, related_name="+")
    group = OfSchool("pupils.Group", models.PROTECT, null=True, related_name="+")
    year_group = models.CharField(max_length=2, blank=True)
    band = models.CharField(max_length=10, choices=[(band.code, band.name) for band in BANDS])
    percent = models.PositiveSmallIntegerField()

    PersonalData = NotPersonal("what a school wants of a class, a year group or all its pupils, as a percentage")

    class Meta:
        verbose_name = "cohort target"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "point", "subject", "assessment", "group", "year_group", "band"],
                condition=STANDS,
                nulls_distinct=False,
                name="one_cohort_target_stands",
            ),
            models.CheckConstraint(condition=models.Q(percent__gte=1, percent__lte=100), name="a_percentage_wanted"),
            models.CheckConstraint(
                condition=models.Q(group__isnull=True) | models.Q(year_group=""), name="a_class_or_a_year_group"
            ),
        ]

    def __str__(self) -> str:
        return f"cohort target {self.pk}"


class TargetRules(Versioned):
    """How a school works with targets: who sets them, and which band will do on the way to each band.

    `steps` is itrack.targets.rules.track.Steps with the half terms as text.
    """

    teachers_set = models.BooleanField(default=False)
    steps = models.JSONField(default=dict)

    PersonalData = NotPersonal("how a school works with targets")

    class Meta:
        verbose_name = "rules of targets"
        verbose_name_plural = "rules of targets"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], condition=STANDS, name="one_set_of_target_rules"),
        ]

    def __str__(self) -> str:
        return f"rules of targets {self.pk}"
