"""Everybody with a place in a school: who they are there, and how their account stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from itrack.accounts.models import Link, Membership, RoleRule, SecondFactor, SignIn
from itrack.accounts.rules_links import Purpose
from itrack.accounts.rules_sessions import usual_limits
from itrack.foundation.models import AuditEntry
from itrack.foundation.viewer import Role

INVITED = ("member.invited", "member.invited_again")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in a school. `joined_at` is None until the invitation is taken up, `ended_on` while it lasts."""

    member: int
    name: str
    job_title: str
    role: Role
    joined_at: datetime | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """How a member's account stands. `invited_at` and `invited_until` tell of an invitation not taken up yet."""

    email: str
    last_sign_in: datetime | None
    has_factor: bool
    invited_at: datetime | None
    invited_until: datetime | None


def places(*, school: int) -> list[PlaceRow]:
    """Everybody who has or had a place, by name."""
    rows = Membership.objects.filter(school_id=school).order_by("name", "pk")
    told = rows.values_list("pk", "name", "job_title", "role", "joined_at", "ended_on")
    return [PlaceRow(pk, name, title, Role(role), joined, ended) for pk, name, title, role, joined, ended in told]


def place(*, school: int, member: int) -> PlaceRow | None:
    """One of them; None for a member of another school."""
    return next((row for row in places(school=school) if row.member == member), None)


def accounts_of(*, school: int) -> dict[int, AccountRow]:
    """Each member's account in one question. Reads tables the reading window never sees: ask before it opens."""
    links = Link.objects.filter(
        person_id=OuterRef("person_id"),
        place_id=school,
        purpose=Purpose.INVITATION.value,
        used_at__isnull=True,
    ).order_by("-made_at")
    rows = Membership.objects.filter(school_id=school).annotate(
        email=F("person__email"),
        last=F("person__last_login"),
        factor=Exists(SecondFactor.objects.filter(person_id=OuterRef("person_id"))),
        sent=Subquery(_invitations(school).values("at")[:1]),
        until=Subquery(links.values("expires_at")[:1]),
    )
    told = rows.values_list("pk", "email", "last", "factor", "sent", "until", "joined_at")
    return {
        pk: AccountRow(
            email or "", last if joined else None, factor, None if joined else sent, None if joined else until
        )
        for pk, email, last, factor, sent, until, joined in told
    }


def _invitations(school: int) -> QuerySet[AuditEntry]:
    """The deeds that invited each member, the latest first. The link itself is made later, with the letter."""
    deeds = AuditEntry.objects.filter(
        school_id=school, subject="membership", subject_id=OuterRef("pk"), verb__in=INVITED
    )
    return deeds.order_by("-at")


def roles_with_factor(*, school: int) -> set[Role]:
    """The roles that must have a second factor, as the school settled or as the product begins."""
    settled = dict(RoleRule.objects.filter(school_id=school).values_list("role", "second_factor"))
    return {role for role in Role if settled.get(role.value, usual_limits(role).second_factor)}


def members_to_tell(*, school: int, roles: Sequence[Role]) -> list[int]:
    """Those of the roles who can sign in, to write to; of the first role that anybody has."""
    for role in roles:
        here = Membership.objects.filter(
            Q(joined_at__isnull=False, ended_on__isnull=True), school_id=school, role=role.value
        )
        if found := list(here.order_by("pk").values_list("pk", flat=True)):
            return found
    return []


def address_of(*, school: int, member: int) -> str:
    """Where to write to a member while they are here; "" for no address. Not for the reading window."""
    here = Membership.objects.filter(school_id=school, pk=member, ended_on__isnull=True)
    return here.values_list("person__email", flat=True).first() or ""


def first_joined(*, school: int) -> datetime | None:
    """When the first of the school's people could sign in; None while nobody can."""
    joined = Membership.objects.filter(school_id=school, joined_at__isnull=False)
    return joined.order_by("joined_at").values_list("joined_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Standing:
    """Places in all the schools whose window is open, by how they stand; and what leavers still have open."""

    active: int
    invited: int
    left: int
    administrators: int
    open_to_leavers: int


def standing(*, now: datetime) -> Standing:
    """Counts over the open window. Sign-ins and links of people who left should be none. Not for the reading window."""
    rows, left = Membership.objects, Q(ended_on__isnull=False)
    gone = Membership.objects.filter(left, person_id=OuterRef("person_id"), school_id=OuterRef("place_id"))
    links = Link.objects.filter(Exists(gone), used_at__isnull=True, expires_at__gt=now)
    stays = SignIn.objects.filter(member__ended_on__isnull=False, ended_at__isnull=True)
    return Standing(
        active=rows.filter(~left, joined_at__isnull=False).count(),
        invited=rows.filter(~left, joined_at__isnull=True).count(),
        left=rows.filter(left).count(),
        administrators=rows.filter(~left, joined_at__isnull=False, role=Role.ADMINISTRATOR.value).count(),
        open_to_leavers=stays.count() + links.count(),
    )
