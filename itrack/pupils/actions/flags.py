"""Setting what the school itself says of pupils' flags in an academic year, and taking that back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from itrack.foundation.changes.actions import record_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge
from itrack.pupils.actions.roll import take_roll
from itrack.pupils.models import FlagOverride, Pupil
from itrack.pupils.rules_overrides import (
    AS_RECORDED,
    FIRST_YEAR,
    LAST_YEAR,
    NO_SUCH_PUPIL,
    NOT_YOURS_TO_UNDO,
    RefusedWish,
    Wish,
    why_not_set,
    why_overtaken,
)

NO_SUCH_YEAR = "There is no such academic year. Nothing was changed."


@dataclass(frozen=True, slots=True)
class SetFlags:
    """`change_set` is None where nothing changed; `refused` were left as they stood."""

    change_set: int | None
    done: int
    refused: Sequence[RefusedWish]


@transaction.atomic
def set_flags(
    *, school: int, year: int, wishes: Sequence[Wish], may: Collection[str], by: int, at: datetime
) -> SetFlags:
    """Makes each wish stand for that year but those refused; `may` are the flags this person may set."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(NO_SUCH_YEAR)
    take_roll(school=school)
    here, held = _as_it_stands(school, year, {wish.pupil for wish in wishes})
    refused, good = [], {}
    for wish in wishes:
        stands = held.get((wish.pupil, wish.flag), AS_RECORDED)
        if reason := _why_not(wish, stands, here, may):
            refused.append(RefusedWish(wish.pupil, wish.flag, reason))
        elif wish.says != stands:
            good[wish.pupil, wish.flag] = wish.says
    if not good:
        return SetFlags(None, 0, refused)
    counts = {"flags": len(good), "pupils": len({pupil for pupil, _ in good})}
    change_set = record_change_set(school=school, kind=ChangeSet.Kind.FLAGS, by=by, at=at, counts=counts)
    _store(Deed(school, change_set.pk, at), year, good)
    return SetFlags(change_set.pk, len(good), refused)


def _as_it_stands(school: int, year: int, pupils: Collection[int]) -> tuple[set[int], dict[tuple[int, str], str]]:
    """Those of the pupils the school has, and its word on their flags: (pupil, flag) → word."""
    known = Pupil.objects.filter(school_id=school, pk__in=pupils, merged_into__isnull=True)
    standing = FlagOverride.objects.filter(school_id=school, year=year, pupil__in=pupils, ended_at__isnull=True)
    words = standing.values_list("pupil_id", "flag", "says")
    return set(known.values_list("pk", flat=True)), {(pupil, flag): word for pupil, flag, word in words}


def _why_not(wish: Wish, stands: str, here: Collection[int], may: Collection[str]) -> str:
    if wish.pupil not in here:
        return NO_SUCH_PUPIL
    return why_not_set(wish.flag, wish.says, may=may) or why_overtaken(wish.seen, stands)


def _store(deed: Deed, year: int, good: dict[tuple[int, str], str]) -> None:
    """A word ends the one before; "as recorded" ends it and puts none in its place."""
    words = [(pupil, flag, year, word) for (pupil, flag), word in good.items() if word != AS_RECORDED]
    merge(FlagOverride, deed=deed, key=("pupil_id", "flag", "year"), values=("says",), rows=words)
    for flag in {flag for (_, flag), word in good.items() if word == AS_RECORDED}:
        over = [pupil for (pupil, its), word in good.items() if its == flag and word == AS_RECORDED]
        rows = FlagOverride.objects.filter(school_id=deed.school, flag=flag, year=year, pupil__in=over)
        rows.filter(ended_at__isnull=True).update(ended_at=deed.at, ended_by_id=deed.change_set)


def take_flags_back(*, school: int, change_set: int, leads: bool, by: int, at: datetime) -> None:
    """For the person who set them and for leaders: others may not be told what was set."""
    found = ChangeSet.objects.filter(school_id=school, pk=change_set, kind=ChangeSet.Kind.FLAGS)
    if not leads and not found.filter(by_id=by).exists():
        raise Refused(NOT_YOURS_TO_UNDO)
    undo(school=school, change_set=change_set, by=by, at=at)
