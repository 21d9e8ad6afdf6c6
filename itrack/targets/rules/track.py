"""What "on track" means: the band of the last mark beside the band wanted by then.

    track_of(Aim("greater", 2026, 6), MarkAt("expected", 2026, 2), {})                              → Track.BELOW
    track_of(Aim("greater", 2026, 6), MarkAt("expected", 2026, 2), {"greater": {2: "expected"}})    → Track.ON

Wanted by then is the target's own band, unless the school has said for that half term that an earlier band will do.
The rule is said in words wherever a figure stands, because a number without it invites the wrong question.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from itrack.curriculum.rules import BAND_OF, BANDS

if TYPE_CHECKING:
    from collections.abc import Mapping

# Band wanted in the end → half term (1 to 6) → band wanted by then.
type Steps = Mapping[str, Mapping[int, str]]

SLOTS: Final = range(1, 7)
ORDER: Final = {band.code: place for place, band in enumerate(BANDS)}
MEANS: Final = (
    "A pupil is on track when the last mark is in the band wanted by then, ahead when it is in a higher one, and below "
    "when it is in a lower one. The last mark is the latest confirmed one of the same assessment, up to the point the "
    "target is for; one without a band, such as absent, is passed over."
)
NOT_THE_SAME: Final = (
    "Below says where the last mark lies and not how it will end. Whether a target is met is known at its point; not "
    "having met it before then is not the same as missing it."
)
ALWAYS_THE_SAME: Final = "The band wanted is that of the target itself, at every point on the way."


class Track(StrEnum):
    BELOW = "below"
    ON = "on"
    AHEAD = "ahead"


TRACK_WORDS: Final = {Track.BELOW: "below", Track.ON: "on track", Track.AHEAD: "ahead"}


@dataclass(frozen=True, slots=True)
class Aim:
    """The band a target wants, and the year and half term of the point it is for."""

    band: str
    year: int
    slot: int


@dataclass(frozen=True, slots=True)
class MarkAt:
    """The band of a mark, and the year and half term it was given for."""

    band: str
    year: int
    slot: int


def wanted_by(aim: Aim, mark: MarkAt, steps: Steps) -> str:
    """The band wanted at the time of the mark; at the target's own point that is always the target's."""
    if (mark.year, mark.slot) == (aim.year, aim.slot):
        return aim.band
    return steps.get(aim.band, {}).get(mark.slot, aim.band)


def track_of(aim: Aim, mark: MarkAt, steps: Steps) -> Track:
    """Where a mark with a band lies beside what was wanted by then."""
    apart = ORDER[mark.band] - ORDER[wanted_by(aim, mark, steps)]
    return Track.BELOW if apart < 0 else Track.AHEAD if apart else Track.ON


def reaches(aim: Aim, mark: MarkAt) -> bool:
    """Whether a mark is already in the target's own band or a higher one."""
    return ORDER[mark.band] >= ORDER[aim.band]


def why_not(steps: Steps) -> str:
    """Why these steps cannot stand, as a sentence; "" when they can.

    What is wanted on the way is never more than the target, and never falls from one half term to the next.
    """
    for band, by_slot in steps.items():
        reached = -1
        for slot in SLOTS:
            here = ORDER[by_slot.get(slot, band)]
            if here > ORDER[band]:
                return f"On the way to {_name(band)} nothing higher can be wanted. Nothing was saved."
            if here < reached:
                return f"What is wanted on the way to {_name(band)} cannot fall again. Nothing was saved."
            reached = here
    return ""


def tidied(steps: Steps) -> dict[str, dict[int, str]]:
    """The steps without those that say what holds anyway."""
    kept = {band: {slot: by for slot, by in by_slot.items() if by != band} for band, by_slot in steps.items()}
    return {band: by_slot for band, by_slot in kept.items() if by_slot}


def in_words(steps: Steps, slots: Mapping[int, str]) -> list[str]:
    """What is wanted on the way, a sentence for each band the school has settled. `slots` names the half terms.

    ["On the way to greater depth: expected in Autumn 1, Autumn 2."]
    """
    said = []
    for band in reversed(BANDS):
        by_slot = steps.get(band.code, {})
        parts = [_part(lower, [slots[slot] for slot in SLOTS if by_slot.get(slot) == lower]) for lower in ORDER]
        told = "; ".join(part for part in parts if part)
        said += [f"On the way to {_name(band.code)}: {told}. Otherwise {_name(band.code)}."] if told else []
    return said or [ALWAYS_THE_SAME]


def _part(band: str, slots: list[str]) -> str:
    return f"{_name(band)} in {', '.join(slots)}" if slots else ""


def _name(band: str) -> str:
    return BAND_OF[band].name.lower()
