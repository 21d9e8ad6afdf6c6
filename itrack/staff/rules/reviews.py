"""The review of accounts that each term asks for: when it is due, when it is overdue, and who is reminded when.

A term asks from its first day until the next term begins; its last day is the day by which to sign.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from itrack.schools.rules import Term

FORTNIGHT, LAST_DAYS = timedelta(days=14), timedelta(days=3)
# From when the review stands among what is due, so that it does not stand there all term.
SHOWN_FROM: Final = timedelta(days=28)


class State(StrEnum):
    SIGNED = "signed"
    DUE = "due"
    OVERDUE = "overdue"
    MISSED = "missed"


class Reminder(StrEnum):
    """Each is sent once a term."""

    FORTNIGHT = "two weeks before"
    LAST_DAYS = "three days before"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Asked:
    """A term's review and how it stands."""

    term: Term
    state: State

    @property
    def key(self) -> tuple[int, int]:
        return self.term.year, self.term.number


def reviews_asked(terms: Sequence[Term], *, since: date, signed: Collection[tuple[int, int]], day: date) -> list[Asked]:
    """The reviews asked for up to that day, latest last. `since` is when the school's first person could sign in.

    Only the latest can still be signed; an earlier one nobody signed was missed.
    """
    begun = [term for term in terms if term.starts <= day and term.ends >= since]
    told = [Asked(term, State.SIGNED if (term.year, term.number) in signed else State.MISSED) for term in begun]
    if told and told[-1].state is State.MISSED:
        told[-1] = Asked(begun[-1], State.OVERDUE if day > begun[-1].ends else State.DUE)
    return told


def reminder_on(asked: Asked, day: date) -> Reminder | None:
    """Which reminder is in place on that day; one whose day was missed is taken over by the next."""
    if asked.state is State.OVERDUE:
        return Reminder.OVERDUE
    if asked.state is not State.DUE:
        return None
    if day >= asked.term.ends - LAST_DAYS:
        return Reminder.LAST_DAYS
    return Reminder.FORTNIGHT if day >= asked.term.ends - FORTNIGHT else None


def stands_among_what_is_due(asked: Asked, day: date) -> bool:
    return asked.state is State.OVERDUE or (asked.state is State.DUE and day >= asked.term.ends - SHOWN_FROM)


def seal(record: Mapping[str, Any]) -> str:
    """64 hex digits that any change to the record would change."""
    said = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def seen_now(people: Iterable[tuple[int, str, str]]) -> str:
    """A short word for who is on the list, as what and how: another word later means that it is another list."""
    return hashlib.blake2b(repr([tuple(map(str, one)) for one in people]).encode(), digest_size=8).hexdigest()
