"""How many wrong tries are remembered: numbers alone, since nothing else can be read from their table."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Sum

from itrack.accounts.models import Holdup


@dataclass(frozen=True, slots=True)
class TriesKept:
    """Rows and wrong tries in them; how many rows are held up at the moment, and the longest wait."""

    rows: int
    tries: int
    held: int
    longest: timedelta


def tries_kept(*, now: datetime) -> TriesKept:
    """What is remembered of wrong tries over the whole system."""
    whole = Holdup.objects.aggregate(tries=Sum("tries", default=0))
    held = Holdup.objects.filter(until__gt=now)
    until = held.aggregate(last=Max("until"))["last"]
    return TriesKept(Holdup.objects.count(), whole["tries"], held.count(), until - now if until else timedelta(0))
