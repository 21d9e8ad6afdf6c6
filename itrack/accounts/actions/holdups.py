"""Wrong tries are counted and slowed down here: for passwords, codes, links, and whatever else can be guessed at.

    what = counted_against(request=request, kind="account", name=account_name(typed))
    hold_back(what=what, now=at)         # TooManyTries while there is a wait
    ...                                  # look at what was typed, and then either
    count_wrong(what=what, at=at)
    forgive(what=what)

All in one transaction: tries against one account queue from `wait_for` on, so that fifty at once are judged one after
the other. Nobody is kept waiting with the line open: holding up is a refusal that says when to come back.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest

from itrack.accounts.actions.devices import known_device
from itrack.accounts.models import Holdup
from itrack.accounts.rules_holdups import (
    FORGOTTEN_AFTER,
    NO_WAIT,
    Pace,
    Tries,
    after_wrong,
    how_long,
    networks,
    one_at_a_time,
    paces_of,
    source_of,
    still_to_wait,
)
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused

# Locks of this kind, apart from every other advisory lock of the program.
TRYING = 7_203_116


class TooManyTries(Refused):
    """The answer to a try that comes too early, right or wrong. Its Retry-After is in whole seconds."""

    status = 429

    def __init__(self, wait: timedelta, why: str = "Too many tries.") -> None:
        super().__init__(f"{why} Wait {how_long(wait)}.")
        self.headers["Retry-After"] = str(max(1, -(-wait // timedelta(seconds=1))))


@dataclass(frozen=True, slots=True)
class _Row:
    digest: str
    pace: Pace


def counted_against(*, request: HttpRequest, kind: str, name: str = "", person: int | None = None) -> list[str]:
    """Whom a try counts against: a browser the account knows is counted on its own, by its row in KnownDevice.

    `name` is the user name as `account_name` spells it, or `person` the account's id once it is known.
    """
    device = known_device(request=request, name=name, person=person)
    if device is not None:
        return [f"known-{kind}:{device}"]
    return [f"{kind}:{name if person is None else person}", f"source:{source(request)}"]


def source(request: HttpRequest) -> str:
    """The address a request is counted under; proxies that the operator did not name are not believed."""
    return source_of(
        peer=request.META.get("REMOTE_ADDR", ""),
        forwarded=request.META.get("HTTP_X_FORWARDED_FOR", ""),
        proxies=networks(settings.PROXIES),
    )


@keeps("brute_force_attacks_are_prevented_and_stalled")
def wait_for(*, what: Sequence[str], now: datetime) -> timedelta:
    """How long there is to wait. Holds the account's place in the queue until the caller's transaction ends."""
    _queue(what)
    rows = {row.digest: row.pace for row in _rows(what)}
    held = Holdup.objects.filter(digest__in=rows)
    waits = [still_to_wait(_tries(one), pace=rows[one.digest], now=now) for one in held]
    return max(waits, default=NO_WAIT)


def hold_back(*, what: Sequence[str], now: datetime, why: str = "Too many tries.") -> None:
    """Raises TooManyTries, which says why, while there is a wait."""
    wait = wait_for(what=what, now=now)
    if wait > NO_WAIT:
        raise TooManyTries(wait, why)


@keeps("brute_force_attacks_are_prevented_and_stalled")
def count_wrong(*, what: Sequence[str], at: datetime) -> None:
    """Counts one wrong try against each. Many at once are each counted: every row is taken before it is read."""
    rows = {row.digest: row.pace for row in _rows(what)}
    with transaction.atomic():
        fresh = [Holdup(digest=digest, tries=0, last_at=at, until=at) for digest in sorted(rows)]
        Holdup.objects.bulk_create(fresh, ignore_conflicts=True)
        for one in Holdup.objects.select_for_update().filter(digest__in=rows).order_by("digest"):
            now = after_wrong(_tries(one), pace=rows[one.digest], at=at)
            Holdup.objects.filter(pk=one.pk).update(tries=now.count, last_at=now.last_at, until=now.until)


def forgive(*, what: Sequence[str]) -> None:
    """Forgets wrong tries, because the right one came. An address is not forgiven: one good account buys no guesses."""
    ours = [one for one in what if one_at_a_time(one)]
    Holdup.objects.filter(digest__in=[row.digest for row in _rows(ours)]).delete()


def forget_old_tries(*, at: datetime) -> int:
    """Throws away what no longer counts; returns how many rows went."""
    return Holdup.objects.filter(last_at__lt=at - FORGOTTEN_AFTER, until__lt=at).delete()[0]


def _queue(what: Sequence[str]) -> None:
    places = sorted(_place(row.digest) for one in what if one_at_a_time(one) for row in _rows([one])[:1])
    with connection.cursor() as cursor:
        for place in places:
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", [TRYING, place])


def _place(digest: str) -> int:
    return int.from_bytes(bytes.fromhex(digest[:8]), signed=True)


def _rows(what: Sequence[str]) -> list[_Row]:
    return list(_rows_of(what))


def _rows_of(what: Sequence[str]) -> Iterator[_Row]:
    for one in what:
        for number, pace in enumerate(paces_of(one)):
            yield _Row(_digest(f"{one}#{number}"), pace)


def _digest(words: str) -> str:
    """A user name or an address cannot be read from the table, nor be found in it without the program's key."""
    return hmac.new(settings.SECRET_KEY.encode(), f"hold-up {words}".encode(), hashlib.sha256).hexdigest()


def _tries(row: Holdup) -> Tries:
    return Tries(row.tries, row.last_at, row.until)
