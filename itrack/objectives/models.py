"""What pupils can do, statement by statement, and in which subjects a school asks for it at all."""

from typing import ClassVar

from django.db import models

from itrack.foundation.models import Versioned
from itrack.foundation.personal_data import PUPIL, Delete, NotPersonal, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool
from itrack.objectives.rules.meter import OFTENEST

STANDS = models.Q(ended_at__isnull=True)


class StatementMark(Versioned):
    """How deep a pupil is in a statement, as judged on a day. No depth: the statement does not apply to the pupil.

    The statement belongs to one version of one framework, so a mark goes on saying what it said when another version
    follows. Nothing here knows years: a small step is a statement like any other.
    """

    pupil = OfSchool("pupils.Pupil", models.CASCADE, related_name="+")
    statement = OfSchool("frameworks.Statement", models.PROTECT, related_name="+")
    depth = OfSchool("frameworks.DepthOption", models.PROTECT, null=True, related_name="+")
    taken_on = models.DateField()

    class Meta:
        verbose_name = "statement mark"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "pupil", "statement"], condition=STANDS, name="one_statement_mark_stands"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "statement"], name="statement_mark_by_statement"),
            models.Index(fields=["school", "added_by"], name="statement_mark_by_deed"),
        ]

    class PersonalData(SchoolData):
        about = PUPIL
        reach = "pupil"
        purpose = Purpose.ASSESSMENT
        erase = Delete()
        keep = UntilAfter("the pupil left", years=1)
        export: ClassVar = {
            "statement": "Statement",
            "depth": "How deep, empty where it does not apply",
            "taken_on": "Judged on",
            "added_at": "Entered on",
            "ended_at": "Replaced on",
        }
        internal = frozenset({"id", "school", "pupil", "added_by", "ended_by"})

    def __str__(self) -> str:
        return f"statement mark {self.pk}"


class ObjectivesUse(Versioned):
    """That a school uses objectives in a subject, and how many times a year it wants each judged.

    The subject as itrack.frameworks.rules.years.subject_key has it, so that one setting holds for every framework.
    """

    subject = models.CharField(max_length=40)
    times = models.PositiveSmallIntegerField()

    PersonalData = NotPersonal("in which subjects a school uses objectives")

    class Meta:
        verbose_name = "use of objectives"
        verbose_name_plural = "uses of objectives"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "subject"], condition=STANDS, name="one_use_a_subject"),
            models.CheckConstraint(
                condition=models.Q(times__gte=1, times__lte=OFTENEST), name="judged_once_to_six_times_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.times} times a year"
