"""Sign-ins begin and end here. An account has one that holds: `Person.live_key` names it, in one row.

Whoever signs in takes the person's row, ends what was open and puts the new key in. Fifty at once therefore queue for
the row, and the last of them is the one that holds.
"""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest

from itrack.accounts.actions.devices import know_device
from itrack.accounts.models import Person, SignIn
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.queries.stays import Stay, stay_of
from itrack.accounts.rules_devices import device_of
from itrack.accounts.rules_links import digest, new_token
from itrack.accounts.rules_sessions import NOTED_EVERY, Ended
from itrack.foundation import audit
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Viewer

# What a session holds: the key of a sign-in and its school; or why the last one ended; or whom a new one put out.
KEY, SCHOOL, OVER, PUT_OUT = "key", "school", "over", "put_out"


def begin_stay(*, request: HttpRequest, viewer: Viewer, factor: str, at: datetime) -> None:
    """Signs the person in at that place; every other sign-in of theirs, in any school, is over from now on."""
    token, device = new_token(), device_of(request.headers.get("User-Agent", ""))
    schools = _schools(viewer.person)
    with writing(*schools):
        Person.objects.select_for_update(no_key=True).get(pk=viewer.person)
        put_out = _end_open(schools=schools, person=viewer.person, why=Ended.REPLACED, at=at)
        row = _open(viewer, token, first_at=at, at=at, device=device, factor=factor)
        Person.objects.filter(pk=viewer.person).update(last_login=at)
        know_device(request=request, person=viewer.person, at=at)
        audit.record(school=viewer.school, by=viewer.member, at=at, verb="member.signed_in", subject_id=row.pk)
    # A new session altogether, so that one planted before signing in is worth nothing after it.
    request.session.flush()
    request.session.update({KEY: token, SCHOOL: viewer.school} | ({PUT_OUT: put_out} if put_out else {}))


def move_stay(*, request: HttpRequest, viewer: Viewer, to: Viewer, at: datetime) -> None:
    """Takes the person, signed in at one of their places, to another of them. The clock of 12 hours runs on."""
    token = new_token()
    with writing(viewer.school, to.school):
        Person.objects.select_for_update(no_key=True).get(pk=viewer.person)
        before = SignIn.objects.get(school_id=viewer.school, pk=viewer.sign_in)
        _end_open(schools=[viewer.school], person=viewer.person, why=Ended.MOVED, at=at)
        row = _open(to, token, first_at=before.first_at, at=at, device=before.device, factor=before.factor)
        audit.record(school=to.school, by=to.member, at=at, verb="member.came_over", subject_id=row.pk)
    request.session.cycle_key()
    request.session.update({KEY: token, SCHOOL: to.school})


def _schools(person: int) -> list[int]:
    return [place.school for place in viewers_of(person=person)]


def _open(viewer: Viewer, token: str, *, first_at: datetime, at: datetime, device: str, factor: str) -> SignIn:
    key = digest(token)
    row = SignIn.objects.create(
        school_id=viewer.school,
        member_id=viewer.member,
        key=key,
        first_at=first_at,
        began_at=at,
        seen_at=at,
        device=device,
        factor=factor,
    )
    Person.objects.filter(pk=viewer.person).update(live_key=key)
    return row


def _end_open(*, schools: Sequence[int], person: int, why: Ended, at: datetime) -> str:
    """Ends what is open in these schools; tells the browser and the time of the latest, "" for none."""
    open_ones = SignIn.objects.filter(school_id__in=schools, member__person_id=person, ended_at__isnull=True)
    latest = open_ones.order_by("-seen_at").values_list("device", "began_at").first()
    ids = list(open_ones.values_list("pk", flat=True))
    SignIn.objects.filter(school_id__in=schools, pk__in=ids).update(ended_at=at, ended=why.value)
    return f"{latest[0]}|{latest[1].isoformat()}" if latest else ""


def end_everywhere(*, person: int, why: Ended, at: datetime) -> None:
    """Ends whatever sign-in the person has, in every school: after a new password, or when an account is closed."""
    schools = _schools(person)
    with writing(*schools):
        Person.objects.filter(pk=person).update(live_key="")
        _end_open(schools=schools, person=person, why=why, at=at)


def end_stay(*, request: HttpRequest, viewer: Viewer, why: Ended, at: datetime) -> None:
    """Ends the sign-in of this request."""
    with writing(viewer.school):
        _end(viewer, why, at)
        audit.record(school=viewer.school, by=viewer.member, at=at, verb="member.signed_out", subject_id=viewer.sign_in)
    request.session.flush()


def _end(viewer: Viewer, why: Ended, at: datetime) -> None:
    mine = SignIn.objects.filter(school_id=viewer.school, pk=viewer.sign_in)
    key = mine.values_list("key", flat=True).first()
    mine.filter(ended_at__isnull=True).update(ended_at=at, ended=why.value)
    # Not the key of a newer sign-in elsewhere.
    Person.objects.filter(pk=viewer.person, live_key=key).update(live_key="")


def arrive(*, request: HttpRequest, at: datetime) -> Viewer | None:
    """Who is asking, told from the session; notes that they were seen, before any page opens its window.

    A sign-in that no longer holds is ended here, and the session keeps the reason for the page that asks to sign in.
    """
    key, school = request.session.get(KEY), request.session.get(SCHOOL)
    if not isinstance(key, str) or not isinstance(school, int):
        return None
    with writing(school):
        stay = stay_of(school=school, key=key, now=at)
        if stay is not None and stay.over is None:
            _note(stay, at)
            return stay.viewer
        if stay is not None and stay.ended_at is None and stay.over is not None:
            _end(stay.viewer, stay.over, at)
    _forget(request, stay, at)
    return None


def _note(stay: Stay, at: datetime) -> None:
    if at - stay.seen_at >= NOTED_EVERY:
        SignIn.objects.filter(school_id=stay.viewer.school, pk=stay.viewer.sign_in).update(seen_at=at)


def _forget(request: HttpRequest, stay: Stay | None, at: datetime) -> None:
    over = {"why": stay.over.value, "at": (stay.ended_at or at).isoformat()} if stay and stay.over else None
    request.session.flush()
    if over:
        request.session[OVER] = over
