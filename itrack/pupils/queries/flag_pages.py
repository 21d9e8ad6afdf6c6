"""The page of a class's flags, all of them at a glance or one to set, and the latest deeds on flags."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from itrack.foundation.models import ChangeSet
from itrack.foundation.viewer import LEADERS, Viewer
from itrack.pupils.queries.classes import ClassRow, classes_for
from itrack.pupils.queries.flags import FlagCell, cell, facts_of_pupils, flags_told
from itrack.pupils.queries.roll import PupilLine, pupils_on_roll
from itrack.pupils.rules_answers import Flag
from itrack.pupils.rules_classes import day_within
from itrack.pupils.rules_columns import may_set
from itrack.pupils.rules_overrides import AS_RECORDED_WORDS, RefusedWish, Wish, words_for
from itrack.pupils.rules_reasons import MEANS, SAYS, TITLES
from itrack.pupils.rules_years import academic_year, year_group_name, year_group_order

CHANGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A pupil with the cells of the flags on the page."""

    pupil: PupilLine
    cells: list[FlagCell]

    @property
    def cell(self) -> FlagCell:
        """Of the page of one flag."""
        return self.cells[0]


@dataclass(frozen=True, slots=True)
class Change:
    """A word as it would change, in a preview."""

    pupil: int
    name: str
    before: str
    after: str
    says: str
    seen: str


@dataclass(frozen=True, slots=True)
class FlagsPage:
    """`flag` is the one to set, "" for all at a glance. `on` is the day looked at: today, or a day of another year."""

    year: int
    this_year: int
    on: date
    flag: str
    told: Sequence[Flag]
    group: ClassRow | None
    year_group: str
    classes: list[ClassRow]
    year_groups: list[tuple[str, str]]
    lines: list[FlagLine]

    @property
    def ids(self) -> list[int]:
        return [line.pupil.id for line in self.lines]

    @property
    def address(self) -> dict[str, str | int]:
        """The same page, as the parameters of an address."""
        whose = {"group": self.group.id} if self.group else {"year_group": self.year_group}
        return {**whose, "flag": self.flag, "year": self.year}

    @property
    def whose(self) -> str:
        return self.group.name if self.group else year_group_name(self.year_group)

    @property
    def heads(self) -> list[tuple[str, str, str]]:
        """(flag, title, what it means)."""
        return [(flag, TITLES[flag], MEANS[flag]) for flag in self.told]

    @property
    def offered(self) -> list[tuple[str, str]]:
        """(flag, title) of every flag the reader is told of."""
        return [(flag, TITLES[flag]) for flag in self.told]

    @property
    def title(self) -> str:
        return TITLES[self.flag] if self.flag else ""

    @property
    def means(self) -> str:
        return MEANS[self.flag] if self.flag else ""

    @property
    def words(self) -> list[tuple[str, str]]:
        """What can be set for everybody at once."""
        return words_for(self.flag)[1:]

    @property
    def counted(self) -> list[tuple[str, int]]:
        """How many pupils the flag says what of, in the order of its words; only what there is one of."""
        said = [line.cell.words for line in self.lines]
        return [(words, said.count(words)) for words in SAYS.values() if words in said]

    def preview(self, wishes: Iterable[Wish]) -> list[Change]:
        of = {line.pupil.id: line for line in self.lines}
        return [
            Change(
                wish.pupil,
                of[wish.pupil].pupil.name,
                _word(wish.seen, of[wish.pupil].cell),
                _word(wish.says, of[wish.pupil].cell),
                wish.says,
                wish.seen,
            )
            for wish in wishes
        ]

    def refused(self, refused: Iterable[RefusedWish]) -> list[tuple[str, str]]:
        """(name, reason)."""
        names = {line.pupil.id: line.pupil.name for line in self.lines}
        return [(names[one.pupil], one.reason) for one in refused]


def _word(says: str, cell: FlagCell) -> str:
    """A word as set, or what the record says: "As recorded: No"."""
    return SAYS.get(says, says) or f"{AS_RECORDED_WORDS}: {cell.recorded}"


def flags_page(
    *, viewer: Viewer, today: date, year: int, group: int | None, year_group: str, flag: str
) -> FlagsPage | None:
    """Of a class or year group; with neither, of the first class. None for what is not this person's to see."""
    on = day_within(year, today)
    theirs = classes_for(viewer=viewer, year=year, on=on)
    told = flags_told(viewer.role)
    chosen = next((row for row in theirs if row.id == group), None)
    if (group and chosen is None) or (flag and flag not in told):
        return None
    if chosen is None and not year_group:
        chosen = next(iter(theirs), None)
    everybody = pupils_on_roll(school=viewer.school, on=on, year=year)
    codes = sorted({line.year_group for line in everybody}, key=lambda code: (year_group_order(code), code))
    code = "" if chosen else year_group or next(iter(codes), "")
    lines = [line for line in everybody if (line.class_id == chosen.id if chosen else line.year_group == code)]
    lines_shown = _lines(viewer, lines, [Flag(flag)] if flag else told, on)
    groups = [(each, year_group_name(each)) for each in codes]
    return FlagsPage(year, academic_year(today), on, flag, told, chosen, code, theirs, groups, lines_shown)


def _lines(viewer: Viewer, lines: Sequence[PupilLine], flags: Sequence[Flag], on: date) -> list[FlagLine]:
    facts = facts_of_pupils([line.id for line in lines], school=viewer.school)
    return [FlagLine(line, [cell(flag, facts[line.id], on=on, role=viewer.role) for flag in flags]) for line in lines]


@dataclass(frozen=True, slots=True)
class FlagChange:
    """A deed on pupils' flags; `may_undo`: the reader made it, or leads the school."""

    id: int
    at: datetime
    by: str
    counts: Mapping[str, int]
    undone_at: datetime | None
    may_undo: bool

    @property
    def words(self) -> str:
        flags, pupils = self.counts.get("flags", 0), self.counts.get("pupils", 0)
        said = "1 flag set" if flags == 1 else f"{flags} flags set"
        return said if flags == 1 or not pupils else f"{said}, of {pupils} {'pupil' if pupils == 1 else 'pupils'}"


def flag_changes(*, viewer: Viewer, change_set: int | None = None) -> list[FlagChange]:
    """The latest deeds on flags, newest first; or the one asked for, if it is the school's and about flags."""
    found = ChangeSet.objects.filter(school_id=viewer.school, kind=ChangeSet.Kind.FLAGS)
    if change_set is not None:
        found = found.filter(pk=change_set)
    leads, sets = LEADERS.admits(viewer), bool(may_set(viewer.role))
    rows = found.order_by("-pk").values_list("pk", "at", "by__name", "counts", "undone_at", "by_id")
    return [FlagChange(*row[:-1], sets and (leads or row[-1] == viewer.member)) for row in rows[:CHANGES_SHOWN]]
