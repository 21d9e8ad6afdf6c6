"""Figures a school puts in itself, beside those worked out from its pupils."""

from typing import ClassVar

from django.db import models

from itrack.foundation.models import Versioned
from itrack.foundation.personal_data import NotPersonal


class SchoolFigure(Versioned):
    """The official figure of one measure and year, as somebody entered it; or the standard of a year's phonics check.

    With `national` it is what the Department published for England, put in by the school in the place of the one that
    came with the product, or of none. A later entry ends it; the change set says who made it. `year` is the end year of
    the academic year.
    """

    measure = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=5, decimal_places=1)
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)
    national = models.BooleanField(default=False, db_default=False)
    published = models.CharField(max_length=40, blank=True, default="", db_default="")

    PersonalData = NotPersonal("a figure of a school as a whole, which is published")

    class Meta:
        verbose_name = "official figure"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "measure", "year", "national"],
                condition=models.Q(ended_at__isnull=True),
                name="one_figure_of_a_kind_stands",
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0, value__lte=120), name="an_official_figure_is_a_share_or_a_score"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.year}"
