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
from itrack.schools.api import SettingsChange, academic_year_on, settings_changes

WORDS = {
    "leaving": ("pupil marked as leaving", "pupils marked as leaving"),
    "staying": ("pupil not leaving after all", "pupils not leaving after all"),
    "returned": ("pupil back on the roll", "pupils back on the roll"),
}


EVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class LeavingPage:
    """The leavers of one academic year with their last day, the latest first, and the part of the roll chosen to mark
    more from. `years` are those in which anybody left, the latest first, and the present one."""

    leavers: list[tuple[PupilLine, date]]
    years: list[int]
    classes: list[ClassRow]
    without: int
    lines: list[PupilLine]


def leaving_page(
    *, school: int, on: date, year: int | None, group: int | None, hidden: Collection[str]
) -> LeavingPage | None:
    """`year` is this one unless said. `group` 0 are pupils in no class. None for a class this year does not have.

    `hidden` are the flags that the reader is not told.
    """
    this = academic_year_on(on)
    rows = classes(school=school, year=this, on=on)
    if group and group not in {row.id for row in rows}:
        return None
    ever = leavers(school=school, since=EVER, on=on, year=this)
    gone = [row for row in ever if academic_year_on(row[1]) == (year or this)]
    leaving = {line.id for line, _ in ever}
    roll = [line for line in pupils_on_roll(school=school, on=on, year=this) if line.id not in leaving]
    chosen = as_told_to([line for line in roll if group is not None and (line.class_id or 0) == group], hidden)
    return LeavingPage(
        sorted(gone, key=lambda row: row[1], reverse=True),
        sorted({this, *(academic_year_on(day) for _, day in ever)}, reverse=True),
        rows,
        sum(line.class_id is None for line in roll),
        chosen,
    )


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
