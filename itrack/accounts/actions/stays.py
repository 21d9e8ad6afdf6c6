"""Sign-ins begin and end here. An account has one that holds: `Person.live_key` names it, in one row.

Whoever signs in takes the person's row, ends what was open and puts the new key in. Fifty at once therefore queue for
the row, and the last of them is the one that holds.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from itrack.accounts.actions.devices import forget_strange_devices, know_device, known_device
from itrack.accounts.actions.doors import come_in
from itrack.accounts.actions.holdups import count_wrong, hold_back
from itrack.accounts.models import Person, SignIn
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.queries.stays import Stay, newest_stay, open_stays, stay_of
from itrack.accounts.rules_devices import device_of
from itrack.accounts.rules_links import digest, new_token
from itrack.accounts.rules_sessions import NOTED_EVERY, Ended
from itrack.foundation import audit
from itrack.foundation.promise import keeps
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Viewer

# What a session holds: the key of a sign-in and its school; or why the last one ended; or whom a new one put out.
KEY, SCHOOL, OVER, PUT_OUT = "key", "school", "over", "put_out"
QUARRELLED = "Each sign-in to this account ended another, again and again. Sign out on the other device first."


@keeps("logged_in_presence_is_recorded_and_seen_by_few")
@keeps("an_account_is_signed_in_at_one_place_at_a_time")
def begin_stay(*, request: HttpRequest, viewer: Viewer, factor: str, at: datetime) -> None:
    """Signs the person in at that place; every other sign-in of theirs, in any school, is over from now on.

    Raises TooManyTries when browsers have put one another out again and again.
    """
    token, device = new_token(), device_of(request.headers.get("User-Agent", ""))
    schools = _schools(viewer.person)
    with writing(*schools):
        come_in()
        Person.objects.select_for_update(no_key=True).get(pk=viewer.person)
        put_out = _put_out(request, schools, viewer.person, factor, at)
        row = _open(viewer, token, first_at=at, at=at, device=device, factor=factor)
        Person.objects.filter(pk=viewer.person).update(last_login=at)
        know_device(request=request, person=viewer.person, at=at)
        audit.record(school=viewer.school, by=viewer.member, at=at, verb="member.signed_in", subject_id=row.pk)
    # A new session altogether, so that one planted before signing in is worth nothing after it.
    request.session.flush()
    request.session.update({KEY: token, SCHOOL: viewer.school} | ({PUT_OUT: put_out} if put_out else {}))


def _put_out(request: HttpRequest, schools: Sequence[int], person: int, factor: str, at: datetime) -> dict[str, str]:
    """Ends the sign-in that holds; tells its browser and when it began, {} for none.

    Whoever has the password may end its owner's sign-in, so that is slowed down; a second factor is the owner's own.
    """
    held = [stay for stay in open_stays(schools=schools, person=person, now=at) if stay.over is None]
    device = known_device(request=request, person=person)
    what = [f"replaced:{person}" if device is None else f"replaced:device-{device}"]
    if held and not factor:
        hold_back(what=what, now=at, why=QUARRELLED)
    _end_open(schools=schools, person=person, why=Ended.REPLACED, at=at)
    if not held:
        return {}
    count_wrong(what=what, at=at)
    return {"device": held[0].device, "began": held[0].began_at.isoformat()}


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


def _end_open(*, schools: Sequence[int], person: int, why: Ended, at: datetime) -> None:
    """Ends what is open in these schools, for that reason, or for the one that had ended it unnoticed."""
    for stay in open_stays(schools=schools, person=person, now=at):
        row = SignIn.objects.filter(school_id=stay.school, pk=stay.id)
        row.update(ended_at=at, ended=(stay.over or why).value)


@keeps("an_account_is_signed_in_at_one_place_at_a_time")
def end_everywhere(*, person: int, why: Ended, at: datetime) -> None:
    """Ends whatever sign-in the person has, in every school: after a new password, or when an account is closed."""
    schools = _schools(person)
    with writing(*schools):
        Person.objects.select_for_update(no_key=True).get(pk=person)
        _end_open(schools=schools, person=person, why=why, at=at)
        Person.objects.filter(pk=person).update(live_key="")


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


@keeps("logged_in_presence_is_recorded_and_seen_by_few")
@keeps("an_account_is_signed_in_at_one_place_at_a_time")
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
    over = _reason(stay, at) if stay and stay.over else None
    request.session.flush()
    if over:
        request.session[OVER] = over


def _reason(stay: Stay, at: datetime) -> dict[str, Any]:
    """Why a sign-in is over, kept for the page that asks for the next; with the newer one, where that is the reason."""
    why = {"why": stay.over and stay.over.value, "at": (stay.ended_at or at).isoformat()}
    newer = newest_stay(person=stay.viewer.person) if stay.over is Ended.REPLACED else None
    return why | (newer or {})


def disown(*, request: HttpRequest, at: datetime) -> None:
    """ "It was not me": ends the sign-in that put this browser's out, if it still holds. Once: then there is nothing
    left to end from here. Browsers other than this one are strangers to the account again.
    """
    over = request.session.pop(OVER, {})
    person, newer = over.get("person"), over.get("newer")
    with writing():
        owner = Person.objects.select_for_update(no_key=True).filter(pk=person).first() if newer else None
        holds = owner is not None and owner.live_key == newer
        if holds:
            end_everywhere(person=person, why=Ended.CLOSED, at=at)
            forget_strange_devices(request=request, person=person)
            _note_disowned(over, at)
    request.session[OVER] = {"why": "disowned" if holds else "gone", "at": at.isoformat()}


def _note_disowned(over: dict[str, Any], at: datetime) -> None:
    with writing(over["school"]):
        audit.record(
            school=over["school"], by=over["member"], at=at, verb="member.disowned", subject_id=over["sign_in"]
        )


def said_once(*, request: HttpRequest) -> dict[str, str] | None:
    """Whom this sign-in put out, for the first page it opens. Forgotten before that page's window opens."""
    opens = request.method == "GET" and request.accepts("text/html") and "HX-Request" not in request.headers
    if not opens or PUT_OUT not in request.session:
        return None
    held: dict[str, str] = request.session.pop(PUT_OUT)
    request.session.save()
    request.session.modified = False  # saved, so not once more after the page
    return held
