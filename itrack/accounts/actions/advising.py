"""Telling people how to keep user name and password safe: beside the invitation, and once a year on the way in."""

from datetime import datetime

from django.http import HttpRequest

from itrack.accounts.actions.signing_in import PROVED, Step, finish, proved
from itrack.accounts.models import Person
from itrack.accounts.queries.people import viewers_of
from itrack.foundation import audit
from itrack.foundation.promise import keeps
from itrack.foundation.tenancy.windows import writing


@keeps("users_are_asked_to_keep_their_login_details_safe")
def take_advice(*, request: HttpRequest, at: datetime) -> Step:
    """Notes that the person on the way in has read the advice, and lets them in."""
    person = proved(request=request, step=Step.ADVICE, now=at)
    if person is None:
        return Step.REFUSED
    factor = request.session[PROVED]["factor"]
    places = viewers_of(person=person)
    with writing(*(place.school for place in places)):
        Person.objects.filter(pk=person).update(advised_at=at)
        for place in places:
            audit.record(
                school=place.school,
                by=place.member,
                at=at,
                verb="advice.read",
                subject="membership",
                subject_id=place.member,
            )
    return finish(request=request, person=person, factor=factor, at=at)
