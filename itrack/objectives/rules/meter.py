"""How many judgements of statements a school asks of each teacher in a year, with the arithmetic said.

Long lists of objectives are what makes a tracker hated: 100 statements, 30 pupils and three times a year are 9,000
judgements by one person. So the head sees the number before it is asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.frameworks.rules.years import year_name
from itrack.ui.words import count_of, figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# As many as a hundred statements once for each of thirty pupils: at three seconds each two and a half hours.
MOST_A_TEACHER: Final = 3000
SECONDS_EACH: Final = 3
OFTENEST: Final = 6


@dataclass(frozen=True, slots=True)
class Part:
    """The judgements of one class, subject and year group: statements times pupils times how often."""

    class_name: str
    subject: str
    year_group: str
    statements: int
    pupils: int
    times: int

    @property
    def judgements(self) -> int:
        return self.statements * self.pupils * self.times

    @property
    def title(self) -> str:
        """ "4B, Maths, Year 4"."""
        return f"{self.class_name}, {self.subject}, {year_name(self.year_group)}"

    @property
    def said(self) -> str:
        """The arithmetic: "28 statements × 30 pupils × 2 = 1,680"."""
        sum_of = f"{count_of(self.statements, 'statement')} × {count_of(self.pupils, 'pupil')} × {self.times}"
        return f"{sum_of} = {figure(self.judgements)}"


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of one teacher in a year; `teacher` is "" for classes without one."""

    teacher: str
    parts: tuple[Part, ...]

    @property
    def judgements(self) -> int:
        return sum(part.judgements for part in self.parts)

    @property
    def time(self) -> str:
        """How long that takes at one keystroke in three seconds: "2 h 30 min"."""
        hours, minutes = divmod(self.judgements * SECONDS_EACH // 60, 60)
        return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"

    @property
    def is_heavy(self) -> bool:
        return self.judgements > MOST_A_TEACHER


@dataclass(frozen=True, slots=True)
class TaughtPupils:
    """How many pupils of a year group are in a class, and who teaches it."""

    teacher: str
    class_name: str
    year_group: str
    pupils: int


def loads(
    taught: Iterable[TaughtPupils], asked: Mapping[str, int], statements: Mapping[tuple[str, str], int]
) -> list[Load]:
    """The loads, heaviest first. `asked`: subject → times a year; `statements`: (subject, year group) → how many."""
    parts: defaultdict[str, list[Part]] = defaultdict(list)
    for row in taught:
        for subject, times in asked.items():
            many = statements.get((subject, row.year_group), 0)
            parts[row.teacher] += [
                Part(row.class_name, subject, row.year_group, many, row.pupils, times),
            ]
    found = [Load(teacher, tuple(part for part in of_one if part.judgements)) for teacher, of_one in parts.items()]
    return sorted(found, key=lambda load: (-load.judgements, load.teacher))


def counted(pupils: Iterable[tuple[str, str, str]]) -> list[TaughtPupils]:
    """From one (teacher, class, year group) for each pupil."""
    return [TaughtPupils(*of, pupils=n) for of, n in sorted(Counter(pupils).items())]
