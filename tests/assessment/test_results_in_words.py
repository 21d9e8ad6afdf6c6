"""Statutory results in the words a teacher uses, from the rows of a real transfer file."""

from datetime import date

import pytest

from itrack.assessment.rules.results import ResultLine, Told, good_level, in_short, tell


def row(told: str, result: str, year: int = 2022, on: date | None = None, known: bool = True) -> ResultLine:
    stage, subject, method, component, qualifier = told.split(" ")
    return ResultLine(stage, "ENG", year, subject, method, component, "R", qualifier, result, on, known)


PHONICS = "KS1 ENG TT PHO NM"
TABLES = "KS2 MAT TT MTC MT"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            row(PHONICS, "38", on=date(2021, 12, 3)),
            Told("Phonics check", "Year 2, autumn 2021", "38 of 40", "Met the standard of 32", True),
        ),
        (row(PHONICS, "07"), Told("Phonics check", "Year 2, 2022", "7 of 40", "Did not meet the standard of 32", True)),
        (row(PHONICS, "38", 2026), Told("Phonics check", "Year 2, 2026", "38 of 40", "", True)),
        (row(PHONICS, "D"), Told("Phonics check", "Year 2, 2022", "D", "Did not take the check", True)),
        (row(TABLES, "9", 2024), Told("Multiplication tables check", "2024", "9 of 25", "", True)),
        (row(TABLES, "B", 2024), Told("Multiplication tables check", "2024", "B", "Working below the check", True)),
        (
            row("KS1 MAT TA SUB NL", "EXS"),
            Told("KS1 maths, teacher assessment", "2022", "EXS", "Working at the expected standard", True),
        ),
        (
            row("KS2 ENG TT REA NS", "119", 2026),
            Told("KS2 reading test, scaled score", "2026", "119", "At or above the expected standard of 100", True),
        ),
        (
            row("KS2 MAT TT SUB NO", "NS", 2026),
            Told("KS2 maths test, outcome", "2026", "NS", "Did not reach the expected standard", True),
        ),
        (
            row("KS2 MAT TT SUB NM", "84", 2026),
            Told("KS2 maths test, raw mark", "2026", "84", "Marks, before they are scaled", True),
        ),
        *(
            (
                row("KS2 MAT TT SUB NO", letter, 2026),
                Told("KS2 maths test, outcome", "2026", letter, "Unable to access the test", True),
            )
            for letter in "TU"
        ),
        (row("FSP LIT TA E09 XX", "2"), Told("Early years: Word reading", "2022", "2", "Expected", True)),
    ],
)
def test_a_row_is_told_in_words(line: ResultLine, told: Told) -> None:
    assert tell(line, "2") == told


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (row("KS5 ENG TT PHO NM", "38"), "KS5 ENG TT PHO NM"),
        (row(PHONICS, "41"), "Phonics check"),
        (row(PHONICS, "<script>"), "Phonics check"),
        (row(PHONICS, "38", known=False), "Phonics check"),
        (row("KS2 ENG TT REA NS", "12"), "KS2 reading test, scaled score"),
    ],
)
def test_what_the_table_does_not_know_is_kept_as_written_and_flagged(line: ResultLine, title: str) -> None:
    told = tell(line)

    assert (told.title, told.recognised) == (title, False)
    assert told.result.startswith(line.result)


def test_a_class_teacher_reads_one_line_for_each_assessment() -> None:
    lines = [
        row(PHONICS, "38", on=date(2021, 12, 3)),
        *(row(f"KS1 {key} NL", code) for key, code in (("ENG TA REA", "EXS"), ("ENG TA WRI", "WTS"))),
        row("KS1 MAT TA SUB NL", "GDS"),
        row(TABLES, "9", 2024),
        row("KS2 ENG TT REA NS", "101", 2026),
        row("KS2 ENG TT REA NO", "AS", 2026),
        row("KS2 ENG TT GPS NO", "B", 2026),
        row("KS9 ENG TT REA NO", "zz", 2026),
    ]

    assert in_short((line, "2") for line in lines) == [
        "Phonics, Year 2, autumn 2021: 38 of 40",
        "KS1, 2022: reading EXS, writing WTS, maths GDS",
        "Multiplication check 2024: 9 of 25",
        "KS2, 2026: reading 101, GPS working below the test",
        "KS9 ENG TT REA NO, 2026: zz (not recognised)",
    ]


def test_a_profile_is_one_line_and_a_raw_mark_none_beside_its_score() -> None:
    goals = [row(f"FSP LIT TA E{number:02} NN", "2", 2023) for number in range(1, 18)]
    maths = [row("KS2 MAT TT SUB NM", "84", 2026), row("KS2 MAT TT SUB NS", "104", 2026)]

    assert in_short((line, "R") for line in [*goals, *maths]) == [
        "Early years, 2023: good level of development, yes",
        "KS2, 2026: maths 104",
    ]


@pytest.mark.parametrize(
    ("last", "said", "meaning"),
    [
        ("2", "Yes", "12 of 12 goals of the measure"),
        ("1", "No", "11 of 12 goals of the measure"),
        ("A", "Not assessed", ""),
    ],
)
def test_a_good_level_of_development_needs_the_twelve_measured_goals(last: str, said: str, meaning: str) -> None:
    goals = [row(f"FSP LIT TA E{number:02} NN", "2", 2023) for number in range(1, 12)]
    others = [row(f"FSP LIT TA E{number:02} NN", "1", 2023) for number in range(13, 18)]

    told = good_level([*goals, row("FSP MAT TA E12 NN", last, 2023), *others])

    assert told == Told("Early years: good level of development", "2023", said, meaning, True)
    assert good_level(goals) is None
