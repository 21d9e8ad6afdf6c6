"""A promise is a sentence of the published policy, bound to the code that keeps it and to evidence from the running
system.

    PROMISE = Enforced(
        id="P21",
        says="Routines that only read have no permission to write.",
        since=date(2026, 11, 23),
        kept_by=[windows.reading],
        evidence=observe.reader_rights,
    )

The function that keeps it wears `@keeps("sentence_as_a_file_name")`, so whoever edits it sees what rests on it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

Kept = TypeVar("Kept", bound=Callable[..., Any])


class Kind(StrEnum):
    ENFORCED = "enforced"
    PROBED = "probed"
    ATTESTED = "attested"
    PLAIN = "plain"
    UNPROVED = "unproved"


class State(StrEnum):
    HOLDING = "holding"
    FAILING = "failing"
    STALE = "stale"
    UNPROVED = "unproved"
    WORDING = "wording only"


@dataclass(frozen=True)
class Seen:
    """What the evidence saw in the live system, in words a data officer can weigh, and whether that keeps the word."""

    holds: bool
    observed: str


@dataclass(frozen=True)
class Enforced:
    """Control, proof and evidence: the strongest kind."""

    id: str
    says: str
    since: date
    kept_by: Sequence[Callable[..., Any]]
    evidence: Callable[[], Seen]
    kind: Kind = Kind.ENFORCED


def keeps(promise: str) -> Callable[[Kept], Kept]:
    """Marks the function on which a promise rests. Adds nothing to the call."""

    def mark(function: Kept) -> Kept:
        function.__dict__.setdefault("keeps", []).append(promise)
        return function

    return mark
