"""Reads the header of a Common Transfer File. Names are read without regard to case: programs write both."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from itrack.imports.rules.codes import NAME_LENGTH
from itrack.imports.rules.rows import Header, SchoolRef
from itrack.imports.rules.text import tidy, whole_number, why_unfit

if TYPE_CHECKING:
    from lxml.etree import _Element

OLDEST_VERSION: Final = 12
NEWEST_VERSION: Final = 26
SEPTEMBER: Final = 9


def local(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2]


def read_header(element: _Element) -> Header:
    """The header as a value; what is absent, too long or unreadable is "" or None."""
    parts = {local(child.tag).lower(): child for child in reversed(element)}
    source = _texts(parts.get("sourceschool"))
    said = _texts(element)
    return Header(
        version=said.get("ctfversion", ""),
        made_at=_moment(said.get("datetime", "")),
        qualifier=said.get("documentqualifier", "").lower(),
        supplier=said.get("supplierid", ""),
        source=_school(source),
        destination=_school(_texts(parts.get("destschool"))),
        academic_year=whole_number(source.get("academicyear", "")),
    )


def academic_year_of(header: Header) -> int | None:
    """The year in which the file's academic year starts: as stated, else by the day it was made (from September)."""
    if header.academic_year is not None or header.made_at is None:
        return header.academic_year
    made: date = header.made_at.date()
    return made.year if made.month >= SEPTEMBER else made.year - 1


def version_warning(version: str) -> str:
    """A sentence where the version is none we know; "" for 12 to 26."""
    number = version.partition(".")[0]
    if number.isdecimal() and OLDEST_VERSION <= int(number) <= NEWEST_VERSION:
        return ""
    said = f"version {version}" if version else "no version"
    return f"The file states {said}; we know {OLDEST_VERSION} to {NEWEST_VERSION}. It was read as far as it is alike."


def _texts(element: _Element | None) -> dict[str, str]:
    """The texts directly below an element by their names in small letters; the first of a name counts."""
    if element is None:
        return {}
    found = ((local(child.tag).lower(), tidy(child.text)) for child in reversed(element))
    return {name: text for name, text in found if not why_unfit(text, NAME_LENGTH)}


def _school(texts: dict[str, str]) -> SchoolRef:
    return SchoolRef(*(texts.get(name, "") for name in ("lea", "estab", "urn", "schoolname")))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
