"""The tenant and its calendar."""

from typing import ClassVar

from django.db import models

from itrack.foundation.models import Recorded
from itrack.foundation.personal_data import NotPersonal


class Trust(models.Model):
    """A trust that runs schools. Being of one opens nothing: each school chooses who of it sees what."""

    name = models.CharField(max_length=120, unique=True)

    PersonalData = NotPersonal("a trust's public name")

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school that keeps its record here. The identifiers are public: GIAS lists them."""

    class Country(models.TextChoices):
        ENGLAND = "ENG", "England"
        WALES = "WLS", "Wales"

    class Phase(models.TextChoices):
        INFANT = "infant", "Infant"
        JUNIOR = "junior", "Junior"
        PRIMARY = "primary", "Primary"
        SPECIAL = "special", "Special"

    urn = models.CharField(max_length=6, unique=True)
    la = models.CharField(max_length=3)
    estab = models.CharField(max_length=4)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=3, choices=Country.choices, default=Country.ENGLAND)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.PRIMARY, db_default=Phase.PRIMARY)
    # Only so that nobody there takes it for a password.
    town = models.CharField(max_length=120, default="", db_default="")
    trust = models.ForeignKey(Trust, models.PROTECT, null=True, related_name="+")
    # "itrack", "iasend": what the school has subscribed to, and from when until when.
    products = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    subscribed_from = models.DateField(null=True)
    subscribed_until = models.DateField(null=True)

    PersonalData = NotPersonal("a school's public identifiers")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["la", "estab"], name="one_school_per_establishment_number"),
            models.CheckConstraint(
                condition=models.Q(subscribed_until__gte=models.F("subscribed_from")),
                name="a_subscription_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AssessmentPoint(Recorded):
    """One of the six half-term slots of an academic year in which marks are entered.

    `year` is the calendar year in which the academic year starts; `slot` runs from 1 (Autumn 1) to 6 (Summer 2).
    """

    year = models.PositiveSmallIntegerField()
    slot = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=30)
    opens_on = models.DateField()
    closes_on = models.DateField()
    # A school that asks for marks three times a year keeps all six points and shows the second of each term.
    shown = models.BooleanField(default=True, db_default=True)

    PersonalData = NotPersonal("a school's calendar")

    class Meta:
        verbose_name = "assessment point"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "year", "slot"], name="one_point_per_slot"),
            models.CheckConstraint(condition=models.Q(slot__gte=1, slot__lte=6), name="six_slots_a_year"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="point_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.year}/{(self.year + 1) % 100:02d}"
