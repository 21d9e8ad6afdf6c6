"""Who has left or is about to, and one pupil's coming and going."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from itrack.foundation.models import ChangeSet
from itrack.pupils.api import (
    ClassRow,
    PupilLine,
    Spell,
    as_told_to,
    classes,
    last_spell,
    leavers,
    pupil_line,
    pupils_on_roll,
)
from itrack.pupils.rules_classes import first_day
from itrack.schools.api import SettingsChange, academic_year_on, settings_changes

WORDS = {
    "leaving": ("pupil marked as leaving", "pupils marked as leaving"),
    "staying": ("pupil not leaving after all", "pupils not leaving after all"),
    "returned": ("pupil back on the roll", "pupils back on the roll"),
}


@dataclass(frozen=True, slots=True)
class LeavingPage:
    """The year's leavers with their last day, latest first, and the part of the roll chosen to mark more from."""

    leavers: list[tuple[PupilLine, date]]
    classes: list[ClassRow]
    without: int
    lines: list[PupilLine]


def leaving_page(*, school: int, on: date, group: int | None, hidden: Collection[str]) -> LeavingPage | None:
    """Leavers since the year began. `group` 0 are pupils in no class. None for a class the year does not have.

    `hidden` are the flags that the reader is not told.
    """
    year = academic_year_on(on)
    rows = classes(school=school, year=year, on=on)
    if group and group not in {row.id for row in rows}:
        return None
    gone = leavers(school=school, since=first_day(year), on=on, year=year)
    leaving = {line.id for line, _ in gone}
    roll = [line for line in pupils_on_roll(school=school, on=on, year=year) if line.id not in leaving]
    chosen = as_told_to([line for line in roll if group is not None and (line.class_id or 0) == group], hidden)
    without = sum(line.class_id is None for line in roll)
    return LeavingPage(sorted(gone, key=lambda row: row[1], reverse=True), rows, without, chosen)


@dataclass(frozen=True, slots=True)
class OnePupil:
    """One pupil's last spell on the roll. `classes` are those of the year, to come back into."""

    line: PupilLine
    spell: Spell | None
    over: bool
    classes: list[ClassRow]


def one_pupil(*, school: int, pupil: int, on: date) -> OnePupil | None:
    """None for an id the school does not know."""
    year = academic_year_on(on)
    line = pupil_line(school=school, pupil=pupil, on=on, year=year)
    if line is None:
        return None
    spell = last_spell(school=school, pupil=pupil)
    over = spell is None or spell.is_over(on)
    return OnePupil(line, spell, over, classes(school=school, year=year, on=on))


def leaving_changes(*, school: int, change_set: int | None = None) -> list[SettingsChange]:
    """The latest leavings and returns, newest first; or the one asked for, if it is the school's."""
    return settings_changes(school=school, kind=ChangeSet.Kind.LEAVING, words=WORDS, change_set=change_set)
