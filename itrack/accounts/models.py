"""A person, and their place in each school they work for."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from itrack.foundation.personal_data import STAFF, Delete, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import SchoolOwned
from itrack.foundation.viewer import Role


class Person(AbstractBaseUser):
    """One account. It holds no right by itself: rights come with a membership."""

    username = models.CharField(max_length=80, unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager()

    class PersonalData(SchoolData):
        about = STAFF
        reach = "id"
        purpose = Purpose.ACCOUNTS
        export: ClassVar = {"username": "User name", "last_login": "Last signed in", "is_active": "May sign in"}
        internal = frozenset({"id", "password"})
        erase = Delete()
        keep = UntilAfter("the last membership ended", days=90)


class Membership(SchoolOwned):
    """A person's place in one school: what they are called there and what they may do."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    job_title = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "person"], name="one_membership_a_school"),
            models.CheckConstraint(condition=models.Q(role__in=[r.value for r in Role]), name="role_is_known"),
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "person"
        purpose = Purpose.ACCOUNTS
        export: ClassVar = {"name": "Name", "job_title": "Job title", "role": "Role", "ended_on": "Left on"}
        internal = frozenset({"id", "school", "person"})
        erase = Delete()
        keep = UntilAfter("the membership ended", years=1)

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}"
