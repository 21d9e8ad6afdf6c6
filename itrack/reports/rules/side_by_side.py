"""What is known of a pupil in one subject from several sides, and which two of them do not fit together.

    apart("expected", "below")   → 2
    told(fit, "in 4B", "Reading", "Autumn 2")   → a sentence

The teacher's judgement and a test of the same point are compared by their bands: two bands or more apart is looked at.
Nobody is wrong by that: a test is one day, and a judgement is of more than a test asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from itrack.curriculum.rules import BANDS
from itrack.reports.rules.finding import FEW, Finding, in_brackets, inside
from itrack.reports.rules.finding import Standing as Share
from itrack.ui.words import count_of, figure, plural, upper_first

FAR: Final = 2
_PLACE: Final = {band.code: place for place, band in enumerate(BANDS)}
NOBODY_IS_WRONG: Final = (
    "A test is one day’s work and a judgement is of more than a test asks, so neither is wrong by that. It is a reason "
    "to look again."
)


@dataclass(frozen=True, slots=True)
class Fit:
    """Who has a judgement and a test with bands, by how far the two are apart at most."""

    apart: Mapping[int, int]

    def by(self, least: int, most: int = len(BANDS)) -> frozenset[int]:
        return frozenset(pupil for pupil, bands in self.apart.items() if least <= bands <= most)

    @property
    def both(self) -> frozenset[int]:
        return frozenset(self.apart)


def apart(judged: str, tested: str) -> int:
    """How many bands lie between the two."""
    return abs(_PLACE[judged] - _PLACE[tested])


def fit(judged: Mapping[int, str], tests: Mapping[int, Mapping[int, str]]) -> Fit:
    """`judged` and each of `tests` (by assessment) say the band of each pupil who has one."""
    found: dict[int, int] = {}
    for bands in tests.values():
        for pupil, band in bands.items():
            if pupil in judged:
                found[pupil] = max(found.get(pupil, 0), apart(judged[pupil], band))
    return Fit(found)


def told(found: Fit, where: str, subject: str, point: str) -> list[Finding]:
    """Empty where nobody has both."""
    both, far = len(found.both), len(found.by(FAR))
    if not both:
        return []
    share = in_brackets(Share("", far, both, both)) if far else ""
    verb = "is" if far < 2 else "are"
    many = figure(far) if far else "none"
    first = (
        f"{upper_first(where)}, {many} of {count_of(both, 'pupil')} with a judgement and a test in {inside(subject)} "
        f"at {point} {verb} {FAR} bands or more apart{share}."
    )
    care = f" Fewer than {FEW} pupils have both: read it with care." if both < FEW else ""
    return [Finding("", f"{first}{f' {NOBODY_IS_WRONG}' if far else ''}{care}")]


def bands_apart(bands: int) -> str:
    return f"{figure(bands)} {plural(bands, 'band')} apart" if bands else "the same band"
