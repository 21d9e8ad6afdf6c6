"""What changed in a report between two days: who stood where then, and where they stand now.

    changed(then, now) → [Changed(amara, "Reading", "Working towards", "Expected")]

Everything is compared that Answer.standing tells, so the list holds those who came, who left, whose mark was changed
and those whom a correction of the roll moved in or out.
"""

import re
from dataclasses import dataclass

from itrack.reports.rules.answer import Answer, Column, Person, Row, Section, Table
from itrack.reports.rules.finding import Finding
from itrack.ui.words import count_of

_ON_ROLL = re.compile(r"(on roll) on \d+ \w+ \d+")
NOT_IN_VIEW = "Not in view"
HEADS = tuple(Column(head, numeric=False) for head in ("Pupil", "Where", "Then", "Now"))


@dataclass(frozen=True, slots=True)
class Changed:
    """One pupil in one thing reported about, with the words of both days."""

    pupil: Person
    where: str
    then: str
    now: str


def changed(then: Answer, now: Answer) -> list[Changed]:
    """The differences, by pupil's name."""
    people = {**then.people, **now.people}
    found = [
        Changed(people[pupil], about, before, after)
        for about in dict.fromkeys((*now.standing, *then.standing))
        for pupil, before, after in _pairs(then, now, about)
        if _undated(before) != _undated(after)
    ]
    return sorted(found, key=lambda one: one.pupil.order)


def _undated(words: str) -> str:
    """A reason without the day it was looked at: that somebody was not on roll on either is no change."""
    return _ON_ROLL.sub(r"\1", words)


def _pairs(then: Answer, now: Answer, about: str) -> list[tuple[int, str, str]]:
    old, new = then.standing.get(about, {}), now.standing.get(about, {})
    return [(pupil, old.get(pupil, NOT_IN_VIEW), new.get(pupil, NOT_IN_VIEW)) for pupil in {**old, **new}]


def changes_section(then: Answer, now: Answer, day: str) -> Section:
    """The list as a part of the report; `day` is the earlier day in words."""
    found = changed(then, now)
    pupils = len({one.pupil.id for one in found})
    said = f"{count_of(pupils, 'pupil')} {'stands' if pupils == 1 else 'stand'} elsewhere than at the end of {day}."
    rows = [Row([one.pupil, one.where, one.then, one.now]) for one in found]
    finding = Finding("", said if pupils else f"Nobody stands elsewhere than at the end of {day}.")
    return Section(
        [Table("What changed", HEADS, rows)] if rows else [], title=f"Changed since {day}", findings=[finding]
    )
