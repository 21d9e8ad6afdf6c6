"""Warnings about a file as a whole, in words a school secretary understands."""

from typing import Protocol

from itrack.imports.rules.rows import Header, SchoolRef


class ThisSchool(Protocol):
    @property
    def la(self) -> str: ...
    @property
    def estab(self) -> str: ...
    @property
    def urn(self) -> str: ...


def is_school(ref: SchoolRef, school: ThisSchool) -> bool:
    """Whether a header or history names this school, by its number or its URN."""
    return (ref.la, ref.estab) == (school.la, school.estab) or (ref.urn != "" and ref.urn == school.urn)


def for_another_school(header: Header, school: ThisSchool) -> list[str]:
    """A file addressed elsewhere is a warning, never a bar: files to an authority or to "unknown" are common."""
    to = header.destination
    if not to.la.isdigit() or not to.estab.isdigit() or is_school(to, school):
        return []
    return [
        f"The file is addressed to school {to.la}/{to.estab}, and this school is {school.la}/{school.estab}. "
        "Check that these pupils are yours before you apply it."
    ]
