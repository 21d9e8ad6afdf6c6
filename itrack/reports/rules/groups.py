"""A subject's tally divided among groups, each beside the whole.

    breakdown(writing, [Division("sex", "Sex", [Part("f", "Girls", girls), Part("m", "Boys", boys)])])

Each pupil in view stands in one part of a division, so the parts of a division add up to the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from itrack.reports.rules.measure import AT_EXPECTED, Measure
from itrack.reports.rules.tally import SubjectTally


@dataclass(frozen=True, slots=True)
class Part:
    """A group of a division: its code, what it is called, and who is in it."""

    code: str
    words: str
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Division:
    """One way of dividing the pupils in view. `rule`: the definition, where it is said beside the figures."""

    code: str
    title: str
    parts: Sequence[Part]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A part with its figures; `points` is its distance from the whole, None where nobody of it is counted."""

    division: Division
    part: Part
    tally: SubjectTally
    points: int | None

    @property
    def value(self) -> str:
        """As an address says it: "sex-f", "class-12"."""
        return f"{self.division.code}-{self.part.code}"


def breakdown(whole: SubjectTally, divisions: Sequence[Division]) -> list[Group]:
    """The groups that have anybody in view, in the order given."""
    found = []
    for division in divisions:
        for part in division.parts:
            tally = within(whole, part.members)
            if tally.population:
                found.append(Group(division, part, tally, points_from(tally, whole)))
    return found


def within(whole: SubjectTally, members: frozenset[int]) -> SubjectTally:
    """The tally of those of its pupils who are among `members`."""
    return SubjectTally(
        whole.subject,
        whole.name,
        {band: pupils & members for band, pupils in whole.bands.items()},
        {pupil: reason for pupil, reason in whole.out.items() if pupil in members},
    )


def points_from(part: SubjectTally, whole: SubjectTally, measure: Measure = AT_EXPECTED) -> int | None:
    """How many points the part's share lies above (below: under nought) that of the whole.

    Worked out from the counts and rounded once, halves away from nought, so it may differ by one from the difference
    of two rounded percentages.
    """
    own, every = len(part.counted), len(whole.counted)
    if not own or not every:
        return None
    apart = len(measure.reached(part)) * every - len(measure.reached(whole)) * own
    rounded = (200 * abs(apart) + own * every) // (2 * own * every)
    return rounded if apart > 0 else -rounded
