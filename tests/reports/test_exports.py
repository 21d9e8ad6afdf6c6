"""Files of the report: the page's figures in typed cells, nothing that runs, each one noted and kept to its role."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from lxml import etree

from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import reading, writing
from itrack.reports.api import REPORTS, report_data
from itrack.reports.catalogue.answering import understand, work_out
from itrack.reports.queries.question import Subject
from itrack.reports.shown.files import answer_export, as_one
from itrack.ui.words import harmless, rounded_percent
from tests.cast import NOW, a_pupil
from tests.reports.naive import fill
from tests.reports.school import Oakfield, a_class, mark
from tests.reports.test_attainment_page import shown, subject_id, words

FILES = tuple(f"/reports/attainment{part}.{kind}" for part in ("", "/names") for kind in ("csv", "xlsx"))
SHEET = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def csv_rows(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


def sheet_of(answer, number: int = 1) -> etree._Element:
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.content)) as book:
        return etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))


def xlsx_rows(answer, number: int = 1) -> list[dict[str, str | float]]:
    with ZipFile(BytesIO(answer.content)) as book:
        strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
    texts = ["".join(one.itertext()) for one in strings.iterfind("m:si", SHEET)]
    lines: list[dict[str, str | float]] = []
    for row in sheet_of(answer, number).iterfind(".//m:row", SHEET):
        cells = {}
        for cell in row.iterfind("m:c", SHEET):
            value = cell.findtext("m:v", namespaces=SHEET)
            column = cell.get("r").rstrip("0123456789")
            cells[column] = texts[int(value)] if cell.get("t") == "s" else float(value)
        lines.append(cells)
    heads = lines[0]
    return [{str(head): line.get(column, "") for column, head in heads.items()} for line in lines[1:]]


def test_page_csv_xlsx_and_command_line_say_the_same(oakfield: Oakfield):
    client, said = oakfield.cast.client("hana"), {"pupils": "year-4", "subject": subject_id(oakfield, "Reading")}
    with reading(oakfield.cast.oakfield):
        asked = {"year": None, "point": None, "subject": "Reading", "group": "Year 4", "as_at": None}
        data = report_data("attainment", viewer=oakfield.cast.hana, now=NOW, **asked)

    told = csv_rows(client.get(FILES[0], said))
    book = client.get(FILES[1], said)
    typed = [row for number in (1, 2, 3) for row in xlsx_rows(book, number)]
    page = words(shown(oakfield, "hana", **said))

    wanted = [row for table in data["tables"] for row in table["rows"]]
    assert len(told) == len(typed) == len(wanted) > 10
    for row, cells, one in zip(told, typed, wanted, strict=True):
        assert int(row["Counted"]) == cells["Counted"] == one["Counted"]["n"]
        assert int(row["Expected or above"]) == cells["Expected or above"] == one["Expected or above"]["n"]
        assert row["Subject"] == cells.get("Subject", "") == one.get("Subject", "")
        assert row["Group"] == cells.get("Group", "") == one.get("Group", "")
        assert row["Group"] in page
        points = one.get("Points from everybody")
        assert row["Points from everybody"] == ("" if points is None else str(points))
        if one["Counted"]["n"]:
            share = rounded_percent(one["Expected or above"]["n"], one["Counted"]["n"])
            assert abs(float(row["Expected or above %"]) - share) <= 0.5
            assert cells["Expected or above %"] == pytest.approx(float(row["Expected or above %"]) / 100)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝"])
def test_text_that_would_run_gets_an_apostrophe(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless("O’Brannock-Nwosu") == "O’Brannock-Nwosu"


def test_a_pupil_named_like_a_formula_runs_nowhere(oakfield: Oakfield):
    evil = '=HYPERLINK("http://x","y")'
    with writing(oakfield.cast.oakfield):
        pupil = a_pupil(oakfield.cast.deed("hana"), evil, "@SUM(1)")
        a_class(oakfield.cast, "=1+1", [pupil])
        mark(oakfield.cast.hana, "Reading", {pupil: "E"})
    client = oakfield.cast.client("hana")
    said = {"pupils": "year-4", "subject": subject_id(oakfield, "Reading"), "cell": "counted"}

    rows = csv_rows(client.get(FILES[2], said))
    figures = csv_rows(client.get(FILES[0], said))
    books = [client.get(path, said) for path in (FILES[1], FILES[3])]

    assert {f"'{evil}"} == {row["Surname"] for row in rows if row["Surname"].endswith(")")}
    assert "'=1+1" in {row["Class"] for row in rows} & {row["Group"] for row in figures}
    assert evil in {row["Surname"] for row in xlsx_rows(books[1])}, "a typed cell needs no apostrophe"
    for book in books:
        with ZipFile(BytesIO(book.content)) as parts:
            sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)


def test_the_head_of_a_sheet_is_frozen(oakfield: Oakfield):
    pane = sheet_of(oakfield.cast.client("hana").get(FILES[1])).find(".//m:pane", SHEET)

    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")


@pytest.mark.parametrize("path", FILES)
def test_a_file_obeys_the_role_and_leaves_a_note(oakfield: Oakfield, path):
    tom = oakfield.cast.client("tom")
    mine = tom.get(path)
    with reading(oakfield.cast.oakfield):
        noted = list(AuditEntry.objects.filter(by_id=oakfield.cast.tom.member).values_list("verb", flat=True))

    assert mine["Content-Disposition"].startswith('attachment; filename="attainment')
    assert "Acorn" not in mine["Content-Disposition"]
    assert not mine.streaming
    assert [verb for verb in noted if verb.startswith("attainment") and verb.endswith(".seen")]
    assert tom.get(path, {"pupils": f"class-{oakfield.a4}"}).status_code == 404
    assert tom.get(path, {"pupils": "all"}).status_code == 400
    for who in ("olu", "asha", *(["gus", "tara"] if "names" in path else [])):
        assert oakfield.cast.client(who).get(path).status_code == 403
    assert tom.get(path, {"year": "\x00", "subject": "<b>"}).status_code == 400


# Objectives are in use nowhere here, so theirs cannot be asked.
@pytest.mark.parametrize("report", sorted(REPORTS.keys() - {"trust", "objectives-report"}))
def test_no_two_columns_of_a_file_are_called_the_same(oakfield, report):
    fill(oakfield, 3)
    with reading(oakfield.cast.oakfield):
        asked, _ = understand(REPORTS[report], viewer=oakfield.cast.hana, said={}, now=NOW)
        export = answer_export(REPORTS[report], asked, work_out(REPORTS[report], asked))

    for table in (*export.tables, as_one(export)):
        assert len(set(table.heads)) == len(table.heads), table.heads
    about = dict(export.about)
    if asked.subject and asked.asks.subject != Subject.NONE:
        assert about["Subject (chosen)"] == asked.subject[1]
    assert {f"{label} (chosen)" for label in asked.said} <= about.keys()


def test_the_earlier_day_is_refused_as_the_later_one_that_it_is(oakfield):
    answer = oakfield.cast.client("hana").get("/reports/attainment", {"as_at": "2026-10-01", "since": "2026-11-01"})

    assert answer.status_code == 400
    assert "Choose an earlier day to compare with" in answer.content.decode()
