"""Results of a summer's statutory assessments as chance has them, as rows of the record."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from itrack.statutory.rules.assessments import ASSESSMENTS

Row = tuple[Any, ...]
KEYS = {part.name: part.key for one in ASSESSMENTS.values() for part in one.parts}
# What may stand in a component: marks, codes that count, codes that do not, and one that nobody knows.
RESULTS: dict[str, tuple[str, ...]] = {
    "reading-scaled": ("88", "99", "100", "104", "110", "118"),
    "maths-scaled": ("88", "99", "100", "104", "110", "118"),
    "gps-scaled": ("92", "100", "110", "120"),
    "reading-outcome": ("AS", "NS", "A", "B", "J", "L", "M", "F"),
    "maths-outcome": ("AS", "NS", "A", "H", "Q", "U", "T", "CA"),
    "ks2-writing": ("GDS", "EXS", "EXS", "WTS", "PK4", "A", "L", "F"),
    "ks2-science": ("EXS", "EXS", "HNM", "A", "P"),
    "phonics": ("31", "32", "33", "36", "40", "7", "A", "D", "Q", "L", "Wa", "??"),
    "tables": ("25", "25", "24", "12", "A", "B", "J", "Z", "L", "H"),
}
GOALS = tuple(f"e{number:02}" for number in range(1, 18))
GOAL = ("2",) * 60 + ("1", "A")
# The year group in a summer → what it is assessed in. CODED says of Year 6 that a test was not taken.
SUMMERS: dict[str, tuple[str, ...]] = {
    "R": GOALS,
    "1": ("phonics",),
    "2": ("phonics",),
    "4": ("tables",),
    "6": ("reading-scaled", "maths-scaled", "gps-scaled", "ks2-writing", "ks2-science"),
}
CODED = ("reading-outcome", "maths-outcome")


def results(chance: Random, pupil: int, parts: Sequence[str], likely: float, year: int) -> Iterator[Row]:
    """Key of the result, then country, status, result, day, and whether the code is known. Some are not final."""
    for part in parts:
        is_goal = part in GOALS
        if chance.random() < (0.995 if is_goal else likely):
            stage, subject, method, component, qualifier = KEYS[part]
            text = chance.choice(GOAL if is_goal else RESULTS[part])
            status = "P" if chance.random() < (0.002 if is_goal else 0.05) else "R"
            yield pupil, stage, year, subject, method, component, qualifier, "ENG", status, text, None, True
