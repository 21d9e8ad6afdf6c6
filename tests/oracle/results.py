"""What a pupil's results come to in each statutory measure, by the Department's published rules for each code.

A verdict is "achieved", "not" (counted all the same) or "out", with what was read; `score` is there for an average.
"""

from typing import NamedTuple

from itrack.assessment.rules.result_words import WORDS
from tests.oracle.rows import Rows

YES, NOT, OUT, NO_RULE = "achieved", "not", "out", "no rule"
SLOTS = {
    ("KS2", "ENG", "TT", "REA", "NS"): "reading", ("KS2", "ENG", "TT", "REA", "NO"): "reading code",
    ("KS2", "MAT", "TT", "SUB", "NS"): "maths", ("KS2", "MAT", "TT", "SUB", "NO"): "maths code",
    ("KS2", "ENG", "TT", "GPS", "NS"): "gps", ("KS2", "ENG", "TT", "GPS", "NO"): "gps code",
    ("KS2", "ENG", "TA", "WRI", "NL"): "writing", ("KS2", "SCI", "TA", "SUB", "NL"): "science",
    ("KS1", "ENG", "TT", "PHO", "NM"): "phonics", ("KS2", "MAT", "TT", "MTC", "MT"): "tables",
}  # fmt: skip
GOALS = [f"E{number:02}" for number in range(1, 18)]
# Of each kind of result: what a code does, by the source the product names for it.
CODES: dict[str, dict[str, str]] = {
    "outcome": {"AS": YES, **dict.fromkeys(("NS", "A", "B", "H", "J", "Q", "T", "U"), NOT), "L": OUT, "M": OUT},
    "writing": {"GDS": YES, "EXS": YES, **dict.fromkeys(("WTS", "PK4", "A"), NOT), "L": OUT},
    "science": {"EXS": YES, "HNM": NOT, "A": NOT, "L": OUT},
    "goal": {"2": YES, "1": NOT, "A": OUT},
    "phonics": {"Wa": YES, **dict.fromkeys(("Wt", "A", "D", "Q"), NOT), "L": OUT},
    "tables": {**dict.fromkeys(("A", "B", "J", "U", "X"), NOT), "L": OUT, "Z": OUT},
}
KNOWN_WITHOUT_RULE = {"outcome": ("CA", "CB", "F", "P"), "writing": ("F", "P"), "science": ("F", "P"),
                      "tables": ("H", "NAA", "Q")}  # fmt: skip
NOTHING = "No result is recorded"


class Verdict(NamedTuple):
    says: str
    why: str
    score: int | None = None

    @property
    def counts(self) -> bool:
        return self.says in (YES, NOT)


NO_RESULT = Verdict(OUT, NOTHING)


class Paper:
    """A pupil's results of one year: what stands in each slot, and whether it is final."""

    def __init__(self, rows: Rows, pupil: int, year: int) -> None:
        self.year, self.held = year, {}
        for row in rows.results.get(pupil, []):
            key = tuple(row[name] for name in ("stage", "subject", "method", "component", "qualifier"))
            slot = row["component"] if row["stage"] == "FSP" else SLOTS.get(key, "")
            if row["year"] == year and row["locale"] in ("", "ENG"):
                self.held[slot] = row["result"], row["status"] in ("", "R")

    def has(self, slot: str) -> str:
        """The text of a result, "" for none."""
        return self.held.get(slot, ("", True))[0]

    def is_final(self, slot: str) -> bool:
        return self.held.get(slot, ("", True))[1]

    def mark(self, slot: str, low: int, high: int) -> int | None:
        text = self.has(slot)
        inside = text.isdecimal() and low <= int(text) <= high
        return int(text) if inside and self.is_final(slot) else None

    def code(self, slot: str, kind: str) -> Verdict:
        """What a code comes to. One that nobody knows, or that is not final, is counted nowhere."""
        text = self.has(slot)
        if not text:
            return NO_RESULT
        if not self.is_final(slot):
            return Verdict(NO_RULE, f"{text}: the result is not final")
        if text not in CODES[kind] and text not in KNOWN_WITHOUT_RULE.get(kind, ()):
            return Verdict(NO_RULE, f"{text}: not a result of {self.year} with a known rule")
        words = WORDS["teacher" if kind in ("writing", "science") else kind][text]
        return Verdict(CODES[kind].get(text, NO_RULE), f"{text}, {words[:1].lower()}{words[1:]}")


def judge(rows: Rows, pupil: int, measure: str, year: int) -> Verdict:
    paper = Paper(rows, pupil, year)
    name, _, level = measure.partition("-")
    at = 110 if level == "higher" else 100
    match name:
        case "gld":
            return _goals(paper)
        case "phonics":
            return _phonics(rows, pupil, year) if level == "year-1" else _by_year_2(rows, pupil, year)
        case "tables":
            return _tables(paper)
        case "rwm":
            return _all_three(paper, at)
        case "writing" | "science":
            return _teacher(paper, name, at)
        case _:
            return _test(paper, name, at)


def _goals(paper: Paper) -> Verdict:
    """Expected in the twelve goals of the prime areas, literacy and maths; one A leaves the child out."""
    told = [paper.code(goal, "goal") for goal in GOALS]
    twelve = told[:12]
    left_out = [one for one in told if one.says == OUT and one != NO_RESULT]
    unclear = [one for one in twelve if one.says == NO_RULE]
    if left_out or unclear:
        return Verdict(OUT, (left_out or unclear)[0].why)
    missing = twelve.count(NO_RESULT)
    if missing:
        return NO_RESULT if missing == 12 else Verdict(OUT, f"{missing} of 12 goals have no result")
    return Verdict(YES if all(one.says == YES for one in twelve) else NOT, "")


def standard_of(rows: Rows, year: int) -> int | None:
    """The mark that meets the check: as the school put it in, else 32 in every year up to 2025."""
    told = rows.figures.get(("phonics-standard", year, False))
    return int(told) if told is not None else 32 if 2012 <= year <= 2025 else None


def _phonics(rows: Rows, pupil: int, year: int) -> Verdict:
    paper = Paper(rows, pupil, year)
    mark, standard = paper.mark("phonics", 0, 40), standard_of(rows, year)
    if mark is None:
        return paper.code("phonics", "phonics")
    if standard is None:
        return Verdict(OUT, f"{mark} of 40: the standard of {year} is not known here")
    return Verdict(YES if mark >= standard else NOT, "")


def _by_year_2(rows: Rows, pupil: int, year: int) -> Verdict:
    now, before = _phonics(rows, pupil, year), _phonics(rows, pupil, year - 1)
    if YES in (now.says, before.says):
        return Verdict(YES, "")
    waits = now == NO_RESULT and before.says == NOT
    return Verdict(OUT, "Not met in Year 1, and no result of Year 2") if waits else now


def _tables(paper: Paper) -> Verdict:
    mark = paper.mark("tables", 0, 25)
    return paper.code("tables", "tables") if mark is None else Verdict(YES if mark == 25 else NOT, "", mark)


def _test(paper: Paper, subject: str, at: int) -> Verdict:
    """A code that says the test was not taken goes before a score; AS alone says no more than expected."""
    slot = f"{subject} code"
    code, score = paper.has(slot), paper.mark(subject, 80, 120)
    if code and (not paper.is_final(slot) or code not in ("AS", "NS", "CA", "CB")):
        return paper.code(slot, "outcome")
    if score is not None:
        return Verdict(YES if score >= at else NOT, "", score)
    if paper.has(subject):
        return paper.code(subject, "outcome")
    if code == "AS" and at == 110:
        return Verdict(OUT, "AS alone: the scaled score is not recorded")
    return paper.code(slot, "outcome")


def _teacher(paper: Paper, slot: str, at: int) -> Verdict:
    told = paper.code(slot, slot)
    return Verdict(NOT, told.why) if told.says == YES and at == 110 and paper.has(slot) != "GDS" else told


def _all_three(paper: Paper, at: int) -> Verdict:
    """Who is left out of one of the three is left out here."""
    parts = {
        "Reading": _test(paper, "reading", at),
        "Writing": _teacher(paper, "writing", at),
        "Maths": _test(paper, "maths", at),
    }
    if all(one == NO_RESULT for one in parts.values()):
        return NO_RESULT
    for says in (NO_RULE, OUT):
        if left := [f"{name}: {one.why}" for name, one in parts.items() if one.says == says]:
            return Verdict(OUT, "; ".join(left))
    return Verdict(YES if all(one.says == YES for one in parts.values()) else NOT, "")
