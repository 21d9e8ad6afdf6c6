"""Which pupil a row is about: by UPN, else by name together with date of birth. What is not clear is asked or refused.

    People(known).find({"upn": "H823299826112"})  →  Found(pupil=17)

A UPN that contradicts the rest of its row is refused: a row that has slipped would put marks on another child.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from itrack.pupils.rules import is_temporary_upn, name_key, why_not_a_upn
from itrack.spreadsheets.rules.values import day_text, upn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NOBODY: Final = "No pupil you may see has this {what}."
NOT_TOLD: Final = "The row does not say who it is about: it needs a UPN, or a name and a date of birth."
ANOTHER_DAY: Final = "The UPN is of a pupil with another date of birth. Check the row."
ANOTHER_NAME: Final = "The UPN is of a pupil with another name. Check the row."
UNREADABLE: Final = "The date of birth cannot be read. Write it as 23/04/2015."


class Known(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def upn(self) -> str: ...
    @property
    def former_upn(self) -> str: ...
    @property
    def surname(self) -> str: ...
    @property
    def forename(self) -> str: ...
    @property
    def preferred_surname(self) -> str: ...
    @property
    def preferred_forename(self) -> str: ...
    @property
    def dob(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Found:
    """The pupil; or several of whom somebody must choose; or the reason why it is nobody, as a sentence."""

    pupil: int | None = None
    among: tuple[int, ...] = ()
    reason: str = ""


class People:
    """The pupils somebody may see, indexed for a sheet's worth of questions."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_upn: dict[str, Known] = {}
        self._by_former: dict[str, Known] = {}
        self._by_name: dict[tuple[str, str], dict[int, Known]] = defaultdict(dict)
        for pupil in known:
            if pupil.upn:
                self._by_upn[pupil.upn] = pupil
            if pupil.former_upn:
                self._by_former[pupil.former_upn] = pupil
            for name in _names(pupil):
                self._by_name[name, str(pupil.dob)][pupil.id] = pupil

    def find(self, cells: Mapping[str, str]) -> Found:
        number, born = upn(cells.get("upn", "")), day_text(cells.get("dob", ""))
        name = written_name(cells)
        if number and (pupil := self._by_upn.get(number) or self._by_former.get(number)):
            return _agreed(pupil, name, born)
        if number and (reason := why_not_a_upn(number)):
            return Found(reason=reason)
        if name and born:
            return self._named(name, born, number)
        if number:
            return Found(reason=NOBODY.format(what="UPN"))
        return Found(reason=NOT_TOLD)

    def _named(self, name: str, born: str, number: str) -> Found:
        if len(born) != len("2015-04-23"):
            return Found(reason=UNREADABLE)
        alike = tuple(pk for pk, pupil in self._by_name[name, born].items() if not _told_apart(number, pupil.upn))
        if not alike:
            what = "UPN" if number else "name and date of birth"
            return Found(reason=NOBODY.format(what=what))
        return Found(pupil=alike[0]) if len(alike) == 1 else Found(among=alike)


def _agreed(pupil: Known, name: str, born: str) -> Found:
    """A date that differs, or a name with nothing of the pupil's in it, says that the row is another child's."""
    if born and len(born) == len("2015-04-23") and born != str(pupil.dob):
        return Found(reason=ANOTHER_DAY)
    if name and not any(part and part in name for part in _parts(pupil)):
        return Found(reason=ANOTHER_NAME)
    return Found(pupil=pupil.id)


def _told_apart(number: str, held: str) -> bool:
    """Two different permanent numbers mean two children, however alike they are called."""
    return bool(number and held) and not is_temporary_upn(number) and not is_temporary_upn(held)


def _parts(pupil: Known) -> Iterator[str]:
    for part in (pupil.surname, pupil.forename, pupil.preferred_surname, pupil.preferred_forename):
        yield _letters(part)


def _names(pupil: Known) -> Iterator[str]:
    """The keys of the pupil's names, legal and preferred, forename first."""
    for surname in {pupil.surname, pupil.preferred_surname or pupil.surname}:
        for forename in {pupil.forename, pupil.preferred_forename or pupil.forename}:
            yield _letters(forename + surname)


def written_name(cells: Mapping[str, str]) -> str:
    """The key of the name in a row: of two columns, or of one as "Ash, Bo" or "Bo Ash"; "" without one."""
    surname, forename = cells.get("legal_surname", ""), cells.get("legal_forename", "")
    if not (surname and forename):
        surname, comma, forename = cells.get("full_name", "").partition(",")
        surname, forename = (surname, forename) if comma else ("", surname)
    return _letters(forename + surname)


def _letters(name: str) -> str:
    """The letters alone, without case and accents."""
    return name_key(name, "").rstrip("|")
