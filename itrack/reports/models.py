"""What a reader of reports asked to be remembered, and what a school does not show to readers without names."""

from typing import ClassVar

from django.db import models

from itrack.foundation.personal_data import STAFF, Delete, NotPersonal, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned
from itrack.reports.rules.suppression.holding import FEW, FEWEST, MOST


class UsualView(SchoolOwned):
    """The filters a report begins with for one member of staff. `filters` holds ids and codes, as an address does."""

    member = OfSchool("accounts.Membership", models.CASCADE, related_name="+")
    report = models.CharField(max_length=40)
    filters = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "member", "report"], name="one_usual_view_a_report")
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "member"
        purpose = Purpose.ACCOUNTS
        export: ClassVar = {"report": "Report", "filters": "Filters it begins with"}
        internal = frozenset({"id", "school", "member"})
        erase = Delete()
        keep = UntilAfter("the membership ended", years=1)

    def __str__(self) -> str:
        return f"usual view {self.pk}"


class SmallNumbers(SchoolOwned):
    """Counts of one to `upto` are held back from governors and trusts. A school without a row keeps to the usual."""

    PersonalData = NotPersonal("how a school guards small numbers")

    upto = models.PositiveSmallIntegerField(default=FEW)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], name="one_rule_for_small_numbers"),
            models.CheckConstraint(
                condition=models.Q(upto__gte=FEWEST, upto__lte=MOST), name="small_numbers_are_neither_none_nor_all"
            ),
        ]

    def __str__(self) -> str:
        return f"small numbers of school {self.school_id}"


class RollUp(SchoolOwned):
    """What the school's own overview without names shows of a subject at a point that has closed, for its trust.

    None is a figure held back there: it is not stored here. Point and subject are told by what schools share, slot and
    name. Held back were counts of one to `upto` with what gives them away in the reports `beside`, as the record stood
    when the day `as_at` ended.
    """

    PersonalData = NotPersonal("counts of pupils, from which small ones are left out before they are stored")

    year = models.PositiveSmallIntegerField()
    slot = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=40)
    below = models.PositiveIntegerField(null=True)
    towards = models.PositiveIntegerField(null=True)
    expected = models.PositiveIntegerField(null=True)
    greater = models.PositiveIntegerField(null=True)
    secure = models.PositiveIntegerField(null=True)
    counted = models.PositiveIntegerField(null=True)
    upto = models.PositiveSmallIntegerField()
    beside = models.CharField(max_length=16)
    as_at = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "year", "slot", "subject"], name="one_roll_up_a_subject")
        ]

    def __str__(self) -> str:
        return f"roll-up {self.pk}"
