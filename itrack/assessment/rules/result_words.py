"""The table of statutory assessments and what their codes stand for. Facts only; `rules.results` reads it.

A "*" in a key stands for any subject or qualifier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Announced after each check; 32 every year of which we know.
PHONICS_STANDARD: Final = 32
PHONICS_STANDARD_UNTIL: Final = 2025

type Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Scale:
    """How a result is written. `most` is the highest mark; 0 for codes alone."""

    name: str
    most: int = 0


PHONICS, TABLES, SCALED, RAW = Scale("phonics", 40), Scale("tables", 25), Scale("scaled", 120), Scale("raw", 110)
TEACHER, OUTCOME, GOAL = Scale("teacher"), Scale("outcome"), Scale("goal", 3)


@dataclass(frozen=True, slots=True)
class Assessment:
    """`short` names it beside the grid; those of one `family` share a line there. `retaken`: the year group matters."""

    title: str
    scale: Scale
    short: str = ""
    family: str = ""
    retaken: bool = False


SUBJECTS: Final = {
    ("ENG", "REA"): "reading",
    ("ENG", "WRI"): "writing",
    ("ENG", "GPS"): "grammar, punctuation and spelling",
    ("ENG", "SUB"): "English",
    ("MAT", "SUB"): "maths",
    ("SCI", "SUB"): "science",
}
SHORT_SUBJECTS: Final = SUBJECTS | {("ENG", "GPS"): "GPS"}

# The goals since 2022 (E) and those of 2013 to 2021 (G); in both, the first twelve are the measured ones.
GOALS: Final = {
    f"{letter}{number:02}": name
    for letter, names in (
        (
            "E",
            (
                *("Listening, attention and understanding", "Speaking", "Self-regulation", "Managing self"),
                *("Building relationships", "Gross motor skills", "Fine motor skills", "Comprehension"),
                *("Word reading", "Writing", "Number", "Numerical patterns", "Past and present"),
                *("People, culture and communities", "The natural world", "Creating with materials"),
                "Being imaginative and expressive",
            ),
        ),
        (
            "G",
            (
                *("Listening and attention", "Understanding", "Speaking", "Moving and handling"),
                *("Health and self-care", "Self-confidence and self-awareness", "Managing feelings and behaviour"),
                *("Making relationships", "Reading", "Writing", "Numbers", "Shape, space and measures"),
                *("People and communities", "The world", "Technology", "Exploring media and materials"),
                "Being imaginative",
            ),
        ),
    )
    for number, name in enumerate(names, start=1)
}


def _by_teachers(stage: str, name: str) -> dict[Key, Assessment]:
    return {
        (stage, subject, "TA", component, "*"): Assessment(f"{name} {words}, teacher assessment", TEACHER, family=name)
        for (subject, component), words in SUBJECTS.items()
    }


def _by_tests() -> dict[Key, Assessment]:
    kinds = {"NM": ("raw mark", RAW), "NS": ("scaled score", SCALED), "NO": ("outcome", OUTCOME)}
    return {
        (stage, subject, "TT", component, qualifier): Assessment(f"{stage} {words} test, {kind}", scale, family=stage)
        for stage in ("KS1", "KS2")
        for (subject, component), words in SUBJECTS.items()
        for qualifier, (kind, scale) in kinds.items()
    }


ASSESSMENTS: Final[dict[Key, Assessment]] = {
    ("KS1", "ENG", "TT", "PHO", "*"): Assessment("Phonics check", PHONICS, short="Phonics", retaken=True),
    ("KS2", "MAT", "TT", "MTC", "MT"): Assessment("Multiplication tables check", TABLES, short="Multiplication check"),
    **_by_teachers("KS1", "KS1"),
    **_by_teachers("KS2", "KS2"),
    **_by_tests(),
    **{("FSP", "*", "TA", code, "*"): Assessment(f"Early years: {name}", GOAL) for code, name in GOALS.items()},
}

_NOT_TAKEN: Final = {
    "A": "Absent",
    "L": "Left before it was taken",
    "Q": "Set aside after maladministration",
}
_PRE_KEY_STAGE: Final = {f"PK{step}": f"Pre-key stage standard {step}" for step in range(1, 7)}
_P_SCALES: Final = {
    f"P{step}{half}": f"P scale {step}{half}" for step in range(1, 9) for half in (("i", "ii") if step < 4 else ("",))
}
WORDS: Final[dict[str, dict[str, str]]] = {
    "phonics": _NOT_TAKEN
    | {"D": "Did not take the check", "Wa": "Met the standard", "Wt": "Did not meet the standard"},
    "tables": _NOT_TAKEN
    | {
        "B": "Working below the check",
        "H": "Set aside after cheating",
        "J": "Arrived too late to take it",
        "NAA": "Not able to take it",
        "U": "Unable to access the check",
        "X": "Expected to take it, but it was not taken or not finished",
        "Z": "Registered for the check by mistake",
    },
    "teacher": _PRE_KEY_STAGE
    | _P_SCALES
    | {
        "GDS": "Working at greater depth",
        "EXS": "Working at the expected standard",
        "WTS": "Working towards the expected standard",
        "HNM": "Has not met the expected standard",
        "EM": "Engagement model",
        "BLW": "Below the standards of the pre-key stage",
        "PKF": "Pre-key stage: foundations",
        "PKE": "Pre-key stage: early development",
        "PKG": "Pre-key stage: growing development",
        "NOTSEN": "Below the pre-key stage, without a special educational need",
        "A": "Absent",
        "D": "Disapplied",
        "F": "To be assessed in a later year",
        "L": "Left",
        "P": "Assessed in an earlier year",
    },
    "outcome": _NOT_TAKEN
    | {
        "AS": "Reached the expected standard",
        "NS": "Did not reach the expected standard",
        "B": "Working below the test",
        "CA": "Special consideration",
        "CB": "Special consideration",
        "F": "To be taken in a later year",
        "H": "Set aside after cheating",
        "J": "Arrived too late to be tested",
        "M": "Test paper missing",
        "P": "Taken in an earlier year",
        # Two letters for one thing: which is used depends on who wrote the file.
        "T": "Unable to access the test",
        "U": "Unable to access the test",
    },
    "scaled": _NOT_TAKEN,
    "raw": _NOT_TAKEN,
    "goal": {"1": "Emerging", "2": "Expected", "3": "Exceeding", "A": "Not assessed"},
}
