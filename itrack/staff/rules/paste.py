"""Rows pasted from a spreadsheet: name, job title, e-mail, role and class, in this order, each row judged by itself.

Priya Plover⇥Class teacher⇥priya@oakfield.example⇥Teacher⇥2R
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from itrack.foundation.viewer import Role
from itrack.mailing.rules.addresses import settled_address
from itrack.staff.rules.details import tidy, why_not_a_job_title, why_not_a_name, why_not_an_address
from itrack.staff.rules.roles import TEACH, WORDS, role_called

MOST_ROWS: Final = 200
COLUMNS: Final = ("Name", "Job title", "E-mail", "Role", "Class")
_ROLES: Final = ", ".join(told.name for told in WORDS.values())


class Verdict(StrEnum):
    INVITE = "invite"
    HERE = "here"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Known:
    """What the school has already: class by folded name → (id, name, teacher); address → (name, whether they left)."""

    classes: Mapping[str, tuple[int, str, str]]
    addresses: Mapping[str, tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with what will come of it. `reasons` say why it is refused, or who is here already."""

    line: int
    name: str
    job_title: str
    email: str
    role: Role | None
    role_said: str
    classes: tuple[int, ...]
    class_said: str
    verdict: Verdict
    reasons: tuple[str, ...]


def judge(text: str, known: Known) -> list[JudgedRow]:
    """Every row that says anything, in order. A head row is passed over."""
    judging = _Judging(known)
    return [judging.row(line, cells) for line, cells in _rows(text)]


def fingerprint(rows: list[JudgedRow]) -> str:
    """Another word as soon as another outcome would come of the rows."""
    return blake2b(repr(rows).encode(), digest_size=8).hexdigest()


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    # A spreadsheet gives tabs; somebody who types, or opens a CSV in an editor, gives commas.
    tabs = "\t" in text
    lines = text.splitlines(keepends=True)
    for number, cells in enumerate(csv.reader(lines, delimiter="\t" if tabs else ",", skipinitialspace=True), start=1):
        padded = [*(tidy(cell) for cell in cells), *[""] * len(COLUMNS)]
        if any(padded) and not _is_head(padded):
            yield number, padded[: max(len(cells), len(COLUMNS))]


def _is_head(cells: list[str]) -> bool:
    return cells[0].casefold() in ("name", "full name") and "@" not in cells[2]


class _Judging:
    """Keeps what earlier rows are given, so that one address or class is not given twice."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.addresses: dict[str, int] = {}
        self.taken: dict[int, int] = {}

    def row(self, line: int, cells: list[str]) -> JudgedRow:
        name, job_title, email, role_said, class_said = cells[:5]
        email, role = settled_address(email), role_called(role_said)
        here = self.known.addresses.get(email)
        classes, of_classes = self._classes(class_said, role)
        reasons = [why for why in (why_not_a_name(name), why_not_a_job_title(job_title)) if why]
        reasons += [*self._address(email), *self._role(role, role_said), *of_classes]
        reasons += ["There is more in this row than five columns."] * any(cells[5:])
        verdict = Verdict.REFUSED if reasons else Verdict.INVITE
        if here is not None and not here[1]:
            verdict, reasons = Verdict.HERE, [f"{here[0]} has this address and is here already."]
        if verdict is Verdict.INVITE:
            self.addresses[email] = line
            self.taken |= dict.fromkeys(classes, line)
        told = tuple(reasons)
        return JudgedRow(line, name, job_title, email, role, role_said, classes, class_said, verdict, told)

    def _address(self, email: str) -> Iterator[str]:
        if why := why_not_an_address(email):
            yield why
        elif email in self.addresses:
            yield f"Row {self.addresses[email]} has the same address."
        here = self.known.addresses.get(email)
        if here is not None and here[1]:
            yield f"{here[0]} had this address and was removed. Bring them back on their own page."

    def _role(self, role: Role | None, said: str) -> Iterator[str]:
        if role is None:
            yield f"“{said}” is no role here. Write one of: {_ROLES}." if said else f"Write the role: {_ROLES}."

    def _classes(self, said: str, role: Role | None) -> tuple[tuple[int, ...], list[str]]:
        """The ids of the classes named, separated by commas or semicolons; and what is wrong with them."""
        wrong, ids = [], []
        for name in [part for part in (tidy(one) for one in said.replace(";", ",").split(",")) if part]:
            found = self.known.classes.get(name.casefold())
            if found is None:
                wrong.append(f"There is no class called {name} this year.")
                continue
            ids.append(found[0])
            if found[2]:
                wrong.append(f"{found[2]} teaches {found[1]}. Leave the class out, or change it under Classes first.")
            elif found[0] in self.taken:
                wrong.append(f"Row {self.taken[found[0]]} is given {found[1]} already.")
        if ids and role is not None and role not in TEACH:
            wrong.append(f"A class is for who teaches it; {WORDS[role].inside} is no such role.")
        return tuple(ids), wrong
