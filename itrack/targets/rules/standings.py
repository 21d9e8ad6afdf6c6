"""Each pupil's last mark beside their target, and how many are where, subject by subject.

It keeps the pupils and not only their number. Per subject every pupil looked at is either in one of three places or
left out with a reason, so that a figure and its denominator cannot disagree.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.curriculum.rules import BAND_OF
from itrack.targets.rules.track import Aim, MarkAt, Track, reaches, track_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from itrack.assessment.rules.standing import LastMark
    from itrack.targets.rules.track import Steps

# A pupil and a subject.
type Cell = tuple[int, int]

NO_TARGET: Final = "No target set"
NO_MARK: Final = "No mark yet"
DENOMINATOR: Final = "Counted in a subject: pupils with a target and with a mark that has a band."


@dataclass(frozen=True, slots=True)
class Target:
    """A target as it stands: how it is written, the band it wants, who set it and when."""

    code: str
    band: str
    by: str
    at: datetime

    @property
    def css(self) -> str:
        return BAND_OF[self.band].css


@dataclass(frozen=True, slots=True)
class Standing:
    """A target with the last mark beside it. Without a `track`, `out` says why there is none.

    `when` is the point of the mark in short, with its year where that is not the target's: "Aut 2", "Sum 2, 2025/26".
    """

    target: Target | None
    mark: LastMark | None
    track: Track | None = None
    reached: bool = False
    out: str = ""
    when: str = ""

    @property
    def mark_css(self) -> str:
        return BAND_OF[self.mark.band].css if self.mark and self.mark.band else ""


@dataclass(frozen=True, slots=True)
class SubjectTracks:
    """One subject: who is where, who has reached the target's own band already, and who is left out and why."""

    subject: int
    name: str
    tracks: Mapping[Track, frozenset[int]]
    reached: frozenset[int]
    out: Mapping[int, str]

    @property
    def below(self) -> int:
        return len(self.tracks[Track.BELOW])

    @property
    def on(self) -> int:
        return len(self.tracks[Track.ON])

    @property
    def ahead(self) -> int:
        return len(self.tracks[Track.AHEAD])

    @property
    def counted(self) -> int:
        """The denominator of every figure of this subject."""
        return self.below + self.on + self.ahead

    @property
    def on_or_ahead(self) -> int:
        return self.on + self.ahead

    @property
    def with_target(self) -> int:
        return self.counted + sum(why != NO_TARGET for why in self.out.values())

    def reasons(self) -> list[tuple[str, int]]:
        """(reason, how many pupils), the commonest first."""
        counts: defaultdict[str, int] = defaultdict(int)
        for reason in self.out.values():
            counts[reason] += 1
        return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def standing(target: Target | None, mark: LastMark | None, at: tuple[int, int], steps: Steps) -> Standing:
    """A target for the point of that year and half term, with the last mark up to it."""
    if target is None:
        return Standing(None, mark, out=NO_TARGET)
    if mark is None:
        return Standing(target, None, out=NO_MARK)
    when = _when(mark, at[0])
    if not mark.band:
        return Standing(target, mark, out=_code(mark), when=when)
    aim, held = Aim(target.band, *at), MarkAt(mark.band, mark.year, mark.slot)
    return Standing(target, mark, track_of(aim, held, steps), reaches(aim, held), when=when)


def _when(mark: LastMark, year: int) -> str:
    season, _, half = mark.point.partition(" ")
    short = f"{season[:3]} {half}".strip()
    return short if mark.year == year else f"{short}, {mark.year}/{(mark.year + 1) % 100:02d}"


def _code(mark: LastMark) -> str:
    return f"Only code {mark.code}, {mark.name[:1].lower()}{mark.name[1:]}" if mark.name else f"Only {mark.code}"


def subject_tracks(
    subjects: Sequence[tuple[int, str]], pupils: Collection[int], standings: Mapping[Cell, Standing]
) -> list[SubjectTracks]:
    """One line a subject, in their order. `standings` has every one of the cells."""
    return [_of_subject(pk, name, {pupil: standings[pupil, pk] for pupil in pupils}) for pk, name in subjects]


def _of_subject(subject: int, name: str, told: Mapping[int, Standing]) -> SubjectTracks:
    tracks = {track: frozenset(pupil for pupil, one in told.items() if one.track is track) for track in Track}
    reached = frozenset(pupil for pupil, one in told.items() if one.reached)
    return SubjectTracks(subject, name, tracks, reached, {pupil: one.out for pupil, one in told.items() if one.out})
