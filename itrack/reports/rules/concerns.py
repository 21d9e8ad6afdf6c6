"""What a pupil-progress meeting would talk about, pupil by pupil: said as what the record shows and not as a cause.

concerns_of([Seen("Reading", "below", "towards", True)], Sessions(180, 24), "2025/26")
→ [Concern(Kind.BELOW, "Below in reading"), …, Concern(Kind.ABSENT, "Missed 24 of 180 sessions in 2025/26 (13%)")]
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from itrack.curriculum.rules import BAND_OF, BANDS, BELOW
from itrack.reports.rules.attendance import PERSISTENT, Sessions
from itrack.reports.rules.finding import Finding, listed
from itrack.ui.words import count_of, figure, rounded_percent, upper_first

_PLACE: Final = {band.code: place for place, band in enumerate(BANDS)}


class Kind(StrEnum):
    BELOW = "below"
    DROPPED = "dropped"
    OFF = "off"
    ABSENT = "absent"


KIND_WORDS: Final = {
    Kind.BELOW: "Below in a subject",
    Kind.DROPPED: "In a lower band than before",
    Kind.OFF: "Below the way to a target",
    Kind.ABSENT: "Missed a tenth of sessions or more",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One subject of a pupil: the band of the last mark and of the one before, "" for none, and whether off target."""

    subject: str
    band: str
    before: str
    off_target: bool = False


@dataclass(frozen=True, slots=True)
class Concern:
    kind: Kind
    words: str


def concerns_of(subjects: Sequence[Seen], missed: Sessions | None = None, year: str = "") -> list[Concern]:
    """`missed` are the sessions of that school year; None where nothing is recorded."""
    return list(_concerns(subjects, missed, year))


def _concerns(subjects: Sequence[Seen], missed: Sessions | None, year: str) -> Iterator[Concern]:
    if below := [one.subject for one in subjects if one.band == BELOW.code]:
        yield Concern(Kind.BELOW, f"Below in {_running(below)}")
    for one in subjects:
        if one.band and one.before and _PLACE[one.band] < _PLACE[one.before]:
            was, now = (BAND_OF[band].name.lower() for band in (one.before, one.band))
            yield Concern(Kind.DROPPED, f"{one.subject}: from {was} to {now}")
    if off := [one.subject for one in subjects if one.off_target]:
        yield Concern(Kind.OFF, f"Below the way to the target in {_running(off)}")
    if missed and missed.rate >= PERSISTENT:
        said = f"Missed {figure(missed.missed)} of {figure(missed.possible)} sessions in {year}"
        yield Concern(Kind.ABSENT, f"{said} ({rounded_percent(missed.missed, missed.possible)}%)")


def _running(names: list[str]) -> str:
    return listed([name if name.isupper() else f"{name[:1].lower()}{name[1:]}" for name in names])


def told(where: str, everybody: int, with_concern: int) -> list[Finding]:
    if not everybody:
        return []
    verb = "has" if with_concern == 1 else "have"
    many = figure(with_concern) if with_concern else "none"
    first = f"{upper_first(where)}, {many} of {count_of(everybody, 'pupil')} {verb} something to talk about below."
    return [Finding("", f"{first} It is what the record shows, not why.")]
