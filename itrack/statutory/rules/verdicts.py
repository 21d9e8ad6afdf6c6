"""One pupil and one measure: counted and achieved, counted and not, or left out, and always why.

    judge_test(found, "reading", at=100) → Verdict(Effect.ACHIEVED, "104", score=104)

What a code does is in `codes`; here is how the components of one pupil come together. Nothing here compares a pupil's
results with a national line: a progress score of one pupil is a step of a school's sum and is never made (DfE).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.statutory.rules.assessments import MEASURED_GOALS, NEW_GOALS_FROM, phonics_standard, slot_of
from itrack.statutory.rules.codes import SCALES, Effect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from itrack.assessment.rules.results import ResultLine

EXPECTED, HIGHER = 100, 110
FULL_MARKS: Final = 25
HERE: Final = ("", "ENG")
FINAL: Final = ("", "R")
NOTHING: Final = "No result is recorded"
NOT_FINAL: Final = "The result is not final"
TWO: Final = "Two results that differ"
# They say how a score came about, and leave its counting to the score.
BESIDE_A_SCORE: Final = ("AS", "NS", "CA", "CB")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why` says what was read, or why nothing was; `score` is there where an average may take it in."""

    effect: Effect
    why: str
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What stands for one component. With a `problem` it counts nowhere."""

    text: str
    problem: str = ""


Found = dict[str, Held]
_GOALS: Final = range(17)
NO_RESULT: Final = Verdict(Effect.OUT, NOTHING)


def found_in(lines: Iterable[ResultLine], year: int) -> Found:
    """A pupil's results of one year by component. Results of other countries are not England's to count."""
    found: Found = {}
    for line in lines:
        slot = slot_of(line) if line.year == year and line.locale in HERE else ""
        if not slot:
            continue
        held = Held(line.result, "" if line.status in FINAL else NOT_FINAL)
        before = found.get(slot, held)
        found[slot] = held if before.text == held.text else Held(f"{before.text}/{held.text}", TWO)
    return found


def _coded(held: Held | None, scale: str, year: int) -> Verdict:
    """A result that is a code. One that is no code of the year has no rule."""
    if held is None:
        return NO_RESULT
    if held.problem:
        return Verdict(Effect.NO_RULE, f"{held.text}: {_within(held.problem)}")
    code = SCALES[scale].code_of(year, held.text)
    if code is None:
        return Verdict(Effect.NO_RULE, f"{held.text}: not a result of {year} with a known rule")
    return Verdict(code.effect, f"{code.code}, {_within(code.words)}")


def _within(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _mark(held: Held | None, scale: str) -> int | None:
    return SCALES[scale].mark_of(held.text) if held is not None and not held.problem else None


def judge_goals(found: Found, year: int) -> Verdict:
    """Good level of development: expected, until 2021 or exceeding, in the twelve goals of the prime areas, literacy
    and mathematics (EYFS profile handbook)."""
    letter = "e" if year >= NEW_GOALS_FROM else "g"
    told = [_coded(found.get(f"{letter}{number:02}"), "goal", year) for number in range(1, len(_GOALS) + 1)]
    measured = told[:MEASURED_GOALS]
    unfit = [one for one in told if one.effect == Effect.OUT and one != NO_RESULT]
    if unfit := unfit or [one for one in measured if one.effect == Effect.NO_RULE]:
        return unfit[0]
    missing = measured.count(NO_RESULT)
    if missing:
        return NO_RESULT if missing == MEASURED_GOALS else Verdict(Effect.OUT, f"{missing} of 12 goals have no result")
    reached = sum(verdict.effect == Effect.ACHIEVED for verdict in measured)
    effect = Effect.ACHIEVED if reached == MEASURED_GOALS else Effect.NOT
    return Verdict(effect, f"{reached} of 12 goals")


def judge_phonics(found: Found, year: int, given: Mapping[int, int]) -> Verdict:
    """The check in one year, against the standard of that year."""
    held = found.get("phonics")
    mark = _mark(held, "phonics")
    if mark is None:
        return _coded(held, "phonics", year)
    standard = phonics_standard(year, given)
    if standard is None:
        return Verdict(Effect.OUT, f"{mark} of 40: the standard of {year} is not known here")
    return Verdict(Effect.ACHIEVED if mark >= standard else Effect.NOT, f"{mark} of 40, standard {standard}")


def judge_phonics_by_year_2(first: Found, again: Found, year: int, given: Mapping[int, int]) -> Verdict:
    """By the end of Year 2: met in either year. `first` was found in the year before `year`."""
    now, before = judge_phonics(again, year, given), judge_phonics(first, year - 1, given)
    if Effect.ACHIEVED not in (now.effect, before.effect):
        return Verdict(Effect.OUT, "Not met in Year 1, and no result of Year 2") if _waits(now, before) else now
    return now if now.effect == Effect.ACHIEVED else Verdict(Effect.ACHIEVED, f"{before.why}, in Year 1")


def _waits(now: Verdict, before: Verdict) -> bool:
    return now == NO_RESULT and before.effect == Effect.NOT


def judge_tables(found: Found, year: int) -> Verdict:
    """Full marks in the multiplication tables check, which has no expected standard."""
    held = found.get("tables")
    mark = _mark(held, "tables")
    if mark is None:
        return _coded(held, "tables", year)
    return Verdict(Effect.ACHIEVED if mark == FULL_MARKS else Effect.NOT, f"{mark} of 25", mark)


def judge_test(found: Found, subject: str, year: int, at: int) -> Verdict:
    """A Key Stage 2 test at 100 (expected) or 110 (higher). A code that says it was not taken goes before a score."""
    outcome, scaled = found.get(f"{subject}-outcome"), found.get(f"{subject}-scaled")
    if outcome is not None and (outcome.problem or outcome.text not in BESIDE_A_SCORE):
        return _coded(outcome, "outcome", year)
    score = _mark(scaled, "scaled")
    if score is not None:
        return Verdict(Effect.ACHIEVED if score >= at else Effect.NOT, str(score), score)
    if scaled is not None:
        return _coded(scaled, "outcome", year)
    if outcome is not None and outcome.text == "AS" and at > EXPECTED:
        return Verdict(Effect.OUT, "AS alone: the scaled score is not recorded")
    return _coded(outcome, "outcome", year)


def judge_teacher(found: Found, slot: str, scale: str, year: int, *, higher: bool = False) -> Verdict:
    """A teacher assessment: at the expected standard, or at greater depth."""
    told = _coded(found.get(slot), scale, year)
    if higher and told.effect == Effect.ACHIEVED and found[slot].text != "GDS":
        return Verdict(Effect.NOT, told.why)
    return told


def judge_combined(found: Found, year: int, at: int) -> Verdict:
    """Reading, writing and maths together: the tests of the first and the last, the teacher's judgement of writing.

    Whoever is left out of one is left out here: not assessed is not the same as not met. GPS is no part of it.
    """
    parts = {
        "Reading": judge_test(found, "reading", year, at),
        "Writing": judge_teacher(found, "ks2-writing", "writing", year, higher=at > EXPECTED),
        "Maths": judge_test(found, "maths", year, at),
    }
    for out in (Effect.NO_RULE, Effect.OUT):
        if names := [name for name, verdict in parts.items() if verdict.effect == out]:
            if out == Effect.OUT and all(verdict == NO_RESULT for verdict in parts.values()):
                return NO_RESULT
            return Verdict(out, "; ".join(f"{name}: {parts[name].why}" for name in names))
    short = [name for name, verdict in parts.items() if verdict.effect == Effect.NOT]
    effect = Effect.NOT if short else Effect.ACHIEVED
    return Verdict(effect, "; ".join(f"{name}: {verdict.why}" for name, verdict in parts.items()))
