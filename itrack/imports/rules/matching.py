"""Whose record is this? Decided by UPN, then former UPN; a name only ever suggests, and a person decides.

match = Roll(known).find(row)
match.pupil        # the id, or None
match.suggestions  # ids of pupils who may be the same, when no number settles it
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from itrack.imports.rules.rows import PupilRow
from itrack.pupils.rules import is_temporary_upn, name_key


class KnownPupil(Protocol):
    """What must be known of a pupil on the roll to recognise them."""

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
    def dob(self) -> object: ...
    @property
    def sex(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Match:
    pupil: int | None
    suggestions: tuple[int, ...] = ()


class RollIndex:
    """The roll, indexed for one file's worth of questions."""

    def __init__(self, known: Iterable[KnownPupil]) -> None:
        self._by_upn: dict[str, int] = {}
        self._by_former: dict[str, int] = {}
        self._by_name: dict[tuple[str, str], list[KnownPupil]] = defaultdict(list)
        for pupil in known:
            if pupil.upn:
                self._by_upn[pupil.upn] = pupil.id
            if pupil.former_upn:
                self._by_former[pupil.former_upn] = pupil.id
            self._by_name[name_key(pupil.surname, pupil.forename), str(pupil.dob)].append(pupil)

    def find(self, row: PupilRow) -> Match:
        """UPN, then the file's former UPN, then ours; a temporary number is a number like any other here."""
        for number, index in (
            (row.upn, self._by_upn),
            (row.former_upn, self._by_upn),
            (row.upn, self._by_former),
        ):
            if number and number in index:
                return Match(index[number])
        return Match(None, self._alike(row))

    def _alike(self, row: PupilRow) -> tuple[int, ...]:
        """Pupils of this name, birthday and sex whose own number does not already tell them apart."""
        key = name_key(row.fields["legal_surname"], row.fields["legal_forename"]), row.fields["dob"]
        sex = row.fields.get("sex", "")
        alike = [
            pupil.id
            for pupil in self._by_name.get(key, ())
            if (not sex or not pupil.sex or pupil.sex == sex) and not _both_settled(row.upn, pupil.upn)
        ]
        return tuple(dict.fromkeys(alike))


def _both_settled(ours: str, theirs: str) -> bool:
    """Two different permanent numbers mean two children, however alike their names: twins of one name exist."""
    return all(upn and not is_temporary_upn(upn) for upn in (ours, theirs))
