"""The subject looked at, group by group, each beside the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.safestring import SafeString

from itrack.pupils.rules_answers import UNKNOWN
from itrack.pupils.rules_groups import BORN, JOINED, LANGUAGE, LEFT_OUT
from itrack.reports.queries.attainment import Attainment
from itrack.reports.rules.finding import FEW
from itrack.reports.rules.gap import widest_gap
from itrack.reports.rules.groups import Group
from itrack.reports.rules.population import CLASS
from itrack.reports.shown.figures import COUNTED, OUT, SECURE, Figure, figure
from itrack.ui.charts import tiny_bar
from itrack.ui.words import NOTHING_TO_COUNT, percent, signed

SECOND_TABLE = (LANGUAGE.code, BORN.code, JOINED.code, CLASS)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group's row. `bar` is drawn where enough are counted for a share to say something."""

    words: str
    secure: Figure
    counted: Figure
    out: Figure
    share: str
    bar: SafeString
    points: str
    few: bool


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: Sequence[GroupLine]


@dataclass(frozen=True, slots=True)
class Grouped:
    """`tables` stand side by side: (what they hold, their sections). `share` is that of the whole.

    `gap` is the sentence on the two groups furthest apart, "" where there is none to write.
    """

    subject: str
    share: str
    tables: Sequence[tuple[str, Sequence[Section]]]
    rules: Sequence[str]
    on: date
    gap: str


def grouped(found: Attainment) -> Grouped | None:
    """None where no mark of the subject counts."""
    whole = found.closely
    if whole is None:
        return None
    halves = (
        [group for group in found.groups if group.division.code not in SECOND_TABLE],
        [group for group in found.groups if group.division.code in SECOND_TABLE],
    )
    rules = dict.fromkeys(group.division.rule for group in found.groups if group.division.rule)
    rules |= {LEFT_OUT: None} if any(group.part.code == UNKNOWN for group in found.groups) else {}
    tables = [_table(half, found) for half in halves if half]
    share, gap = percent(len(whole.secure), len(whole.counted)), widest_gap(found.groups, whole.name)
    return Grouped(whole.name, share, tables, [*rules], found.groups_on, gap)


def _table(groups: Iterable[Group], found: Attainment) -> tuple[str, list[Section]]:
    sections = [
        Section(title, [_line(group, found) for group in rows])
        for title, rows in groupby(groups, key=lambda group: group.division.title)
    ]
    return ", ".join(section.title for section in sections), sections


def _line(group: Group, found: Attainment) -> GroupLine:
    one, whole = group.tally, found.closely or group.tally
    counted, secure = len(one.counted), len(one.secure)
    few = 0 < counted < FEW
    drawn = tiny_bar(secure, counted, beside=(len(whole.secure), len(whole.counted)))
    return GroupLine(
        group.part.words,
        figure(found.asked, one, SECURE, secure, group),
        figure(found.asked, one, COUNTED, counted, group),
        figure(found.asked, one, OUT, len(one.out), group),
        percent(secure, counted),
        SafeString("") if few or not counted else drawn,
        NOTHING_TO_COUNT if group.points is None else signed(group.points),
        few,
    )
