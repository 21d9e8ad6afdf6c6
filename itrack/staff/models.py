"""Who moved between roles, came or went; the reviews that were signed; and the reminders that went out."""

from typing import ClassVar

from django.db import models

from itrack.foundation.personal_data import STAFF, Delete, NotPersonal, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned
from itrack.staff.rules.reviews import Reminder


class Move(SchoolOwned):
    """A change of role, a going or a coming back: what the audit log, which holds no values, cannot say of it."""

    class Kind(models.TextChoices):
        ROLE = "role", "Changed role"
        LEFT = "left", "Removed"
        BACK = "back", "Brought back"

    member = OfSchool("accounts.Membership", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    # The change set that took their classes with it.
    classes = OfSchool("foundation.ChangeSet", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["school", "member", "at"], name="moves_of_a_member"),
            models.Index(fields=["school", "at"], name="moves_by_time"),
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "member"
        purpose = Purpose.ACCOUNTABILITY
        export: ClassVar = {"kind": "What changed", "at": "When", "before": "Role before", "after": "Role after"}
        internal = frozenset({"id", "school", "member", "classes"})
        erase = Delete()
        keep = UntilAfter("the change was made", years=1)

    def __str__(self) -> str:
        return f"{self.kind} of member {self.member_id}"


class StaffReview(SchoolOwned):
    """One term's review as it was signed. The program may add one and never change it; `seal` shows whether it holds.

    `lines` are the people reviewed: member, role, state, last day signed in, what was worth a look, and the decision.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    signed_at = models.DateTimeField()
    signed_by = OfSchool("accounts.Membership", models.PROTECT, related_name="+")
    counts = models.JSONField()
    lines = models.JSONField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "year", "number"], name="one_review_a_term"),
            models.CheckConstraint(condition=models.Q(number__range=(1, 3)), name="three_terms_a_year"),
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "signed_by"
        purpose = Purpose.ACCOUNTABILITY
        export: ClassVar = {
            "year": "Academic year",
            "number": "Term",
            "due_on": "Due",
            "signed_at": "Signed",
            "counts": "How many people",
        }
        internal = frozenset({"id", "school", "signed_by", "lines", "seal"})
        erase = Delete()
        keep = UntilAfter("the review was signed", years=6)

    def __str__(self) -> str:
        return f"review {self.year}-{self.number}"


class SentReminder(SchoolOwned):
    """That a term's reminder went out: once each."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Reminder])
    sent_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()

    PersonalData = NotPersonal("that a school was reminded, and how many people were written to")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "year", "number", "kind"], name="each_reminder_once_a_term")
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.year}-{self.number}"
