"""A person, their place in each school they work for, and what lets them in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from itrack.accounts.rules_links import Purpose as LinkPurpose
from itrack.accounts.rules_sessions import Ended, Factor
from itrack.foundation.personal_data import STAFF, Delete, NotPersonal, Purpose, SchoolData, UntilAfter
from itrack.foundation.tenancy.fields import OfSchool, SchoolOwned
from itrack.foundation.viewer import Role

DIGEST = 64  # hex digits of the SHA-256 that stands for a token
ROLES = [(role.value, role.value) for role in Role]
FACTORS = [(factor.value, factor.value) for factor in Factor]


class Person(AbstractBaseUser):
    """One account. It holds no right by itself: rights come with a membership.

    Until an invitation is taken up there is no user name and no password. `live_key` is the digest of the one sign-in
    that holds: a newer one takes its place in a single row, so two can never hold at once.
    """

    username = models.CharField(max_length=80, unique=True, null=True)  # noqa: DJ001 - several may have none yet
    email = models.CharField(max_length=254, null=True)  # noqa: DJ001 - likewise
    is_active = models.BooleanField(default=True)
    password_set_at = models.DateTimeField(null=True)
    advised_at = models.DateTimeField(null=True)
    live_key = models.CharField(max_length=DIGEST, default="", db_default="")
    theme = models.CharField(max_length=10, default="", db_default="")
    density = models.CharField(max_length=10, default="", db_default="")

    USERNAME_FIELD = "username"
    objects = BaseUserManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("username"), name="one_account_a_user_name"),
            models.UniqueConstraint(Lower("email"), name="one_account_an_address"),
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "id"
        purpose = Purpose.ACCOUNTS
        export: ClassVar = {
            "username": "User name",
            "email": "E-mail",
            "last_login": "Last signed in",
            "is_active": "May sign in",
            "password_set_at": "Password set",
            "advised_at": "Last told how to keep the account safe",
            "theme": "Light or dark",
            "density": "How tightly tables are set",
        }
        internal = frozenset({"id", "password", "live_key"})
        erase = Delete()
        keep = UntilAfter("the last membership ended", days=90)


class Membership(SchoolOwned):
    """A person's place in one school: what they are called there and what they may do. Not before `joined_at`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    job_title = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=ROLES)
    joined_at = models.DateTimeField(null=True)
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
        export: ClassVar = {
            "name": "Name",
            "job_title": "Job title",
            "role": "Role",
            "joined_at": "Joined",
            "ended_on": "Left on",
        }
        internal = frozenset({"id", "school", "person"})
        erase = Delete()
        keep = UntilAfter("the membership ended", years=1)

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}"


class SignIn(SchoolOwned):
    """One stay in one school, from signing in to its end. The open ones are who is on now; old ones go in two weeks."""

    member = OfSchool("accounts.Membership", models.CASCADE, related_name="+")
    key = models.CharField(max_length=DIGEST)
    first_at = models.DateTimeField()
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=20, choices=[(why.value, why.value) for why in Ended], blank=True)
    device = models.CharField(max_length=60, blank=True)
    factor = models.CharField(max_length=10, choices=FACTORS, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["school", "member", "seen_at"], name="sign_ins_of_a_member"),
            models.Index(fields=["school", "ended_at", "seen_at"], name="sign_ins_by_time"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "key"], name="one_sign_in_a_key"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended="") | models.Q(ended_at__isnull=False, ended__gt=""),
                name="a_sign_in_ends_for_a_reason",
            ),
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "member"
        purpose = Purpose.ACCOUNTABILITY
        export: ClassVar = {
            "first_at": "Signed in",
            "began_at": "Came to this school",
            "seen_at": "Last seen",
            "ended_at": "Signed out",
            "ended": "Why it ended",
            "device": "Browser",
            "factor": "Second factor used",
        }
        internal = frozenset({"id", "school", "member", "key"})
        erase = Delete()
        keep = UntilAfter("the person was last seen", days=14)

    def __str__(self) -> str:
        return f"sign-in {self.pk}"


class RoleRule(SchoolOwned):
    """What a school has settled for one of its roles, where that differs from how the product begins."""

    role = models.CharField(max_length=20, choices=ROLES)
    idle_minutes = models.PositiveSmallIntegerField()
    longest_hours = models.PositiveSmallIntegerField()
    second_factor = models.BooleanField()
    whole_school = models.BooleanField()

    PersonalData = NotPersonal("a school's settings")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "role"], name="one_rule_a_role"),
            models.CheckConstraint(
                condition=models.Q(idle_minutes__range=(5, 240), longest_hours__range=(1, 24)), name="limits_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"rule for {self.role}"


class Usual(SchoolOwned):
    """What a member of staff last chose somewhere, so that it is there on any device. Ids and codes only."""

    member = OfSchool("accounts.Membership", models.CASCADE, related_name="+")
    where = models.CharField(max_length=40)
    choices = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "member", "where"], name="one_usual_choice_a_place")
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "member"
        purpose = Purpose.ACCOUNTS
        export: ClassVar = {"where": "Where", "choices": "What was last chosen"}
        internal = frozenset({"id", "school", "member"})
        erase = Delete()
        keep = UntilAfter("the membership ended", years=1)

    def __str__(self) -> str:
        return f"usual choice {self.pk}"


class OfPerson(models.Model):
    """Something of an account, whatever school it works for. The reading window never sees these tables."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class SecondFactor(OfPerson):
    """A passkey, an authenticator app or one recovery code. `sealed` is readable with the program's key alone."""

    kind = models.CharField(max_length=10, choices=FACTORS)
    name = models.CharField(max_length=60, blank=True)
    # A passkey's credential id, a recovery code's digest; empty for an authenticator app.
    handle = models.CharField(max_length=700, blank=True)
    sealed = models.TextField(blank=True)
    # The app's last step taken, or the passkey's counter: neither may ever go back.
    counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(kind=Factor.APP.value), name="one_authenticator_app_a_person"
            ),
            models.UniqueConstraint(
                fields=["handle"], condition=models.Q(kind=Factor.PASSKEY.value), name="a_passkey_is_one_persons"
            ),
        ]

    class PersonalData(SchoolData):
        about = STAFF
        reach = "person"
        purpose = Purpose.ACCOUNTS
        export: ClassVar = {"kind": "Kind", "name": "Name", "added_at": "Added", "used_at": "Last used"}
        internal = frozenset({"id", "person", "handle", "sealed", "counter"})
        erase = Delete()
        keep = UntilAfter("the last membership ended", days=90)

    def __str__(self) -> str:
        return f"second factor {self.pk}"


class Link(OfPerson):
    """A link sent by mail, good once and for a while: to take up an invitation, or to set a new password."""

    purpose = models.CharField(max_length=10, choices=[(one.value, one.value) for one in LinkPurpose])
    digest = models.CharField(max_length=DIGEST, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    place = models.ForeignKey("schools.School", models.CASCADE, null=True, related_name="+")

    class PersonalData(SchoolData):
        about = STAFF
        reach = "person"
        purpose = Purpose.ACCOUNTS
        export: ClassVar = {"purpose": "For", "made_at": "Sent", "expires_at": "Good until", "used_at": "Used"}
        internal = frozenset({"id", "person", "digest", "place"})
        erase = Delete()
        keep = UntilAfter("it expired", days=30)

    def __str__(self) -> str:
        return f"link {self.pk}"


class KnownDevice(OfPerson):
    """A browser in which this person has signed in: a stranger's wrong guesses do not hold it up."""

    digest = models.CharField(max_length=DIGEST, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class PersonalData(SchoolData):
        about = STAFF
        reach = "person"
        purpose = Purpose.ACCOUNTS
        export: ClassVar = {"made_at": "First used", "used_at": "Last used"}
        internal = frozenset({"id", "person", "digest"})
        erase = Delete()
        keep = UntilAfter("it was last used", days=180)

    def __str__(self) -> str:
        return f"known device {self.pk}"


class Holdup(models.Model):
    """Wrong tries against one account, one source or one link, kept under a keyed digest, and until when to wait."""

    digest = models.CharField(max_length=DIGEST, unique=True)
    tries = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    until = models.DateTimeField()

    class PersonalData(SchoolData):
        about = STAFF
        reach = "digest"
        purpose = Purpose.ACCOUNTS
        export: ClassVar = {}
        internal = frozenset({"id", "digest", "tries", "last_at", "until"})
        erase = Delete()
        keep = UntilAfter("the last wrong try", days=30)

    def __str__(self) -> str:
        return f"hold-up {self.pk}"
