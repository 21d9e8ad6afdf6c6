"""Results as the record holds them, written short."""

from itrack.assessment.rules.results import ResultLine
from itrack.statutory.rules.assessments import ASSESSMENTS

KEYS = {part.name: part.key for one in ASSESSMENTS.values() for part in one.parts}


def line(slot: str, result: str, year: int = 2026, *, locale: str = "ENG", status: str = "R") -> ResultLine:
    """One result of a component: line("reading-scaled", "104")."""
    stage, subject, method, component, qualifier = KEYS[slot]
    return ResultLine(stage, locale, year, subject, method, component, status, qualifier, result, None, True)


def lines(year: int = 2026, **told: str) -> list[ResultLine]:
    """Several at once: lines(reading_scaled="104", ks2_writing="EXS")."""
    return [line(slot.replace("_", "-"), result, year) for slot, result in told.items()]
