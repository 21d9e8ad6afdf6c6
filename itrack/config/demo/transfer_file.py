"""The Common Transfer File a demo school's own system would have written on a day: all it knew then, nothing later.

    transfer_file(OAKFIELD, on=date(2026, 10, 15))   # CTF 26.0, bytes, the same each time

The school sends it to itself, so its own entries in the school history give the days each pupil joined and left. A
file holds the children on roll and those who left in this school year or the one before.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from itrack.config.demo.pupil_element import put_pupil
from itrack.config.demo.roll import roll_of
from itrack.config.demo.xml import put, put_all
from itrack.schools.api import academic_year_on

if TYPE_CHECKING:
    from lxml.etree import _Element

    from itrack.config.demo.child import Child
    from itrack.config.demo.schools import DemoSchool


def transfer_file(school: DemoSchool, *, on: date) -> bytes:
    """A full file, UTF-8 without a byte-order mark, in the version of the academic year of that day."""
    year = academic_year_on(on)
    root = etree.Element("CTfile")
    _put_header(root, school, on, year)
    pupils = put(root, "CTFpupilData")
    for child in roll_of(school):
        if _is_told(child, on, year):
            put_pupil(pupils, child, school, on=on, year=year)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _is_told(child: Child, on: date, year: int) -> bool:
    lately_here = child.leaving is None or child.leaving >= date(year - 1, 9, 1)
    return child.entry <= on and lately_here


def _put_header(root: _Element, school: DemoSchool, on: date, year: int) -> None:
    header = put(root, "Header")
    said: dict[str, object] = {
        "DocumentName": "Common Transfer File",
        "CTFversion": f"{year % 100}.0",
        "DateTime": f"{on}T08:40:00",
        "DocumentQualifier": "full",
        "SupplierID": "Invented school system",
    }
    put_all(header, said)
    here: dict[str, object] = {"LEA": school.la, "Estab": school.estab, "URN": school.urn}
    put_all(put(header, "SourceSchool"), here | {"SchoolName": school.name, "AcademicYear": year})
    put_all(put(header, "DestSchool"), here)
