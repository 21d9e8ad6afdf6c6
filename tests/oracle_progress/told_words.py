"""Statutory results in the words a parent or teacher reads, said once more for the rows a lived school has."""

from tests.oracle_progress.record import Row, Then

type Words = tuple[str, str, str, str]  # assessment, when, result, in words

LEVEL = "Early years: good level of development"
GOALS = {"E10": "Writing", "E11": "Number"}
REACHED = {"1": "Emerging", "2": "Expected", "A": "Not assessed"}
CHECKS = {"A": "Absent", "D": "Did not take the check", "L": "Left before it was taken"}
TABLES = CHECKS | {"B": "Working below the check"}
TEACHER = {
    "GDS": "Working at greater depth",
    "EXS": "Working at the expected standard",
    "WTS": "Working towards the expected standard",
    "PK4": "Pre-key stage standard 4",
    "A": "Absent",
    "L": "Left",
}
SUBJECTS = {("ENG", "REA"): "reading", ("ENG", "WRI"): "writing", ("MAT", "SUB"): "maths"}


def in_words(then: Then, pupil: int, rows: list[Row]) -> list[Words]:
    """By year and stage; the early years' goals as one level where all twelve of the measure are there."""
    order = sorted(rows, key=lambda row: [row[one] for one in ("year", "stage", "subject", "component", "method")])
    goals = [row for row in order if row["stage"] == "FSP"]
    others = [_tell(then, pupil, row) for row in order if row["stage"] != "FSP"]
    measured = [row for row in goals if row["component"] <= "E12"]
    return [*(level(measured) if len(measured) == 12 else by_reached(goals)), *others]


def level(measured: list[Row]) -> list[Words]:
    if any(row["result"] == "A" for row in measured):
        return [(LEVEL, f"{measured[0]['year']}", "Not assessed", "")]
    reached = sum(row["result"] == "2" for row in measured)
    return [
        (LEVEL, f"{measured[0]['year']}", "Yes" if reached == 12 else "No", f"{reached} of 12 goals of the measure")
    ]


def by_reached(goals: list[Row]) -> list[Words]:
    """The goals expected are counted, the others named."""
    told = []
    for reached in sorted({REACHED[row["result"]] for row in goals}):
        some = [row for row in goals if REACHED[row["result"]] == reached]
        names = f"{len(some)} goals" if reached == "Expected" else ", ".join(GOALS[row["component"]] for row in some)
        told.append(("Early years goals", f"{some[0]['year']}", reached, names))
    return told


def _tell(then: Then, pupil: int, row: Row) -> Words:
    said, year = row["result"], f"{row['year']}"
    if row["component"] == "PHO":
        when = f"Year {then.year_group(pupil, row['year'] - 1)}, {year}"
        met = "Met" if said.isdigit() and int(said) >= 32 else "Did not meet"
        mark = (f"{said} of 40", f"{met} the standard of 32") if said.isdigit() else (said, CHECKS[said])
        return "Phonics check", when, *mark
    if row["component"] == "MTC":
        return "Multiplication tables check", year, *((f"{said} of 25", "") if said.isdigit() else (said, TABLES[said]))
    name = f"{row['stage']} {SUBJECTS[row['subject'], row['component']]}"
    if row["qualifier"] == "NS":
        met = "At or above" if int(said) >= 100 else "Below"
        return f"{name} test, scaled score", year, said, f"{met} the expected standard of 100"
    return f"{name}, teacher assessment", year, said, TEACHER[said]
