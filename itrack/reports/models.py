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
