"""Frameworks as CSV and JSON files: there and back without a difference, and whatever people send instead."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.frameworks.rules.content import StatementFacts, StrandFacts
from itrack.frameworks.rules.limits import MOST_ROWS
from itrack.frameworks.rules.scale import FIRST_SCALE
from itrack.frameworks.sources.csv_file import COLUMNS, read_csv, written_csv
from itrack.frameworks.sources.json_file import read_json, written_json
from itrack.frameworks.sources.shipped import shipped
from itrack.frameworks.sources.text import LARGEST_FILE, UnreadableFileError, escaped, unescaped
from tests.frameworks.making import contents

HEAD = ",".join(COLUMNS)
ROW = "Maths,3,3,Fractions,M1,Count in tenths,NC 2014,"


def sheet(*rows: str) -> bytes:
    return "\r\n".join([HEAD, *rows]).encode()


@pytest.mark.parametrize("content", shipped(), ids=lambda content: content.about.name)
def test_a_shipped_framework_comes_back_from_csv_and_json_as_it_was(content):
    assert read_csv(written_csv(content)).content == content
    assert read_json(written_json(content)).content == content
    assert read_csv(written_csv(content)).refused == ()


@settings(max_examples=40)
@given(contents())
def test_any_framework_comes_back_from_csv_as_it_was(content):
    read = read_csv(written_csv(content))

    assert (read.content, read.refused) == (content, ())


@settings(max_examples=40)
@given(contents())
def test_any_framework_comes_back_from_json_as_it_was(content):
    read = read_json(written_json(content))

    assert (read.content, read.refused) == (content, ())


@given(st.text())
def test_no_cell_is_taken_for_a_formula_and_each_comes_back(cell):
    assert not escaped(cell).startswith(("=", "+", "-", "@"))
    assert unescaped(escaped(cell)) == cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_is_read_whatever_program_wrote_it(encoding, separator):
    rows = [list(COLUMNS), ["Maths", "3", "3", "Fractions", "M1", "Find ½ of a café’s bill", "NC 2014", ""]]
    file = "\r\n".join(separator.join(row) for row in rows).encode(encoding)

    [statement] = read_csv(file).content.statements

    assert statement.text == "Find ½ of a café’s bill"


def test_a_teachers_own_sheet_needs_no_codes_and_no_lines_above():
    file = (
        b"Year group,Subject,Domain,Objective\nYear 3,Maths,Place value,Count in 4s\ny3,Maths,Place value,Count in 8s\n"
    )

    read = read_csv(file)

    assert [(each.code, each.strand.first, each.strand.last) for each in read.content.statements] == [
        ("MA.3.PV.01", "3", "3"),
        ("MA.3.PV.02", "3", "3"),
    ]
    assert read.content.depths == FIRST_SCALE


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Maths,3,3,Fractions,M2,,,", "The statement is empty."),
        (",3,3,Fractions,M2,Count,,", "The subject is empty."),
        ("Maths,3,3,,M2,Count,,", "The strand is empty."),
        ("Maths,15,15,Fractions,M2,Count,,", "“15” is no year group here"),
        ("Maths,4,3,Fractions,M2,Count,,", "The last year group, 3, comes before the first, 4."),
        ("Maths,3,3,Fractions,M 2,Count,,", "A code is 1 to 24 letters"),
        ("Maths,3,3,Fractions,M1,Count,,", "An earlier row has the code M1."),
        ("Maths,3,3,Fractions,M2,count in TENTHS,,", "M1, in the same strand, says the same."),
        (f"Maths,3,3,Fractions,M2,{'x' * 201},,", "The statement has 201 characters; at most 200 fit."),
        (f"Maths,3,3,Fractions,M2,Count,{'x' * 161},", "The pointer has 161 characters"),
        ('Maths,3,3,Fractions,M2,"Count\nup",,', "The statement holds a line break"),
        ("Maths,3,3,Fractions,M2,Count,,soon", "The day it was retired is no date"),
        ("Maths,3,3,Fractions,M2,Count,,31/02/2026", "The day it was retired is no date"),
        (f"Maths,3,3,Fractions,M2,{'x' * 140_000},,", "A cell is far too long"),
        ("Maths,3,3,\x07Fractions,,,,", "The strand holds a line break"),
    ],
)
def test_a_bad_row_is_told_with_its_reason_and_the_others_are_kept(row, reason):
    read = read_csv(sheet(ROW, row, "Maths,3,3,Fractions,M9,Round,,31/08/2026"))

    assert [each.code for each in read.content.statements] == ["M1", "M9"]
    assert read.content.statements[1].retired_on == date(2026, 8, 31)
    [fault] = read.refused
    assert reason in fault.reason
    assert fault.row >= 3


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "No row names the columns"),
        (b"a,b\n1,2\n", "No row names the columns"),
        (HEAD.encode(), "The file holds no statements."),
        (sheet("Maths,30,30,Fractions,M2,Count,,"), "No row of the file can be used. The first is row 2:"),
        (sheet(*[f"Maths,3,3,Fractions,M{n},Count in {n}s,," for n in range(10_050)]), f"more than {MOST_ROWS:,} rows"),
        (b"x" * (LARGEST_FILE + 1), "bytes; at most"),
        (b"\x89PNG\r\n\x1a\n\x81\x8d\x8f\x90\x9d" * 20, "The file is not text."),
        (b"depth,S,Secure,2,taught,\n" + sheet(ROW), "No depth counts as secure."),
        (b"depth,S,Secure,9,taught,secure\n" + sheet(ROW), "A depth's value is from 0 to 4."),
        (b"depth,S,A,1,taught,secure\ndepth,S,B,1,taught,\n" + sheet(ROW), "Two depths have one code."),
        (b"depth,ss,A,1,not taught,secure\n" + sheet(ROW), "What is not taught cannot count as secure."),
        (b"".join(b"depth,%d,A,1,taught,secure\n" % n for n in range(9)) + sheet(ROW), "at most 8 depths"),
        (b"kind,magic\n" + sheet(ROW), "The kind is one of"),
        (b"from year,later\n" + sheet(ROW), "told by the year it starts in"),
        (b"from year,2028/29\nuntil year,2027\n" + sheet(ROW), "comes before the first"),
    ],
)
def test_a_file_that_is_no_framework_is_refused_whole(file, reason):
    with pytest.raises(UnreadableFileError, match=reason.replace("(", r"\(")):
        read_csv(file)


def test_lines_above_the_table_that_say_nothing_known_are_told():
    read = read_csv(b"author,Tom\ndepth,S,Secure,two,taught,secure\nversion,2\n" + sheet(ROW))

    assert [fault.row for fault in read.refused] == [1, 2]
    assert read.content.about.version == "2"


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("{", "no JSON that can be read"),
        ("[" * 100_000, "no JSON that can be read"),
        ("[]", "no framework"),
        ('{"strands": 3}', "no framework"),
        ('{"strands": []}', "holds no statements"),
        ('{"strands": [7, null]}', "No row of the file can be used"),
        ('{"strands": [{"statements": [1]}]}', "No row of the file can be used"),
        ('{"depths": [{"value": true}], "strands": [{}]}', "No row of the file can be used"),
    ],
)
def test_json_that_is_no_framework_is_refused_whole(file, reason):
    with pytest.raises(UnreadableFileError, match=reason):
        read_json(file.encode())


def test_json_is_judged_statement_by_statement():
    good = {"code": "M1", "statement": "Count in tenths"}
    told = [good, {"code": "M1", "statement": "Round"}, "x", {"code": "M2", "statement": "Add", "retired on": "soon"}]
    strands = [{"subject": "Maths", "first year": 3, "strand": "Fractions", "statements": told}]
    strands.append({"subject": "Maths", "first year": 3, "last year": "4", "strand": "Shape"})

    read = read_json(json.dumps({"framework": "Ours", "strands": strands}).encode())

    fractions, shape = StrandFacts("Maths", "3", "3", "Fractions"), StrandFacts("Maths", "3", "4", "Shape")
    assert read.content.statements == (StatementFacts(fractions, "M1", "Count in tenths"),)
    assert read.content.strands == (fractions, shape)
    assert [fault.row for fault in read.refused] == [2, 3, 4]


@given(st.binary(max_size=300))
def test_whatever_bytes_come_they_are_read_or_refused(file):
    for read in (read_csv, read_json):
        with suppress(UnreadableFileError):
            assert read(file).content.strands
