"""A school arrives: the school itself and an invitation to its first administrator, or neither."""

from datetime import datetime

from django.db import transaction

from itrack.accounts.actions.invitations import invite, resend_invitation
from itrack.accounts.models import Membership
from itrack.foundation import audit
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.mailing.rules.addresses import settled_address
from itrack.schools.api import NewSchool, add_school, school_by_urn


@transaction.atomic
def take_on(*, new: NewSchool, name: str, job_title: str, email: str, at: datetime) -> int:
    """Adds the school and invites the person of that name and address as its administrator; returns the school's id.

    Refused with a sentence for each thing that is wrong. The invitation is sent by the worker.
    """
    school = add_school(new=new)
    with writing(school):
        audit.record(school=school, by=None, at=at, verb="school.added", subject="school", subject_id=school)
        invite(school=school, name=name, job_title=job_title, email=email, role=Role.ADMINISTRATOR, by=None, at=at)
    return school


@transaction.atomic
def invite_first_again(*, urn: str, email: str, at: datetime) -> int:
    """Has the first administrator's invitation sent again while nobody in the school can; returns the school's id."""
    school = school_by_urn(urn=urn)
    if school is None:
        raise Refused("There is no school with this URN. Nothing was sent.")
    with writing(school.id):
        administrators = Membership.objects.filter(
            school_id=school.id, role=Role.ADMINISTRATOR.value, ended_on__isnull=True
        )
        if administrators.filter(joined_at__isnull=False).exists():
            raise Refused("This school has an administrator, who sends invitations under School, People.")
        invited = administrators.filter(person__email=settled_address(email)).values_list("pk", flat=True).first()
        if invited is None:
            raise Refused("No administrator of this school is invited at this address. Nothing was sent.")
        resend_invitation(school=school.id, member=invited, by=None, at=at)
    return school.id
