"""How long somebody waits after wrong tries, and whom a try is counted against.

    account:tom          wrong passwords for a user name, from browsers the account does not know
    known-account:17     the same from a browser in which that account has signed in before
    source:203.0.113.7   wrong tries of every kind that come from one address
    code:17              wrong second factors of one account

What stands before the colon sets the pace. Strangers and known browsers are counted apart, so that whoever guesses at
somebody's password holds up other guessers, and not the person at their own desk.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

NO_WAIT = timedelta(0)
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
# So long a row of wrong tries is remembered after the last of them; then the nightly job throws it away.
FORGOTTEN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Pace:
    """The first `free` tries follow one another at will; from then on each wrong one doubles the wait.

    One try is forgotten for each `fades` that passes without another; with None all go together, after 30 days.
    """

    free: int
    first: timedelta
    longest: timedelta
    fades: timedelta | None


@dataclass(frozen=True, slots=True)
class Tries:
    """What is kept of wrong tries: how many, the last of them, and until when to wait."""

    count: int
    last_at: datetime
    until: datetime


# NCSC and Cyber Essentials: at most 10 guesses in 5 minutes. This allows 9.
GUESSES = Pace(free=5, first=timedelta(seconds=15), longest=QUARTER, fades=QUARTER)
# NIST SP 800-63B, 3.2.2: at most 100 wrong tries in a row. After them one a day.
IN_A_ROW = Pace(free=100, first=DAY, longest=DAY, fades=None)
# A whole school sits behind one address: sixty people may each be wrong once on the first morning of term.
FROM_A_SCHOOL = Pace(free=60, first=timedelta(seconds=10), longest=QUARTER, fades=timedelta(minutes=1))
# Putting out one's own other browser is daily life; sixty times in a row it is a quarrel over an account.
QUARREL = Pace(free=60, first=timedelta(seconds=15), longest=QUARTER, fades=timedelta(minutes=1))

PACES: dict[str, tuple[Pace, ...]] = {"source": (FROM_A_SCHOOL,), "replaced": (QUARREL,)}
GUARDED: tuple[Pace, ...] = (GUESSES, IN_A_ROW)


def paces_of(what: str) -> tuple[Pace, ...]:
    """Every pace at which tries against this are counted; each has a row of its own."""
    return PACES.get(what.partition(":")[0], GUARDED)


def one_at_a_time(what: str) -> bool:
    """Whether tries against this queue, so that many at once are still counted one by one before they are judged."""
    return not what.startswith("source:")


def wait_after(count: int, pace: Pace) -> timedelta:
    """How long the next try waits after so many wrong ones."""
    if count < pace.free:
        return NO_WAIT
    doublings = min(count - pace.free, 32)
    return min(pace.first * (1 << doublings), pace.longest)


def after_wrong(held: Tries, *, pace: Pace, at: datetime) -> Tries:
    """One more wrong try. A clock that was set back forgets nothing and makes nobody wait for longer."""
    count = _left(held, pace, at) + 1
    return Tries(count, at, at + wait_after(count, pace))


def _left(held: Tries, pace: Pace, at: datetime) -> int:
    quiet = at - held.last_at
    if quiet >= FORGOTTEN_AFTER:
        return 0
    if pace.fades is None or quiet < NO_WAIT:
        return held.count
    return max(0, held.count - quiet // pace.fades)


def still_to_wait(held: Tries, *, pace: Pace, now: datetime) -> timedelta:
    """Nothing, or the rest of the wait: never more than the count alone would ask for, whatever the clock did."""
    return max(NO_WAIT, min(held.until - now, wait_after(held.count, pace)))


def guesses_within(span: timedelta, paces: Sequence[Pace]) -> int:
    """How many wrong guesses somebody gets in that time who tries again the moment they may."""
    start = now = datetime(2000, 1, 1, tzinfo=UTC)
    held, made = [Tries(0, start, start)] * len(paces), 0
    while now - start < span:
        held = [after_wrong(tries, pace=pace, at=now) for tries, pace in zip(held, paces, strict=True)]
        made += 1
        now += max(still_to_wait(tries, pace=pace, now=now) for tries, pace in zip(held, paces, strict=True))
    return made


def account_name(typed: str) -> str:
    """A user name as it is looked up and counted: ＴＯＭ and " tom " are tom, a Cyrillic т is not."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def how_long(wait: timedelta) -> str:
    """ "40 seconds", "2 minutes", "24 hours": rounded up, so that it is over when it is said to be."""
    seconds = max(1, -(-wait // timedelta(seconds=1)))
    if seconds <= 90:
        return _counted(seconds, "second")
    minutes = -(-seconds // 60)
    return _counted(minutes, "minute") if minutes <= 90 else _counted(-(-minutes // 60), "hour")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def networks(words: str) -> tuple[Network, ...]:
    """The proxies an operator names, by address or network: "10.0.0.5 2001:db8::/64". ValueError for anything else."""
    return tuple(ip_network(word, strict=False) for word in words.replace(",", " ").split())


def source_of(*, peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """The address a request comes from: the nearest that is not a proxy of ours.

    `forwarded` is the X-Forwarded-For header, which anybody can write. It is read from its end, and only as far as
    addresses of our own proxies vouch for what stands before them.
    """
    at = _address(peer)
    for word in reversed(forwarded.split(",")):
        before = _address(word)
        if at is None or before is None or not any(at in network for network in proxies):
            break
        at = before
    return _counted_as(at)


def _address(word: str) -> IPv4Address | IPv6Address | None:
    """The address in "203.0.113.7", "203.0.113.7:4711", "[2001:db8::1]:4711"; an IPv4 one in IPv6 dress undressed."""
    bare = word.strip().partition("%")[0]
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _counted_as(address: IPv4Address | IPv6Address | None) -> str:
    """An IPv6 household has 2^64 addresses and counts as one."""
    if address is None:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/64", strict=False))
    return str(address)
