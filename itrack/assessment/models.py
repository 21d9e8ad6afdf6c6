"""What was judged, tested and reported. Nothing is overwritten: a later mark ends the earlier one."""

from typing import ClassVar

from django.db import models

from itrack.foundation.models import Versioned
from itrack.foundation.personal_data import PUPIL, Delete, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool

STANDS = models.Q(ended_at__isnull=True)
VERSION = frozenset({"id", "school", "pupil", "added_by", "ended_by"})


class PupilAssessment(SchoolData):
    about = PUPIL
    reach = "pupil"
    purpose = Purpose.ASSESSMENT
    erase = Delete()
    keep = UntilAfter("the pupil left", years=1)


class Judgement(Versioned):
    """A mark of any kind for one pupil, subject, assessment point and assessment. The change set says who made it.

    It is an option of its scheme or a score. `code` is how it is written and `band` what it means, both as it was when
    it was made: the scheme's version does not change any more. `of_year` is the year group it was judged against, ""
    for the pupil's own. One copied from an earlier point stands unconfirmed, and counts nowhere until a person has
    said that it is right.
    """

    pupil = OfSchool("pupils.Pupil", models.CASCADE, related_name="+")
    point = OfSchool("schools.AssessmentPoint", models.PROTECT, related_name="+")
    subject = OfSchool("curriculum.Subject", models.PROTECT, related_name="+")
    assessment = OfSchool("curriculum.AssessmentName", models.PROTECT, related_name="+")
    option = OfSchool("curriculum.MarkOption", models.PROTECT, null=True, related_name="+")
    scheme = OfSchool("curriculum.MarkScheme", models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    code = models.CharField(max_length=10)
    band = models.CharField(max_length=10, blank=True)
    of_year = models.CharField(max_length=2, blank=True)
    taken_on = models.DateField(null=True)
    confirmed = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "point", "subject", "pupil", "assessment"],
                condition=STANDS,
                name="one_judgement_stands",
            ),
            models.CheckConstraint(
                condition=models.Q(option__isnull=True, score__isnull=False)
                | models.Q(option__isnull=False, score__isnull=True),
                name="a_mark_is_an_option_or_a_score",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "pupil"], name="judgement_by_pupil")]

    class PersonalData(PupilAssessment):
        export: ClassVar = {
            "point": "Assessment point",
            "subject": "Subject",
            "assessment": "Assessment",
            "code": "Mark",
            "band": "Band",
            "of_year": "Judged against Year",
            "taken_on": "Taken on",
            "confirmed": "Confirmed",
            "added_at": "Made on",
            "ended_at": "Replaced on",
        }
        internal = VERSION | {"option", "scheme", "score"}

    def __str__(self) -> str:
        return f"judgement {self.pk}"


class Result(Versioned):
    """A statutory result with the fields a transfer file gives it. `year` is the end year of the academic year.

    A code without a known meaning keeps its text and `recognised` False: shown, counted nowhere.
    """

    pupil = OfSchool("pupils.Pupil", models.CASCADE, related_name="+")
    stage = models.CharField(max_length=20)
    locale = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=20, blank=True)
    method = models.CharField(max_length=20, blank=True)
    component = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, blank=True)
    qualifier = models.CharField(max_length=20, blank=True)
    result = models.CharField(max_length=20, blank=True)
    result_date = models.DateField(null=True)
    recognised = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "pupil", "stage", "year", "subject", "method", "component", "qualifier"],
                condition=STANDS,
                name="one_result_stands",
            )
        ]

    class PersonalData(PupilAssessment):
        export: ClassVar = {
            "stage": "Stage",
            "locale": "Country",
            "year": "Year",
            "subject": "Subject",
            "method": "Method",
            "component": "Component",
            "status": "Status",
            "qualifier": "Kind of result",
            "result": "Result",
            "result_date": "Date of result",
            "added_at": "Recorded on",
            "ended_at": "Replaced on",
        }
        internal = VERSION | {"recognised"}

    def __str__(self) -> str:
        return f"result {self.pk}"
