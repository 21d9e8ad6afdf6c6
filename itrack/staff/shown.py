"""What pages and files about people are drawn from."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from itrack.accounts.api import PlaceRow
from itrack.foundation import clock
from itrack.foundation.viewer import Role
from itrack.staff.api import KEEP, REMOVE, MoveLine
from itrack.staff.rules.roles import WORDS, role_name
from itrack.ui.words import harmless

GONE = "Somebody whose record was erased"
HEADS = ("Day", "Time", "Name", "Job title", "What", "Role before", "Role after", "By")


@dataclass(frozen=True, slots=True)
class Decided:
    """A line of a signed review in words. `last` is None for never."""

    member: int
    name: str
    role: str
    state: str
    last: date | None
    look_again: tuple[str, ...]
    decision: str


def decided(lines: Sequence[Mapping[str, Any]], people: Mapping[int, PlaceRow]) -> list[Decided]:
    """The lines as they were signed, with the names people have today."""
    return [
        Decided(
            member=line["member"],
            name=people[line["member"]].name if line["member"] in people else GONE,
            role=role_name(Role(line["role"])),
            state=line["state"],
            last=date.fromisoformat(line["last"]) if line["last"] else None,
            look_again=tuple(line["look_again"]),
            decision=_decision(line["decision"]),
        )
        for line in lines
    ]


def _decision(said: str) -> str:
    if said == REMOVE:
        return "Removed"
    return "Kept" if said == KEEP else f"Became {WORDS[Role(said)].inside}"


def as_csv(rows: Sequence[MoveLine]) -> bytes:
    """UTF-8 with the mark that spreadsheet programs need. No name is taken for a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows:
        here = row.at.astimezone(clock.LONDON)
        told = (row.name, row.job_title, row.what, row.before, row.after, row.by)
        writer.writerow([f"{here:%Y-%m-%d}", f"{here:%H:%M}", *(harmless(one) for one in told)])
    return text.getvalue().encode("utf-8-sig")
