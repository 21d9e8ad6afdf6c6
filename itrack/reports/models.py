"""What a reader of reports asked to be remembered."""

from typing import ClassVar

from django.db import models

from itrack.foundation.personal_data import STAFF, Delete, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned


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
