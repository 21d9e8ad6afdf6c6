"""The plan of a new year, kept so that it can be left and taken up again. Nothing of it counts until it is applied."""

from typing import ClassVar

from django.db import models

from itrack.foundation.personal_data import PUPIL, STAFF, Delete, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned


class YearPlan(SchoolOwned):
    """What was chosen for the academic year that starts in `year`. `version` counts the savings.

    `classes` and `points` are lists of plain values and `routes` maps cohorts ("12:4") to where they go, as the rules
    read them; they name classes, year groups and memberships, and no pupil. `steps` are the steps looked at.
    """

    year = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    last_day = models.DateField()
    classes = models.JSONField(default=list)
    routes = models.JSONField(default=dict)
    points = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    saved_by = OfSchool("accounts.Membership", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    applied = OfSchool("foundation.ChangeSet", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "plan of a new year"
        verbose_name_plural = "plans of a new year"
        constraints: ClassVar = [models.UniqueConstraint(fields=["school", "year"], name="one_plan_a_year")]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "saved_by"
        purpose = Purpose.ROLL
        export: ClassVar = {"year": "Year planned", "saved_at": "Saved on"}
        internal = frozenset(
            {"id", "school", "version", "last_day", "classes", "routes", "points", "steps", "saved_by", "applied"}
        )
        erase = Delete()
        keep = UntilAfter("the membership ended", years=1)

    def __str__(self) -> str:
        return f"plan of {self.year}"


class PupilChoice(SchoolOwned):
    """A pupil who goes another way than the class: into another one, in another year group, or on another day.

    By id and without a key: a plan keeps nobody from taking an import back, and a pupil who is gone counts no more.
    """

    plan = OfSchool(YearPlan, models.CASCADE, related_name="pupils")
    pupil_id = models.BigIntegerField()
    into = models.CharField(max_length=20, blank=True)
    year_group = models.CharField(max_length=20, blank=True)
    last_day = models.DateField(null=True)

    class Meta:
        verbose_name = "choice for the new year"
        verbose_name_plural = "choices for the new year"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "plan", "pupil_id"], name="one_choice_a_pupil_a_year")
        ]

    class PersonalData(SchoolData):
        about = PUPIL
        reach = "pupil_id"
        purpose = Purpose.ROLL
        export: ClassVar = {"into": "Planned for", "year_group": "Planned year group", "last_day": "Planned last day"}
        internal = frozenset({"id", "school", "plan", "pupil_id"})
        erase = Delete()
        keep = UntilAfter("the pupil left", years=1)

    def __str__(self) -> str:
        return f"choice {self.pk}"
