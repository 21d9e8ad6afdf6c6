"""Writes a large Common Transfer File of invented pupils: 20,000 pupils × 12 results make about 50 MB.

The rows stand close together, as an exporting program writes them: little white space, so a bare parser has as little
to do as a real file allows, and the comparison is the harder one for us.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from itrack.pupils.rules import check_letter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADER = """<?xml version="1.0" encoding="utf-8"?>
<CTfile>
<Header><DocumentName>Common Transfer File</DocumentName><CTFversion>26.0</CTFversion>
<DateTime>2026-11-20T09:05:00</DateTime><DocumentQualifier>partial</DocumentQualifier><SupplierID>BENCH</SupplierID>
<SourceSchool><LEA>823</LEA><Estab>2998</Estab><SchoolName>Millbrook Primary School</SchoolName>
<AcademicYear>2026</AcademicYear></SourceSchool><DestSchool><LEA>823</LEA><Estab>2996</Estab></DestSchool></Header>
<CTFpupilData>
"""
FOOTER = "</CTFpupilData>\n</CTfile>\n"
SURNAMES = ("Thistlewood", "Ashdown", "O’Brannock", "Nwosu", "Kaczmarek", "Rahman", "Llwyd-Evans", "Quillfeather")
FORENAMES = ("Ottilie", "Ifan", "Zuzanna", "Amara", "Bilal", "Rosalind", "Théo", "Gwenllïan", "Noor", "Edmund")
TEACHER = ("WTS", "EXS", "GDS")
ASSESSMENTS = (
    ("KS1", 2022, "ENG", "TT", "PHO", "NM"),
    ("KS1", 2023, "ENG", "TA", "REA", "NL"),
    ("KS1", 2023, "ENG", "TA", "WRI", "NL"),
    ("KS1", 2023, "MAT", "TA", "SUB", "NL"),
    ("KS1", 2023, "SCI", "TA", "SUB", "NL"),
    ("KS2", 2025, "MAT", "TT", "MTC", "MT"),
    ("KS2", 2026, "ENG", "TA", "WRI", "NL"),
    ("KS2", 2026, "SCI", "TA", "SUB", "NL"),
    ("KS2", 2026, "ENG", "TT", "REA", "NS"),
    ("KS2", 2026, "ENG", "TT", "GPS", "NS"),
    ("KS2", 2026, "MAT", "TT", "SUB", "NS"),
    ("KS2", 2026, "MAT", "TT", "SUB", "NM"),
)


def write_ctf(path: Path, *, pupils: int, seed: int = 7) -> None:
    """Write a file of `pupils` pupils, twelve results each; the same seed writes the same file."""
    chance = Random(seed)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEADER)
        out.writelines(one_pupil(number, chance) for number in range(pupils))
        out.write(FOOTER)


def one_pupil(number: int, chance: Random) -> str:
    """One invented pupil; `number` makes the UPN unique (up to 100,000 pupils)."""
    digits = f"823{2000 + number // 1000:04}15{number % 1000:03}"
    born = f"20{14 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}"
    return (
        f"<Pupil>\n<UPN>{check_letter(digits)}{digits}</UPN><Surname>{chance.choice(SURNAMES)}</Surname>"
        f"<Forename>{chance.choice(FORENAMES)}</Forename><DOB>{born}</DOB><Sex>{chance.choice('FM')}</Sex>\n"
        f"<StageAssessments>{''.join(key_stages(chance))}</StageAssessments>\n</Pupil>\n"
    )


def key_stages(chance: Random) -> Iterator[str]:
    """The two key stages with their twelve results."""
    for wanted in ("KS1", "KS2"):
        rows = (one_result(row[1:], chance) for row in ASSESSMENTS if row[0] == wanted)
        yield f"<KeyStage><Stage>{wanted}</Stage>\n{''.join(rows)}</KeyStage>"


def one_result(row: tuple[int, str, str, str, str], chance: Random) -> str:
    """One result: a teacher's judgement, a scaled score or a mark, as the row's qualifier asks."""
    year, subject, method, component, qualifier = row
    highest = {"MT": 25, "NM": 40}.get(qualifier, 120)
    result = chance.choice(TEACHER) if method == "TA" else chance.randint(80 if highest == 120 else 0, highest)
    return (
        f"<StageAssessment><Locale>ENG</Locale><Year>{year}</Year><Subject>{subject}</Subject>"
        f"<Method>{method}</Method><Component>{component}</Component><ResultStatus>R</ResultStatus>"
        f"<ResultQualifier>{qualifier}</ResultQualifier><Result>{result}</Result></StageAssessment>\n"
    )
