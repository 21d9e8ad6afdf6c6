"""Frameworks of statements: what a pupil is meant to be able to do, in order, with a scale of depth beside it.

Framework "National curriculum", version "2014" → strand "Place value" of Maths, Year 3 → statement MA.3.NPV.01. Each
school holds its own copy, so that it may edit one and a new curriculum can stand beside the old.
"""

from typing import ClassVar

from django.db import models

from itrack.foundation.models import Recorded
from itrack.foundation.personal_data import NotPersonal
from itrack.foundation.tenancy.fields import OfSchool
from itrack.frameworks.rules.scale import HIGHEST_DEPTH


class Framework(Recorded):
    class Owner(models.TextChoices):
        OWN = "own", "The school's own"
        SHIPPED = "shipped", "Comes with the product"
        TRUST = "trust", "The trust's"

    class Kind(models.TextChoices):
        CURRICULUM = "curriculum", "National curriculum"
        EARLY = "early", "Early learning goals"
        STEPS = "steps", "Small steps"
        OTHER = "other", "Another curriculum"

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    owner = models.CharField(max_length=10, choices=Owner.choices)
    # First and last academic year it is for, by the year they start in; empty for no bound.
    from_year = models.PositiveSmallIntegerField(null=True)
    until_year = models.PositiveSmallIntegerField(null=True)
    archived_on = models.DateField(null=True)

    PersonalData = NotPersonal("what a school teaches, in statements")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "name", "version"], name="one_framework_a_name_and_version"),
            models.CheckConstraint(
                condition=models.Q(from_year__isnull=True)
                | models.Q(until_year__isnull=True)
                | models.Q(from_year__lte=models.F("until_year")),
                name="framework_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.version}"


class DepthOption(Recorded):
    """A step of a framework's depth scale. Not `taught`: in no denominator, which "not yet" is."""

    framework = OfSchool(Framework, models.CASCADE, related_name="depths")
    code = models.CharField(max_length=1)
    name = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()
    taught = models.BooleanField()
    secure = models.BooleanField()
    position = models.PositiveSmallIntegerField()

    PersonalData = NotPersonal("a school's scale of depth")

    class Meta:
        verbose_name = "depth"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "framework", "code"], name="one_depth_a_code"),
            models.CheckConstraint(condition=models.Q(value__lte=HIGHEST_DEPTH), name="depth_within_its_scale"),
            models.CheckConstraint(
                condition=models.Q(taught=True) | models.Q(secure=False), name="only_the_taught_is_secure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Strand(Recorded):
    """A part of a subject for some year groups, such as fractions for Year 4."""

    framework = OfSchool(Framework, models.CASCADE, related_name="strands")
    subject = models.CharField(max_length=40)
    from_year_group = models.CharField(max_length=2)
    to_year_group = models.CharField(max_length=2)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()

    PersonalData = NotPersonal("a part of a subject")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "framework", "subject", "from_year_group", "to_year_group", "name"],
                name="one_strand_a_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.name}"


class Statement(Recorded):
    """What a pupil can do, in one short sentence. Once judged its text stands; it is retired, not reworded."""

    framework = OfSchool(Framework, models.CASCADE, related_name="statements")
    strand = OfSchool(Strand, models.CASCADE, related_name="statements")
    code = models.CharField(max_length=24)
    text = models.CharField(max_length=200)
    # Which part of the programme of study it serves.
    pointer = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField()
    retired_on = models.DateField(null=True)

    PersonalData = NotPersonal("what pupils are taught to do")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "framework", "code"], name="one_statement_a_code")
        ]
        indexes: ClassVar = [models.Index(fields=["school", "strand", "position"], name="statements_of_strand")]

    def __str__(self) -> str:
        return self.code
