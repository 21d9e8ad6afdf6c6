"""Statutory results: a row of a transfer file in the words a teacher uses.

    tell(line, year_group="2") → Told("Phonics check", "Year 2, autumn 2021", "38 of 40", "Met the standard of 32", …)

What a row is called comes from a table keyed (stage, subject, method, component, qualifier). The rows schools exchange
change every year, so a row the table does not know is shown as it was written and flagged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.assessment.rules.result_words import (
    ASSESSMENTS,
    GOALS,
    PHONICS_STANDARD,
    PHONICS_STANDARD_UNTIL,
    SHORT_SUBJECTS,
    WORDS,
    Assessment,
    Scale,
)
from itrack.pupils.rules_years import year_group_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

MEASURED_GOALS: Final = 12  # the prime areas, literacy and mathematics make the good level of development


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A statutory result with the fields a transfer file gives it. `year` is the end year of the academic year."""

    stage: str
    locale: str
    year: int
    subject: str
    method: str
    component: str
    status: str
    qualifier: str
    result: str
    result_date: date | None
    recognised: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A result in words. `meaning` adds to `result` what its code or mark stands for; "" when nothing is to add."""

    title: str
    when: str
    result: str
    meaning: str
    recognised: bool


def assessment_of(line: ResultLine) -> Assessment | None:
    """What the row is, by its key; None when the table has no such row."""
    key = (line.stage, line.subject, line.method, line.component, line.qualifier)
    return ASSESSMENTS.get(key) or ASSESSMENTS.get((*key[:4], "*")) or ASSESSMENTS.get((key[0], "*", *key[2:4], "*"))


def tell(line: ResultLine, year_group: str = "") -> Told:
    """The result in full. `year_group` is the pupil's in the year of the result, said for what is taken twice."""
    known = assessment_of(line)
    if known is None:
        raw = (line.stage, line.subject, line.method, line.component, line.qualifier)
        return Told(" ".join(part for part in raw if part), when(line), line.result, "", recognised=False)
    result, meaning = _read(known, line)
    at = f"{year_group_name(year_group)}, {when(line)}" if known.retaken and year_group else when(line)
    return Told(known.title, at, result, meaning, line.recognised and bool(meaning or result != line.result))


def when(line: ResultLine) -> str:
    """The term of the result where the row has a date, because one check fell outside its usual summer; else the year.

    "autumn 2021", "2024".
    """
    if line.result_date is None:
        return str(line.year)
    month = line.result_date.month
    term = "autumn" if month >= 9 else "spring" if month <= 3 else "summer"
    return f"{term} {line.result_date.year}"


def _read(known: Assessment, line: ResultLine) -> tuple[str, str]:
    """(result, meaning). A mark is said out of its most, a code keeps its letters and gets its meaning."""
    text = line.result
    if known.scale.most and text.isascii() and text.isdecimal() and int(text) <= known.scale.most:
        return _mark(known.scale, int(text), line.year)
    return text, WORDS[known.scale.name].get(text, "")


def _mark(scale: Scale, mark: int, year: int) -> tuple[str, str]:
    if scale.name == "goal":
        return str(mark), WORDS["goal"].get(str(mark), "")
    if scale.name == "scaled":
        met = "At or above the expected standard of 100" if mark >= 100 else "Below the expected standard of 100"
        return str(mark), met if mark >= 80 else ""
    if scale.name == "raw":
        return str(mark), "Marks, before they are scaled"
    said = f"{mark} of {scale.most}"
    if scale.name == "phonics" and year <= PHONICS_STANDARD_UNTIL:
        verb = "Met" if mark >= PHONICS_STANDARD else "Did not meet"
        return said, f"{verb} the standard of {PHONICS_STANDARD}"
    return said, ""


def good_level(lines: Sequence[ResultLine]) -> Told | None:
    """Good level of development: expected (or, to 2021, exceeding) in the first twelve of the seventeen goals.

    None when the goals are not all there. Source: Early years foundation stage profile handbook.
    """
    goals = {line.component: line for line in lines if line.component in GOALS}
    measured = [goals[name] for name in sorted(goals) if int(name[1:]) <= MEASURED_GOALS]
    if len(measured) != MEASURED_GOALS:
        return None
    at, title = when(measured[0]), "Early years: good level of development"
    if any(line.result == "A" for line in measured):
        return Told(title, at, "Not assessed", "", recognised=True)
    reached = sum(line.result in {"2", "3"} for line in measured)
    said = "Yes" if reached == MEASURED_GOALS else "No"
    return Told(title, at, said, f"{reached} of {MEASURED_GOALS} goals of the measure", recognised=True)


def in_short(lines: Iterable[tuple[ResultLine, str]]) -> list[str]:
    """A line for each assessment and year, for beside the grid. With each result the year group of its year.

    ["Phonics, Year 2, autumn 2021: 38 of 40", "KS1, 2022: reading EXS, writing EXS, maths EXS, science EXS"]
    """
    told = list(lines)
    scored = {(line.year, line.stage, line.subject, line.component) for line, _ in told if line.qualifier == "NS"}
    families: dict[str, list[str]] = {}
    if level := good_level([line for line, _ in told]):
        families[f"Early years, {level.when}"] = [f"good level of development, {level.result.lower()}"]
    for line, year_group in told:
        known = assessment_of(line)
        if known and known.scale.name == "goal":
            continue
        # Neither the outcome of a test nor its raw mark adds anything beside its scaled score.
        if line.qualifier not in {"NO", "NM"} or (line.year, line.stage, line.subject, line.component) not in scored:
            family, said = _short(line, known, year_group)
            families.setdefault(family, []).append(said)
    return [f"{family}: {', '.join(said)}" for family, said in families.items()]


def _short(line: ResultLine, known: Assessment | None, year_group: str) -> tuple[str, str]:
    told = tell(line, year_group)
    flag = "" if told.recognised else " (not recognised)"
    if known is None:
        return f"{told.title}, {told.when}", f"{told.result}{flag}"
    if known.family:
        in_full = told.meaning and told.result not in SHORT_CODES and not told.result.isdecimal()
        said = _within(told.meaning) if in_full else told.result
        return f"{known.family}, {told.when}", f"{SHORT_SUBJECTS[line.subject, line.component]} {said}{flag}"
    said = told.result if told.result != line.result else _within(told.meaning) or told.result
    return f"{known.short}, {told.when}" if known.retaken else f"{known.short} {told.when}", f"{said}{flag}"


def _within(sentence: str) -> str:
    """As it stands within another sentence."""
    return sentence[:1].lower() + sentence[1:]


# A teacher reads EXS sooner than its words; a single letter has to be said.
SHORT_CODES: Final = frozenset(code for code in WORDS["teacher"] if len(code) > 1)
