"""For somebody who has lost every second proof they had, recovery codes too: an administrator takes these away."""

from datetime import datetime

from django.db import transaction

from itrack.accounts.actions.factors import UNCHANGED, tell_owner
from itrack.accounts.actions.places import take_places
from itrack.accounts.actions.stays import end_everywhere
from itrack.accounts.models import Membership, Person, SecondFactor
from itrack.accounts.queries.factors import factors_of
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.rules_sessions import Ended
from itrack.foundation import audit
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing


@transaction.atomic
def forget_factors(*, school: int, member: int, by: int, at: datetime) -> None:
    """Removes every second factor of the person, signs them out and tells them by mail; the password stays theirs.

    Refused for oneself, whose page is My account, and for somebody whom another school trusts by the same proof.
    """
    take_places(school=school, by=by)
    held = Membership.objects.filter(school_id=school, pk=member, ended_on__isnull=True).first()
    if held is None or not factors_of(person=held.person_id):
        raise Refused(f"This person has no second proof here that could be taken away. {UNCHANGED}")
    if held.pk == by:
        raise Refused(f"Your own second proofs are changed on My account. {UNCHANGED}")
    if len(viewers_of(person=held.person_id)) > 1:
        raise Refused(f"{held.name} works for another school too, so whoever runs iTRACK has to do this. {UNCHANGED}")
    Person.objects.select_for_update(no_key=True).get(pk=held.person_id)
    SecondFactor.objects.filter(person_id=held.person_id).delete()
    end_everywhere(person=held.person_id, why=Ended.FACTOR, at=at)
    with writing(school):
        audit.record(
            school=school, by=by, at=at, verb="second_factor.forgotten", subject="membership", subject_id=member
        )
    tell_owner(held.person_id)
