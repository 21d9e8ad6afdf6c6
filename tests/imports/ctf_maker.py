"""Builds small transfer files of invented pupils for tests: `ctf(pupil(surname="Ashdown"), pupil())`.

Every part is text, so a test can put anything anywhere; `pupil` fills in what a pupil needs.
"""

from __future__ import annotations

from datetime import date
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from itrack.imports.sources.ctf import CtfFile, open_ctf
from itrack.pupils.rules import check_letter

if TYPE_CHECKING:
    from itrack.imports.rules.rows import PupilRow, Rejected

TODAY = date(2026, 11, 23)


def upn(serial: int = 1, *, school: str = "8232998", year: str = "22") -> str:
    """A right UPN, a new one for each serial below 1,000."""
    body = f"{school}{year}{serial:03}"
    return check_letter(body) + body


def element(name: str, *children: str) -> str:
    """An element around ready-made text."""
    return f"<{name}>{''.join(children)}</{name}>"


def texts(parts: dict[str, str | None]) -> str:
    """One element for each name whose text is not None; the text is escaped."""
    return "".join(element(name, escape(text, quote=False)) for name, text in parts.items() if text is not None)


def pupil(
    *inside: str,
    upn: str | None = None,
    surname: str | None = "Thistlewood",
    forename: str | None = "Ottilie",
    dob: str | None = "2016-11-02",
    sex: str | None = "F",
) -> str:
    """A pupil; `inside` is what follows the basics. A part that is None is left out of the file."""
    basics = {"UPN": upn, "Surname": surname, "Forename": forename, "DOB": dob, "Sex": sex}
    return element("Pupil", "\n", texts(basics), *inside, "\n") + "\n"


def basic_details(**parts: str | None) -> str:
    """`basic_details(Ethnicity="WBRI")`."""
    return element("BasicDetails", texts(parts))


def result(**parts: str | None) -> str:
    """A statutory result: a times-tables check of 2025 unless parts say otherwise."""
    usual: dict[str, str | None] = {
        "Locale": "ENG",
        "Year": "2025",
        "Subject": "MAT",
        "Method": "TT",
        "Component": "MTC",
        "ResultStatus": "R",
        "ResultQualifier": "MT",
        "Result": "21",
    }
    return element("StageAssessment", texts(usual | parts))


def results(*rows: str, stage: str = "KS2") -> str:
    """The results of one key stage."""
    return element("StageAssessments", element("KeyStage", element("Stage", stage), *rows))


def header(
    *, version: str = "26.0", qualifier: str = "full", year: str | None = "2026", la: str = "823", estab: str = "2998"
) -> str:
    """A header from Millbrook Primary School, in this academic year."""
    said: dict[str, str | None] = {
        "DocumentName": "Common Transfer File",
        "CTFversion": version,
        "DateTime": "2026-11-20T09:05:00",
        "DocumentQualifier": qualifier,
        "SupplierID": "OURS",
    }
    source = {"LEA": la, "Estab": estab, "SchoolName": "Millbrook Primary School", "AcademicYear": year}
    there = element("DestSchool", texts({"LEA": "823", "Estab": "2996"}))
    return element("Header", texts(said), element("SourceSchool", texts(source)), there)


def ctf(*pupils: str, head: str | None = None, declared: str | None = "utf-8") -> str:
    """A whole file as text. `head=""` leaves the header out, `declared=None` the XML declaration."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    return declaration + element("CTfile", header() if head is None else head, element("CTFpupilData", "\n", *pupils))


def opened(text: str | bytes) -> CtfFile:
    """The file opened, with the fixed day of the tests."""
    return open_ctf(BytesIO(text if isinstance(text, bytes) else text.encode()), today=TODAY)


def read(*pupils: str, head: str | None = None) -> list[PupilRow | Rejected]:
    """All pupils of a file made of these."""
    return list(opened(ctf(*pupils, head=head)))


def admitted(*inside: str, head: str | None = None, **basics: str | None) -> PupilRow:
    """The one pupil of a file, who must be admitted."""
    (row,) = read(pupil(*inside, **basics), head=head)
    assert not hasattr(row, "reason"), row
    return row  # type: ignore[return-value]


def rejected(*inside: str, **basics: str | None) -> Rejected:
    """The one pupil of a file, who must be rejected."""
    (row,) = read(pupil(*inside, **basics))
    assert hasattr(row, "reason"), row
    return row  # type: ignore[return-value]
