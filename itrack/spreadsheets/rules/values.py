"""What a cell says, in the form our record has it: 03/05/2018 is 2018-05-03, "Girl" is F, "Year 4" is 4.

What cannot be read stays as it was written, so that whoever refuses it can show it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from itrack.pupils.rules_circumstances import LANGUAGES, NEEDS
from itrack.spreadsheets.rules.columns import key_of

if TYPE_CHECKING:
    from collections.abc import Callable

_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?", re.ASCII)
_BRITISH: Final = re.compile(
    r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2}|[A-Za-z]{3,9})\.?\s*[/.\- ,]\s*(\d{4}|\d\d)(?: 00:00.*)?", re.ASCII
)
_SERIAL: Final = re.compile(r"(\d{4,5})(?:\.0+)?", re.ASCII)
# The day that spreadsheet programs count as 0. They take 1900 for a leap year, so this holds from March 1900 on.
_DAY_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(20_000, 73_000)  # 1954 to 2099: below stand years and marks
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEXES: Final = {"f": "F", "female": "F", "girl": "F", "m": "M", "male": "M", "boy": "M"}
_TRUTHS: Final = {
    "yes": "true",
    "y": "true",
    "true": "true",
    "1": "true",
    "no": "false",
    "n": "false",
    "false": "false",
    "0": "false",
}
_SERVICE: Final = {"yes": "Y", "true": "Y", "no": "N", "false": "N", "unknown": "U", "refused": "R"}
_EARLY: Final = {
    "reception": "R",
    "rec": "R",
    "r": "R",
    "yr": "R",
    "nursery": "N2",
    "nursery1": "N1",
    "nursery2": "N2",
    "0": "R",
}
_YEAR: Final = re.compile(r"(?:year|yr|y)?0?(\d{1,2})")
_SEN: Final = {
    "sensupport": "K", "support": "K", "ehcp": "E", "ehcplan": "E", "educationhealthandcareplan": "E", "ehc": "E",
    "none": "N", "no": "N", "nosen": "N", "nospecialeducationalneed": "N", "nospecialeducationalneeds": "N",
}  # fmt: skip


def day_text(text: str) -> str:
    """The date as 2018-05-03: written so, day first (3/5/2018, 3 May 18), or as a spreadsheet's number of the day."""
    if found := _ISO.fullmatch(text):
        return _day(*found.groups()) or text
    if found := _BRITISH.fullmatch(text):
        day, month, year = found.groups()
        number = month if month.isdecimal() else str(_month(month))
        return _day(year if len(year) == 4 else f"20{year}", number, day) or text
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in _SERIALS:
        return (_DAY_ZERO + timedelta(days=int(found[1]))).isoformat()
    return text


def _month(name: str) -> int:
    """ "May" and "Sept" → 5 and 9; 0 for what is no month."""
    short = name.lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def sex(text: str) -> str:
    return _SEXES.get(key_of(text), text)


def year_group(text: str) -> str:
    """ "Year 4", "Y4" and "4" are 4; "Reception" is R."""
    key = key_of(text)
    if key in _EARLY:
        return _EARLY[key]
    found = _YEAR.fullmatch(key)
    return found[1] if found else text


def truth(text: str) -> str:
    return _TRUTHS.get(key_of(text), text)


def service(text: str) -> str:
    return _SERVICE.get(key_of(text), text)


def language(text: str) -> str:
    return _named(text, LANGUAGES)


def need(text: str) -> str:
    return _named(text, NEEDS)


def provision(text: str) -> str:
    return _SEN.get(key_of(text), text)


def upn(text: str) -> str:
    return "".join(text.split()).upper()


def _named(text: str, words: dict[str, str]) -> str:
    """The code of these words; the text itself when it is no such words."""
    key = key_of(text)
    return next((code for code, said in words.items() if key_of(said) == key), text)


READ: Final[dict[str, Callable[[str], str]]] = {
    "upn": upn,
    "former_upn": upn,
    "sex": sex,
    "year_group": year_group,
    "in_care": truth,
    "service": service,
    "language": language,
    "sen_need": need,
    "sen_provision": provision,
    **dict.fromkeys(("dob", "entry", "fsm_starts", "fsm_ends", "sen_starts", "sen_ends", "from_day"), day_text),
}


def read(field: str, text: str) -> str:
    return READ[field](text) if field in READ else text
