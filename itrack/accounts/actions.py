"""Bringing people in and signing them in and out."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest

from itrack.accounts.models import Membership, Person
from itrack.accounts.queries import viewers_of
from itrack.foundation import audit
from itrack.foundation.promise import keeps
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role, Viewer

PERSON, SCHOOL = "person", "school"
# Checked for unknown names, so that the answer takes as long as for a known one.
_NOBODY = make_password(None)


@transaction.atomic
def add_member(
    *, school: int, username: str, password: str, name: str, job_title: str, role: Role, by: int | None, at: datetime
) -> int:
    """Gives a new person a place in the school; returns the membership's id. The school's window must be open."""
    person = Person.objects.create(username=username, password=make_password(password))
    place = Membership.objects.create(school_id=school, person=person, name=name, job_title=job_title, role=role.value)
    audit.record(school=school, by=by, at=at, verb="member.added", subject="membership", subject_id=place.pk)
    return place.pk


@keeps("sensitive_data_only_for_people_the_school_chooses")
def sign_in(*, request: HttpRequest, username: str, password: str, at: datetime) -> Viewer | None:
    """Signs the person in if the password fits, else answers None, alike for known and unknown names."""
    person = Person.objects.filter(username=username, is_active=True).first()
    fits = check_password(password, person.password if person else _NOBODY)
    if person is None or not fits:
        return None
    places = viewers_of(person=person.pk)
    if not places:
        return None
    viewer = places[0]
    _begin_session(request, viewer)
    with writing(viewer.school):
        Person.objects.filter(pk=person.pk).update(last_login=at)
        audit.record(school=viewer.school, by=viewer.member, at=at, verb="member.signed_in")
    return viewer


def _begin_session(request: HttpRequest, viewer: Viewer) -> None:
    # A new key, so that a session planted before signing in is worth nothing after it.
    request.session.cycle_key()
    request.session[PERSON] = viewer.person
    request.session[SCHOOL] = viewer.school


def sign_out(*, request: HttpRequest) -> None:
    request.session.flush()
