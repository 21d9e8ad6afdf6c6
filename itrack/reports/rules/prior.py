"""Statutory results as the earlier of two marks: into which group of the result a pupil falls, or why into none.

    PRIOR["phonics"].stand(lines, standards) → Stand("met", said="34 of 40, standard 32")

What a code counts as is decided in `statutory.rules`; here only what may stand beside a later mark is chosen. A check
without an expected standard, as that of the times tables, has no groups and is not here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from itrack.assessment.rules.results import ResultLine
from itrack.pupils.rules_years import LADDER
from itrack.reports.rules.transition import FOUR, Stand, Step
from itrack.statutory.rules.assessments import ASSESSMENTS
from itrack.statutory.rules.codes import Effect
from itrack.statutory.rules.verdicts import (
    NO_RESULT,
    Verdict,
    found_in,
    judge_goals,
    judge_phonics,
    judge_teacher,
)

MET = (Step("short", "Not met"), Step("met", "Met", secure=True))
LEVEL = (Step("short", "Not yet"), Step("met", "Good level", secure=True))
_KS1_BANDS = {"GDS": "greater", "EXS": "expected", "WTS": "towards"}
_KS1_STEPS = tuple(
    Step(step.code, f"{name} ({code})", step.short, step.secure)
    for step, name, code in zip(
        FOUR,
        ("Below", "Working towards", "Expected", "Greater depth"),
        ("pre-key stage", "WTS", "EXS", "GDS"),
        strict=True,
    )
)
Lines = Sequence[ResultLine]
Standards = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Prior:
    """`steps` are its groups, `running` names it inside a sentence; `rule` says what its groups mean."""

    code: str
    title: str
    running: str
    assessment: str
    steps: tuple[Step, ...]
    judge: Callable[[Lines, Standards], Stand]
    rule: str

    def stand(self, lines: Lines, standards: Standards) -> Stand:
        return self.judge(lines, standards)

    def why_none(self, year_group: str, year: int) -> str:
        """Why a pupil of that year group, in the academic year that starts in `year`, may have no result."""
        about = ASSESSMENTS[self.assessment]
        if year_group not in LADDER:
            return NO_RESULT.why
        since = LADDER.index(year_group) - LADDER.index(about.year_group)
        if since < 0:
            return f"Not taken yet: {about.title} comes later"
        held_in = year + 1 - since
        return about.held(held_in).rstrip(".") or f"{NO_RESULT.why}, {held_in}"


def _stand(verdict: Verdict) -> Stand:
    if verdict.effect == Effect.ACHIEVED:
        return Stand("met", said=verdict.why)
    return Stand("short", said=verdict.why) if verdict.effect == Effect.NOT else _none(verdict)


def _none(verdict: Verdict) -> Stand:
    return Stand(why="" if verdict == NO_RESULT else verdict.why)


def _years(lines: Lines, stage: str, component: str = "") -> list[int]:
    return sorted({line.year for line in lines if line.stage == stage and component in ("", line.component)})


def _level(lines: Lines, standards: Standards) -> Stand:
    years = _years(lines, "FSP")
    return _stand(judge_goals(found_in(lines, years[-1]), years[-1])) if years else Stand()


def _phonics(lines: Lines, standards: Standards) -> Stand:
    """Met in any year, else as the last check said."""
    told = [judge_phonics(found_in(lines, year), year, standards) for year in _years(lines, "KS1", "PHO")]
    met = [verdict for verdict in told if verdict.effect == Effect.ACHIEVED]
    return _stand((met or told)[-1]) if told else Stand()


def _ks1(subject: str, component: str) -> Callable[[Lines, Standards], Stand]:
    def judge(lines: Lines, standards: Standards) -> Stand:
        slot = f"ks1-{subject}"
        held = [(year, found_in(lines, year)) for year in _years(lines, "KS1", component)]
        found = [(year, found) for year, found in held if slot in found]
        if not found:
            return Stand()
        year, last = found[-1]
        verdict, text = judge_teacher(last, slot, "ks1-teacher", year), last[slot].text
        if verdict.effect not in (Effect.ACHIEVED, Effect.NOT) or text == "A":
            return _none(verdict)
        return Stand(_KS1_BANDS.get(text, "below"), said=verdict.why)

    return judge


PRIOR = {
    one.code: one
    for one in (
        Prior(
            "gld",
            "Good level of development, early years",
            "the early years profile",
            "eyfsp",
            LEVEL,
            _level,
            "Good level: expected in the twelve goals of the measure at the end of Reception.",
        ),
        Prior(
            "phonics",
            "Phonics check",
            "the phonics check",
            "phonics-1",
            MET,
            _phonics,
            "Met: the mark of that year’s standard or more, in Year 1 or when taken again. Not met includes who was "
            "absent or did not take it, as national figures do.",
        ),
        *(
            Prior(
                f"ks1-{subject}",
                f"Key Stage 1 {subject} (teacher assessment)",
                f"Key Stage 1 {subject} (teacher assessment)",
                "ks1",
                _KS1_STEPS,
                _ks1(subject, component),
                "Key Stage 1: WTS, EXS and GDS are read as working towards, expected and greater depth, and every "
                "standard before WTS as below.",
            )
            for subject, component in (("reading", "REA"), ("writing", "WRI"), ("maths", "SUB"))
        ),
    )
}
