"""What can be read of a file, and what a hostile or broken one is answered."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from itrack.foundation.refusal import Refused
from itrack.spreadsheets.sources.opening import open_book
from itrack.spreadsheets.sources.table import ERROR, LONGEST_CELL, MOST_COLUMNS
from tests.spreadsheets.maker import text, workbook


def rows_of(file: BytesIO, sheet: str | None = None) -> list[list[str]]:
    book = open_book(file)
    return book.table(book.names[0] if sheet is None else sheet).rows


NAMES = [["Surname", "Forename"], ["Llŷr-Évans", "Zoë’s"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_file_is_read_in_any_encoding_that_programs_write(encoding: str) -> None:
    assert rows_of(text(NAMES, encoding=encoding)) == NAMES


def test_windows_text_is_read_and_said(request) -> None:
    book = open_book(text([["Surname"], ["Brontë’s"]], encoding="cp1252"))

    table = book.table("")

    assert table.rows[1] == ["Brontë’s"]
    assert "One line is not UTF-8" in table.warnings[0]


def test_a_file_of_two_encodings_keeps_the_accents_of_both() -> None:
    both = "Surname,Forename\nÉvans,Zoë\n".encode() + "Müller,Renée\n".encode("cp1252")

    assert rows_of(BytesIO(both))[1:] == [["Évans", "Zoë"], ["Müller", "Renée"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_sign_between_the_cells_is_found(separator: str) -> None:
    assert rows_of(text([["Surname", "Forename"], ["Ash", "Bo"]], separator=separator))[1] == ["Ash", "Bo"]


def test_a_comma_inside_quotation_marks_divides_nothing() -> None:
    assert rows_of(BytesIO(b'Name;DOB\n"Ash, Bo, Cy";1\n"Day, El, Fy";2'))[1] == ["Ash, Bo, Cy", "1"]


def test_a_workbook_gives_days_numbers_per_cent_and_results_of_formulas() -> None:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet, shares = book.add_worksheet("Marks"), book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["Born", "Score", "Share", "Sum", "Wrong"])
        sheet.write_datetime(1, 0, date(2017, 11, 2), book.add_format({"num_format": "d/m/yy"}))
        sheet.write_number(1, 1, 104)
        sheet.write_number(1, 2, 0.845, shares)
        sheet.write_formula(1, 3, "=50+52", None, 102)
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")

    assert rows_of(kept)[1] == ["2017-11-02", "104", "84.5%", "102", ERROR]


def test_merged_cells_each_hold_the_text_they_show() -> None:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 1, ["Class", "Surname"])
        sheet.merge_range(3, 1, 4, 1, "4B")
        sheet.write_column(3, 2, ["Ash", "Birch"])
    table = open_book(kept).table("Sheet1")

    assert table.rows == [["Class", "Surname"], ["4B", "Ash"], ["4B", "Birch"]]
    assert table.first == 3


def test_hidden_and_empty_sheets_are_not_offered() -> None:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.add_worksheet("Empty")
        book.add_worksheet("Pupils").write_string(0, 0, "Surname")
        hidden = book.add_worksheet("Hidden")
        hidden.write_string(0, 0, "Secret")
        hidden.hide()

    assert open_book(kept).names == ("Pupils",)


def test_a_cell_of_a_novel_is_cut_to_what_will_be_refused() -> None:
    assert len(rows_of(text([["Surname"], ["x" * 5000]]))[1][0]) == LONGEST_CELL


def sheet_with(content: str) -> BytesIO:
    """A workbook whose first sheet is this XML."""
    whole = workbook([["Surname"]])
    kept = BytesIO()
    with zipfile.ZipFile(whole) as held, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for part in held.namelist():
            body = held.read(part)
            if part == "xl/worksheets/sheet1.xml":
                start = body.index(b"<sheetData")
                body = body[:start] + f"<sheetData>{content}</sheetData></worksheet>".encode()
            made.writestr(part, body)
    kept.seek(0)
    return kept


FAR = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (FAR.format(1, "A") + FAR.format(1048576, "A"), "more than 20,000 rows"),
        (FAR.format(1, "A") + FAR.format(2, "XFD"), f"more than {MOST_COLUMNS} columns"),
        (FAR.format(1, "A") + FAR.format(19_999, "GR"), "unpacks to far more"),
        ('<row r="1"><c r="A1"><f>1+1</f></c></row>', "formulas without their results"),
        ("<row><c>" + "x" * (50 * 1024 * 1024) + "</c></row>", "unpacks to far more"),
    ],
    ids=["far down", "far right", "both", "no results", "a bomb"],
)
def test_a_sheet_that_reaches_too_far_or_unpacks_to_too_much_is_refused(content: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        open_book(sheet_with(content))


def test_cells_that_only_look_like_something_do_not_count() -> None:
    styled = "".join(f'<row r="{n}"><c r="XFC{n}" s="1"/></row>' for n in (1, 1048576))
    told = '<row r="1"><c r="A1" t="inlineStr"><is><t>Surname</t></is></c></row>'

    assert rows_of(sheet_with(told + styled)) == [["Surname"]]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rubbish", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old or locked", "older kind"),
        (b"%PDF-1.7", "not a spreadsheet"),
        (b"Surname\n\x81\x8d", "neither a workbook"),
        (b"Surname\0Forename", "neither a workbook"),
        (b'Surname\n"Ash', "never closed"),
        (b"a\n" * 30_000, "more than 20,000 rows"),
        (b"," * 300 + b"x", f"more than {MOST_COLUMNS} columns"),
        (b"x" * (11 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=["empty", "broken zip", "old", "pdf", "bytes", "nul", "quotes", "rows", "columns", "size"],
)
def test_a_file_that_is_no_table_gets_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        rows_of(BytesIO(content))
