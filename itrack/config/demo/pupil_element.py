"""Writes what is known of an invented child on a day as a transfer file's `Pupil`, in the format's order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING, Any

from itrack.config.demo.household import put_household
from itrack.config.demo.results import results_of
from itrack.config.demo.xml import put, put_all

if TYPE_CHECKING:
    from lxml.etree import _Element

    from itrack.config.demo.child import Child, Spell
    from itrack.config.demo.schools import DemoSchool

SESSIONS = 380  # half days of a school year
MEALS_CHECKED_SINCE = 2026  # the first version with a verification date and a category for each spell of free meals


def put_pupil(parent: _Element, child: Child, school: DemoSchool, *, on: date, year: int) -> None:
    """`year` is the academic year of the file."""
    pupil = put(parent, "Pupil")
    upn, former = child.number_on(on)
    basics = {"UPN": upn, "Surname": child.surname, "Forename": child.forename, "DOB": child.born, "Sex": child.sex}
    put_all(pupil, basics)
    _put_details(pupil, child, former, year)
    _put_meals(pupil, child, on, year)
    if child.in_care:
        put_all(put(pupil, "LookedAfter"), {"InCare": True, "CareAuthority": school.la})
    if child.service:
        put(pupil, "ServiceChild", "Y")
    _put_special_needs(pupil, child, on)
    put_household(pupil, child, school.town)
    _put_attendance(pupil, child, school, on)
    _put_results(pupil, child, on)
    _put_schools(pupil, child, school, on)


def _put_details(pupil: _Element, child: Child, former: str, year: int) -> None:
    details = put(pupil, "BasicDetails")
    gone = child.leaving is not None and child.leaving < date(year, 9, 1)
    put_all(
        details,
        {
            "FormerUPN": former,
            "PreferredSurname": child.preferred_surname,
            "PreferredForename": child.preferred_forename,
            "MiddleNames": child.middle_names,
            "NCyearActual": "" if gone else child.year_group(year),
            "Ethnicity": child.ethnicity,
            "EthnicitySource": "P",
        },
    )
    language = put(put(details, "Languages"), "Type")
    put_all(language, {"LanguageType": "F", "Language": child.family.language})
    put(details, "MedicalFlag", child.medical)
    if "PD" in child.needs:
        put(put(details, "Disabilities"), "Disability", "MOB")
    put(details, "EnrolStatus", "C")


def _begun(spells: tuple[Spell, ...], on: date) -> list[tuple[Spell, date | None]]:
    """The spells known on the day, each with its end if that is past."""
    return [
        (spell, spell.ends if spell.ends is not None and spell.ends <= on else None)
        for spell in spells
        if spell.starts <= on
    ]


def _put_meals(pupil: _Element, child: Child, on: date, year: int) -> None:
    begun = _begun(child.meals, on)
    history = put(pupil, "FSMhistory") if begun else pupil
    for spell, ends in begun:
        checked = year >= MEALS_CHECKED_SINCE
        texts: dict[str, object] = {
            "FSMstartDate": spell.starts,
            "FSMEligibilityVerificationDate": spell.starts - timedelta(days=2) if checked else None,
            "FSMendDate": ends,
            "UKcountry": "ENG",
            "FSMCategory": "TFSM" if checked else "",
        }
        put_all(put(history, "FSMinstance"), texts)


def _put_special_needs(pupil: _Element, child: Child, on: date) -> None:
    begun = _begun(child.sen, on)
    if not begun:
        return
    history = put(pupil, "SENhistory")
    for spell, ends in begun:
        texts: dict[str, object] = {"StartDate": spell.starts, "EndDate": ends, "SENprovision": spell.code}
        put_all(put(history, "SEN"), texts)
    needs = put(history, "SENneeds") if child.needs else history
    for rank, need in enumerate(child.needs, start=1):
        put_all(put(needs, "SENneed"), {"SENtypeRank": rank, "SENtype": need})


def _put_attendance(pupil: _Element, child: Child, school: DemoSchool, on: date) -> None:
    """The totals of the years over by then. One child in forty brings daily marks of the last as well."""
    last_over = min(on, child.leaving or on)
    years = [y for y in range(max(child.reception, child.entry.year - 1), on.year) if _share(child, y, last_over)]
    attendance = put(pupil, "Attendance") if years else pupil
    for year in years:
        data = put(attendance, "YearData")
        texts: dict[str, object] = {"Year": year, "LEA": school.la, "Estab": school.estab, "SchoolName": school.name}
        put_all(data, texts | _sessions(child, year, round(SESSIONS * _share(child, year, last_over))))
        if year == years[-1] and child.family.number % 40 == 0:
            marks = {"AttendanceStartDate": date(year, 9, 3), "AttendanceMarks": "/\\" * 60}
            put_all(put(data, "AttendSessions"), marks)


def _share(child: Child, year: int, last: date) -> float:
    """How much of that academic year the child was here, 0 while the year runs."""
    ends = date(year + 1, 7, 21)
    if last < ends or child.entry >= ends:
        return 0.0
    return min(1.0, (ends - child.entry).days / (ends - date(year, 9, 1)).days)


def _sessions(child: Child, year: int, possible: int) -> dict[str, object]:
    lot = Random(f"{child.upn}|{year}|sessions")  # noqa: S311 - invents data
    missed = min(0.4, lot.gammavariate(1.6, 0.032) + 0.015 * bool(child.meals))
    authorised = round(possible * missed * lot.uniform(0.6, 1))
    unauthorised = max(0, round(possible * missed) - authorised)
    return {
        "SessionsPossible": possible,
        "SessionsAuthorised": authorised,
        "SessionsAttended": possible - authorised - unauthorised,
        "SessionsUnauthorised": unauthorised,
    }


def _put_results(pupil: _Element, child: Child, on: date) -> None:
    known = results_of(child, on)
    stages = put(pupil, "StageAssessments") if known else pupil
    for stage, results in groupby(known, key=lambda said: said.stage):
        key_stage = put(stages, "KeyStage")
        put(key_stage, "Stage", stage)
        for said in results:
            texts: dict[str, object] = {
                "Locale": "ENG",
                "Year": said.year,
                "Subject": said.subject,
                "Method": said.method,
                "Component": said.component,
                "ResultStatus": "R",
                "ResultQualifier": said.qualifier,
                "Result": said.result,
                "ResultDate": said.known_on,
            }
            put_all(put(key_stage, "StageAssessment"), texts)


def _put_schools(pupil: _Element, child: Child, school: DemoSchool, on: date) -> None:
    history = put(pupil, "SchoolHistory")
    if before := child.before:
        texts: dict[str, Any] = {"LEA": before.la, "Estab": before.estab, "URN": before.urn, "SchoolName": before.name}
        texts |= {"EntryDate": before.entry, "LeavingDate": before.leaving, "LastSchool": True}
        put_all(put(history, "School"), texts)
    texts = {"LEA": school.la, "Estab": school.estab, "URN": school.urn, "SchoolName": school.name}
    gone = child.leaving is not None and child.leaving <= on
    texts |= {"EntryDate": child.entry, "LeavingDate": child.leaving if gone else None}
    put_all(put(history, "School"), texts)
