"""Makes small spreadsheets for tests: `workbook([["UPN", "Surname"], [...]])`, `text([...])`."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from itrack.foundation.tenancy.windows import writing
from itrack.spreadsheets import api
from itrack.spreadsheets.rules.kinds import Kind
from tests.cast import NOW, Cast
from tests.imports.ctf_maker import upn

HEADS = ["UPN", "Surname", "Forename", "Date of birth", "Sex", "Year group"]


def workbook(rows: Sequence[Sequence[Any]], *, name: str = "Sheet1", more: Sequence[str] = ()) -> BytesIO:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(name), book.add_format({"num_format": "dd/mm/yyyy"})
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, place, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(line, place, cell)
                else:
                    sheet.write(line, place, cell)
        for other in more:
            book.add_worksheet(other).write_string(0, 0, "Notes")
    kept.seek(0)
    return kept


def text(rows: Sequence[Sequence[str]], *, encoding: str = "utf-8", separator: str = ",") -> BytesIO:
    lines = [separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows]
    return BytesIO("\r\n".join(lines).encode(encoding))


def ottilie(**other: str) -> list[str]:
    """A row under HEADS."""
    told = {
        "upn": upn(1),
        "surname": "Thistlewood",
        "forename": "Ottilie",
        "dob": "2016-11-02",
        "sex": "F",
        "year": "5",
    }
    return list((told | other).values())


def read(cast: Cast, file: BytesIO, kind: Kind = Kind.PUPILS, *, by: str = "olu", point: int | None = None) -> int:
    """Reads a file as that person does; returns the spreadsheet's id."""
    who = cast.people[by]
    with writing(who.school):
        wanted = api.Wanted(kind, point=point)
        return api.read_sheet(school=who.school, file=file, wanted=wanted, by=who.member, at=NOW)
