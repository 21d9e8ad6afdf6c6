"""Statutory results as the law has them, read off bare rows: which group a pupil's result falls in, or why in none.

Only rows of the kinds that a lived school has are known here: early learning goals, phonics, teachers' assessments of
Key Stage 1 and the tables check, each of a year.
"""

from tests.oracle_progress.record import LADDER, Row, Then

NOT_MET = {"A": "Absent", "D": "Did not take the check", "Q": "Set aside after maladministration"}
KS1 = {"GDS": "greater", "EXS": "expected", "WTS": "towards", "PK4": "below"}
KS1_WORDS = {
    "GDS": "working at greater depth",
    "EXS": "working at the expected standard",
    "WTS": "working towards the expected standard",
    "PK4": "pre-key stage standard 4",
}
COMPONENT = {"reading": "REA", "writing": "WRI", "maths": "SUB"}
# Taken in the year group; in every year since; a cohort has only one of them in the years of the rows.
TAKEN = {"gld": "R", "phonics": "1", "ks1": "2"}
KEY = ("stage", "subject", "method", "component", "qualifier")
KEY_STAGE_2 = {
    "Reading": ("KS2", "ENG", "TT", "REA", "NS"),
    "Maths": ("KS2", "MAT", "TT", "SUB", "NS"),
    "Writing": ("KS2", "ENG", "TA", "WRI", "NL"),
}
TITLES = {
    "gld": "Good level of development, early years",
    "phonics": "Phonics check",
    "ks1-reading": "Key Stage 1 reading (teacher assessment)",
    "ks1-writing": "Key Stage 1 writing (teacher assessment)",
    "ks1-maths": "Key Stage 1 maths (teacher assessment)",
}
RUNNING = TITLES | {"gld": "the early years profile", "phonics": "the phonics check"}
NAMES = {
    "gld": {"short": "Not yet", "met": "Good level"},
    "phonics": {"short": "Not met", "met": "Met"},
}
OF_KS1 = {
    "below": "Below (pre-key stage)",
    "towards": "Working towards (WTS)",
    "expected": "Expected (EXS)",
    "greater": "Greater depth (GDS)",
}
ALL_CANCELLED = "Not held: all national assessments of {} were cancelled"


def names_of(result: str) -> dict[str, str]:
    """The groups of a result by code, the lowest first."""
    return NAMES.get(result, OF_KS1)


def group_of(then: Then, result: str, pupil: int) -> tuple[str, str]:
    """(the code of the pupil's group, "") or ("", why in none); ("", "") where nothing is recorded."""
    rows = then.held("results", pupil)
    if result == "gld":
        return good_level([row for row in rows if row["stage"] == "FSP"])
    if result == "phonics":
        return phonics([row for row in rows if row["component"] == "PHO"])
    return teachers(rows, result.partition("-")[2])


def said_of(then: Then, result: str, pupil: int) -> str:
    """The result of somebody who is in one of its groups, as the names page tells it."""
    rows = then.held("results", pupil)
    if result == "gld":
        reached = sum(row["result"] == "2" for row in rows if row["stage"] == "FSP" and row["component"] <= "E12")
        return f"{reached} of 12 goals"
    if result == "phonics":
        checks = sorted((row for row in rows if row["component"] == "PHO"), key=lambda row: row["year"])
        code = [row["result"] for row in checks if _check(row["result"]) == phonics(checks)][-1]
        return f"{code} of 40, standard 32" if code.isdigit() else f"{code}, {NOT_MET[code].lower()}"
    row = teacher_row(rows, result.partition("-")[2])
    return f"{row['result']}, {KS1_WORDS[row['result']]}" if row else ""


def good_level(rows: list[Row]) -> tuple[str, str]:
    """Expected in the twelve goals of the measure; one goal not assessed, of all seventeen, leaves the child out."""
    if not rows:
        return "", ""
    if any(row["result"] == "A" for row in rows):
        return "", "A, not assessed"
    measured = [row["result"] for row in rows if int(row["component"][1:]) <= 12]
    if len(measured) < 12:
        return "", f"{12 - len(measured)} of 12 goals have no result"
    return ("met" if set(measured) == {"2"} else "short"), ""


def phonics(rows: list[Row]) -> tuple[str, str]:
    """Met with 32 in any year; else as the last check says. Absent and not taken count as not met, left does not."""
    told = [_check(row["result"]) for row in sorted(rows, key=lambda row: row["year"])]
    met = [one for one in told if one[0] == "met"]
    return (met or told or [("", "")])[-1]


def _check(said: str) -> tuple[str, str]:
    if said.isdigit():
        return ("met" if int(said) >= 32 else "short"), ""
    return ("short", "") if said in NOT_MET else ("", "L, left before it was taken")


def teacher_row(rows: list[Row], subject: str) -> Row | None:
    """The last teacher's assessment of Key Stage 1 in that subject."""
    of = "MAT" if subject == "maths" else "ENG"
    found = [
        row for row in rows
        if (row["stage"], row["subject"], row["method"], row["component"]) == ("KS1", of, "TA", COMPONENT.get(subject))
    ]  # fmt: skip
    return max(found, key=lambda row: row["year"], default=None)


def teachers(rows: list[Row], subject: str) -> tuple[str, str]:
    row = teacher_row(rows, subject)
    if row is None:
        return "", ""
    why = {"A": "A, absent", "L": "L, left"}.get(row["result"], "")
    return KS1.get(row["result"], ""), why


def why_none(then: Then, result: str, pupil: int, year: int) -> str:
    """Why somebody, old enough to have one, may have no result: not held then, or simply not recorded."""
    taken, own = LADDER.index(TAKEN[result.partition("-")[0]]), then.year_group(pupil, year)
    if not own:
        return "No result is recorded"
    held_in = year + 1 - (LADDER.index(own) - taken)
    return ALL_CANCELLED.format(held_in) if held_in in (2020, 2021) else f"No result is recorded, {held_in}"


def as_written(then: Then, pupil: int, subject: str) -> dict[str, tuple[str, str]]:
    """The results that belong beside a subject, as (what is written, band), by what they are called."""
    rows, found = then.held("results", pupil), {}
    for result, title in (("gld", "Good level of development"), ("phonics", "Phonics check")):
        group, why = group_of(then, result, pupil)
        if group or why:
            found[title] = _mark_of_check(rows, result, group, why), ""
    teacher = teacher_row(rows, subject.lower())
    if teacher:
        found["Key Stage 1"] = teacher["result"], KS1.get(teacher["result"], "")
    tables = [row["result"] for row in sorted(rows, key=lambda row: row["year"]) if row["component"] == "MTC"]
    if tables and subject == "Maths":
        found["Multiplication tables check"] = tables[-1], ""
    tests = [row["result"] for row in rows if tuple(row[one] for one in KEY) == KEY_STAGE_2.get(subject)]
    return found | ({"Key Stage 2": (tests[-1], "")} if tests else {})


def _mark_of_check(rows: list[Row], result: str, group: str, why: str) -> str:
    """ "34 met"; of a code the words alone, or of one that is counted nowhere its letter."""
    if not group:
        return why.partition(",")[0]
    words = NAMES[result][group]
    checks = sorted((row for row in rows if row["component"] == "PHO"), key=lambda row: row["year"])
    said = [row["result"] for row in checks if _check(row["result"])[0] == group] if result == "phonics" else []
    return f"{said[-1]} {words.lower()}" if said and said[-1].isdigit() else words
