"""A target to begin with, from what a pupil had before. It is put into the form and never stored unconfirmed.

An earlier mark of the same assessment is suggested as it stands, since staying put means keeping up. A step of a ladder
or an age would mean falling behind, so there the mark is suggested that means the same band when the target is due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itrack.curriculum.rules import BELOW, EXPECTED, GREATER, TOWARDS
from itrack.curriculum.rules_reading import Unread, read
from itrack.curriculum.rules_schemes import Kind, Reading, Scale, Sitting, band_of, shown
from itrack.targets.rules.track import ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from itrack.assessment.rules.results import ResultLine

MOVES_ON: Final = frozenset({Kind.LADDER, Kind.AGE})

_KEY_STAGE_1: Final = {("ENG", "REA"): "reading", ("ENG", "WRI"): "writing", ("MAT", "SUB"): "maths"} | {
    ("SCI", "SUB"): "science"
}
_TEACHER_CODES: Final = {"GDS": GREATER.code, "EXS": EXPECTED.code, "WTS": TOWARDS.code, "BLW": BELOW.code}
_PRE_KEY_STAGE: Final = "PK"
# The goals since 2022 (E) and those before (G) that a subject rests on; of two, the lower one counts.
_GOALS: Final = {
    **dict.fromkeys(("E08", "E09", "G09"), "reading"),
    **dict.fromkeys(("E10", "G10"), "writing"),
    **dict.fromkeys(("E11", "E12", "G11", "G12"), "maths"),
}
_GOAL_BANDS: Final = {"1": TOWARDS.code, "2": EXPECTED.code, "3": GREATER.code}


def suggestion(code: str, band: str, scale: Scale, sitting: Sitting) -> str:
    """What to put into the form after a mark written `code` that meant `band`; "" when nothing follows.

    `code` is "" where what came before is no mark of this assessment.
    """
    told = read(code, scale) if code and scale.kind not in MOVES_ON else None
    if isinstance(told, Reading):
        return told.code
    return code_for(band, scale, sitting) if band else ""


def code_for(band: str, scale: Scale, sitting: Sitting) -> str:
    """The least mark that means this band for this pupil then; "" when none does."""
    for option in scale.options.values():
        if band_of(Reading(option.code, option.id, None), scale, sitting) == band:
            return option.code
    for score in _scores(scale, sitting):
        text = shown(score, scale.kind)
        told = read(text, scale)
        if not isinstance(told, Unread) and band_of(told, scale, sitting) == band:
            return text
    return ""


def _scores(scale: Scale, sitting: Sitting) -> list[Decimal]:
    """Where bands begin, the lowest first; of an age, in months of the pupil's own."""
    begun = {rule.at_least for rule in scale.rules if rule.at_least is not None}
    if scale.kind is Kind.AGE:
        begun = {sitting.age + months for months in begun} if sitting.age is not None else set()
    return sorted({max(score, scale.range[0]) for score in begun})


def bands_of_results(lines: Iterable[ResultLine]) -> Mapping[str, str]:
    """Subject, as subject_key has it, → band: of Key Stage 1 as teachers judged it, else of the early goals."""
    goals: dict[str, str] = {}
    judged: dict[str, str] = {}
    for line in lines:
        if line.stage == "KS1" and line.method == "TA":
            subject, band = _KEY_STAGE_1.get((line.subject, line.component)), _teacher_band(line.result)
            judged |= {subject: band} if subject and band else {}
        if line.stage == "FSP" and (subject := _GOALS.get(line.component)):
            band = _GOAL_BANDS.get(line.result, "")
            goals |= {subject: min(band, goals.get(subject, band), key=ORDER.__getitem__)} if band else {}
    return goals | judged


def _teacher_band(code: str) -> str:
    return BELOW.code if code.startswith(_PRE_KEY_STAGE) else _TEACHER_CODES.get(code, "")
