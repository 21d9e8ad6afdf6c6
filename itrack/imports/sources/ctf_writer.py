"""Writes a Common Transfer File, a pupil at a time, so that a large roll needs no more memory than a small one.

The elements stand in the order of the format, and what is not known is left out rather than written empty.

    with path.open("wb") as file:
        written = write_ctf(file, header, rows)
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from lxml.etree import Element, SubElement, indent, tostring

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

    from itrack.imports.rules.rows import CircumstanceRow, Header, PupilRow, ResultRow, SchoolRef, SchoolSpellRow


@dataclass(frozen=True, slots=True)
class Written:
    pupils: int
    results: int


def write_ctf(into: BinaryIO, header: Header, rows: Iterable[PupilRow]) -> Written:
    """Writes header and pupils as UTF-8. The same header and rows give the same bytes."""
    pupils = results = 0
    into.write(b'<?xml version="1.0" encoding="utf-8"?>\n<CTfile>\n')
    into.write(_bytes(_header(header)))
    into.write(b"<CTFpupilData>\n")
    for row in rows:
        into.write(_bytes(_pupil(row)))
        pupils, results = pupils + 1, results + len(row.results)
    into.write(b"</CTFpupilData>\n</CTfile>\n")
    return Written(pupils, results)


def _bytes(element: _Element) -> bytes:
    indent(element, space=" ")
    return tostring(element, encoding="utf-8", xml_declaration=False) + b"\n"


def _put(parent: _Element, texts: Mapping[str, object]) -> None:
    """An element for each text there is: dates as yyyy-mm-dd, truths as true or false."""
    for name, text in texts.items():
        if text is not None and text != "":
            SubElement(parent, name).text = str(text).lower() if isinstance(text, bool) else str(text)


def _header(header: Header) -> _Element:
    top = Element("Header")
    moment = header.made_at.replace(tzinfo=None).isoformat(timespec="seconds") if header.made_at else ""
    _put(top, {"DocumentName": "Common Transfer File", "CTFversion": header.version, "DateTime": moment})
    _put(top, {"DocumentQualifier": header.qualifier, "SupplierID": header.supplier})
    _school(SubElement(top, "SourceSchool"), header.source, header.academic_year)
    _school(SubElement(top, "DestSchool"), header.destination, None)
    return top


def _school(parent: _Element, ref: SchoolRef, year: int | None) -> None:
    _put(parent, {"LEA": ref.la, "Estab": ref.estab, "URN": ref.urn, "SchoolName": ref.name, "AcademicYear": year})


def _pupil(row: PupilRow) -> _Element:
    pupil, said = Element("Pupil"), row.fields.get
    _put(pupil, {"UPN": row.upn, "Surname": said("legal_surname"), "Forename": said("legal_forename")})
    _put(pupil, {"DOB": said("dob"), "Sex": said("sex")})
    of_kind = {kind: [row for row in row.circumstances if row.kind == kind] for kind in ("year", "fsm", "sen")}
    _basic_details(pupil, row, next((row.code for row in of_kind["year"]), ""))
    if of_kind["fsm"]:
        _meals(SubElement(pupil, "FSMhistory"), of_kind["fsm"])
    _special_needs(pupil, of_kind["sen"], [one for one in row.circumstances if one.kind == "sen_need"])
    if row.results:
        _results(SubElement(pupil, "StageAssessments"), row.results)
    if row.schools:
        _schools(SubElement(pupil, "SchoolHistory"), row.schools)
    return pupil


def _basic_details(pupil: _Element, row: PupilRow, year_group: str) -> None:
    details, said = Element("BasicDetails"), row.fields.get
    _put(details, {"FormerUPN": row.former_upn, "PreferredSurname": said("preferred_surname")})
    _put(details, {"PreferredForename": said("preferred_forename"), "MiddleNames": said("middle_names")})
    _put(details, {"NCyearActual": year_group, "Ethnicity": said("ethnicity")})
    if language := said("first_language"):
        kind = SubElement(SubElement(details, "Languages"), "Type")
        _put(kind, {"LanguageType": "F", "Language": language})
    _put(details, {"EnrolStatus": said("enrol_status")})
    if len(details):
        pupil.append(details)


def _meals(history: _Element, spells: Iterable[CircumstanceRow]) -> None:
    for spell in spells:
        dates = {"FSMstartDate": spell.starts, "FSMEligibilityVerificationDate": spell.checked_on}
        _put(
            SubElement(history, "FSMinstance"),
            dates | {"FSMendDate": spell.ends, "UKcountry": spell.code, "FSMCategory": spell.detail},
        )


def _special_needs(pupil: _Element, spells: Iterable[CircumstanceRow], needs: Iterable[CircumstanceRow]) -> None:
    history, types = Element("SENhistory"), Element("SENneeds")
    for spell in spells:
        _put(SubElement(history, "SEN"), {"StartDate": spell.starts, "EndDate": spell.ends, "SENprovision": spell.code})
    for need in needs:
        _put(SubElement(types, "SENneed"), {"SENtypeRank": need.rank, "SENtype": need.code})
    if len(types):
        history.append(types)
    if len(history):
        pupil.append(history)


def _results(assessments: _Element, rows: Iterable[ResultRow]) -> None:
    for stage, results in groupby(rows, key=lambda row: row.stage):
        key_stage = SubElement(assessments, "KeyStage")
        _put(key_stage, {"Stage": stage})
        for row in results:
            said = {"Locale": row.locale, "Year": row.year, "Subject": row.subject, "Method": row.method}
            said |= {"Component": row.component, "ResultStatus": row.status, "ResultQualifier": row.qualifier}
            _put(SubElement(key_stage, "StageAssessment"), said | {"Result": row.result, "ResultDate": row.result_date})


def _schools(history: _Element, rows: Iterable[SchoolSpellRow]) -> None:
    for row in rows:
        said = {"LEA": row.la, "Estab": row.estab, "URN": row.urn, "SchoolName": row.name, "EntryDate": row.entry}
        _put(
            SubElement(history, "School"),
            said | {"LeavingDate": row.leaving, "LeavingReason": row.reason, "LastSchool": row.last_school},
        )
