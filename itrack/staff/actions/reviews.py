"""The termly review: decided person by person, signed once, and reminded of until then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from itrack.accounts.api import PlaceFacts, accounts_of, members_to_tell, take_places
from itrack.foundation import audit, clock
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Role
from itrack.schools.api import take_settings
from itrack.staff.actions.people import change_person, remove_person
from itrack.staff.models import SentReminder, StaffReview
from itrack.staff.queries.people import Person, people
from itrack.staff.queries.reviews import record_of, review_now
from itrack.staff.rules.reviews import Asked, State, reminder_on, seal, seen_now

KEEP, REMOVE = "keep", "remove"
# Who is written to: the administrators, and where there is none, the head.
REMINDED = (Role.ADMINISTRATOR, Role.HEAD)


class Counted(StrEnum):
    PEOPLE = "people"
    KEPT = "kept"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that is now on record, and the members to write to."""

    asked: Asked
    kind: str
    members: list[int]


@keeps("accounts_are_reviewed_at_least_once_a_term")
@transaction.atomic
def sign_review(*, school: int, seen: str, decisions: Mapping[int, str], by: int, at: datetime) -> int:
    """Carries out the decisions and signs the review of the term; returns its id. Whole or not at all.

    `decisions` says for each member "keep", "remove" or the role they get; `seen` is the list the signer decided on.
    """
    take_places(school=school, by=by)
    today = clock.day_of(at)
    asked = _open_review(school, today)
    accounts = accounts_of(school=school)
    listed = [one for one in people(school=school, accounts=accounts, today=today) if one.here]
    if seen != seen_now((one.member, one.place.role, one.state) for one in listed):
        raise Refused(
            "Somebody has joined, changed role or left since you opened the review. Nothing was changed or signed. "
            "Open the review again and look."
        )
    if {one.member for one in listed} != set(decisions):
        raise Refused("Each person needs a decision. Nothing was changed or signed. Open the review again.")
    for one in listed:
        _carry_out(school, one, decisions[one.member], by, at)
    return _sign(school, asked, listed, decisions, by, at)


def _open_review(school: int, today: date) -> Asked:
    asked = review_now(school=school, day=today)
    if asked is None:
        raise Refused("No term has begun, so there is nothing to review yet. Nothing was signed.")
    if asked.state is State.SIGNED:
        raise Refused("This term’s review is signed already. Nothing was changed.")
    return asked


def _carry_out(school: int, one: Person, decision: str, by: int, at: datetime) -> None:
    if decision == KEEP:
        return
    if decision == REMOVE:
        remove_person(school=school, member=one.member, to=None, by=by, at=at)
        return
    seen = PlaceFacts(one.place.name, one.place.job_title, one.place.role)
    facts = PlaceFacts(one.place.name, one.place.job_title, Role(decision))
    change_person(school=school, member=one.member, seen=seen, facts=facts, by=by, at=at)


def _sign(school: int, asked: Asked, listed: list[Person], decisions: Mapping[int, str], by: int, at: datetime) -> int:
    review = StaffReview(
        school_id=school,
        year=asked.term.year,
        number=asked.term.number,
        due_on=asked.term.ends,
        signed_at=at,
        signed_by_id=by,
        counts=_counts(decisions),
        lines=[_line(one, decisions[one.member]) for one in listed],
    )
    review.seal = seal(record_of(review))
    review.save(force_insert=True)
    counts = review.counts
    audit.record(
        school=school, by=by, at=at, verb="review.signed", subject="review", subject_id=review.pk, counts=counts
    )
    return review.pk


def _counts(decisions: Mapping[int, str]) -> dict[str, int]:
    made = list(decisions.values())
    changed = [decision for decision in made if decision not in (KEEP, REMOVE)]
    return {
        Counted.PEOPLE.value: len(made),
        Counted.KEPT.value: made.count(KEEP),
        Counted.CHANGED.value: len(changed),
        Counted.REMOVED.value: made.count(REMOVE),
    }


def _line(one: Person, decision: str) -> dict[str, Any]:
    """A person as the signer saw them. Ids and codes; names are looked up when the review is read."""
    last = one.account.last_sign_in
    return {
        "member": one.member,
        "role": one.place.role.value,
        "state": one.state.value,
        "last": clock.day_of(last).isoformat() if last else "",
        "factor": one.account.has_factor,
        "look_again": list(one.look_again),
        "decision": decision,
    }


@keeps("accounts_are_reviewed_at_least_once_a_term")
@transaction.atomic
def remind(*, school: int, at: datetime) -> Reminded | None:
    """Notes the reminder that is due today, once each; None when none is, or when it went out already."""
    take_settings(school=school)
    today = clock.day_of(at)
    asked = review_now(school=school, day=today)
    kind = reminder_on(asked, today) if asked else None
    if asked is None or kind is None:
        return None
    year, number = asked.key
    told = SentReminder.objects.filter(school_id=school, year=year, number=number, kind=kind.value)
    if told.exists():
        return None
    members = members_to_tell(school=school, roles=REMINDED)
    SentReminder.objects.create(
        school_id=school, year=year, number=number, kind=kind.value, sent_at=at, people=len(members)
    )
    return Reminded(asked, kind.value, members)
