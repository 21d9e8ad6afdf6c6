"""A pupil's judgements over points: a row a subject, a column a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

RECENT = 6

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from itrack.assessment.rules.grid import Mark


@dataclass(frozen=True, slots=True)
class PointHead:
    """A column: "Y4 Aut 2" and in full "Autumn 2, 2026/27"."""

    short: str
    full: str


@dataclass(frozen=True, slots=True)
class Profile:
    """`rows` are (subject, its mark or None at each point)."""

    points: list[PointHead]
    rows: list[tuple[str, list[Mark | None]]]

    @property
    def recent(self) -> Profile:
        """The last year's points: what a table shows at once."""
        return Profile(self.points[-RECENT:], [(subject, marks[-RECENT:]) for subject, marks in self.rows])

    @property
    def earlier(self) -> Profile:
        return Profile(self.points[:-RECENT], [(subject, marks[:-RECENT]) for subject, marks in self.rows])


@dataclass(frozen=True, slots=True)
class PointOf:
    """A point with the pupil's year group at that time."""

    id: int
    name: str
    title: str
    year_group: str


def profile[Line](
    points: Sequence[PointOf], subjects: Sequence[tuple[Line, str]], marks: Mapping[tuple[int, Line], Mark]
) -> Profile:
    """`subjects` are the lines, each by what names it; `marks` by (point, what names the line).

    Points without a mark are left out, and so are subjects without one.
    """
    used = [point for point in points if any((point.id, subject) in marks for subject, _ in subjects)]
    rows = [(name, [marks.get((point.id, subject)) for point in used]) for subject, name in subjects]
    heads = [PointHead(short_point(point.name, point.year_group), point.title) for point in used]
    return Profile(heads, [row for row in rows if any(row[1])])


def short_point(name: str, year_group: str) -> str:
    """ "Autumn 2" of a pupil then in Year 4 → "Y4 Aut 2"."""
    season, _, half = name.partition(" ")
    group = f"Y{year_group}" if year_group.isdecimal() else year_group
    return " ".join(part for part in (group, season[:3], half) if part)


def birth_term(dob: date) -> str:
    """The third of the school year a birthday falls in, as reports call it: "summer" from May to August."""
    return "autumn" if dob.month >= 9 else "spring" if dob.month <= 4 else "summer"
