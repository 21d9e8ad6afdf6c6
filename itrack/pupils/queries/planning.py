"""Who has no class yet in a year, so that classes can be made or filled. Five questions, whatever the school's size."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from itrack.pupils.models import Enrolment
from itrack.pupils.queries.roll import PupilLine, pupils_on_roll
from itrack.pupils.queries.standing import covers, places, standing
from itrack.pupils.rules_classes import day_within, first_day, usual_number
from itrack.pupils.rules_years import LADDER, year_group_name, year_group_order


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pupil on roll without a class, and the day from which a place may begin."""

    pupil: PupilLine
    starts: date


@dataclass(frozen=True, slots=True)
class YearGroupWaiting:
    """The pupils of one year group without a class, by name. `joins`: the (id, name, pupils) of classes it has.

    `leaving`: they will be older than the school goes, so no class is suggested for them.
    """

    year_group: str
    waiting: tuple[Waiting, ...]
    joins: tuple[tuple[int, str, int], ...]
    leaving: bool

    @property
    def name(self) -> str:
        return year_group_name(self.year_group)

    @property
    def usual_number(self) -> int:
        return 0 if self.leaving else usual_number(len(self.waiting))


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What making classes would do. `unplaceable` follow no year group, or none is known."""

    year_groups: list[YearGroupWaiting]
    unplaceable: list[Waiting]

    @property
    def to_number(self) -> list[tuple[str, str, int, int]]:
        """(code, name, pupils, usual number of classes) of the year groups that have no class yet."""
        groups = [group for group in self.year_groups if not group.joins]
        return [(group.year_group, group.name, len(group.waiting), group.usual_number) for group in groups]

    @property
    def without_class(self) -> int:
        return self.waiting + len(self.unplaceable)

    @property
    def waiting(self) -> int:
        """How many pupils making classes could place."""
        return sum(len(group.waiting) for group in self.year_groups)

    @property
    def staying(self) -> int:
        """How many pupils making classes would place, at the usual numbers."""
        return sum(len(group.waiting) for group in self.year_groups if not group.leaving)


def plan_classes(*, school: int, year: int, today: date) -> ClassPlan:
    """The pupils on roll without a class in the year from today on, by year group, youngest first.

    For a year to come the roll is that of its first day; the oldest will then have left, though nothing says so yet.
    """
    on = day_within(year, today)
    lines = pupils_on_roll(school=school, on=on, year=year)
    by_group: defaultdict[str, list[Waiting]] = defaultdict(list)
    for pupil in waiting_pupils(school=school, year=year, on=on, lines=lines):
        by_group[pupil.pupil.year_group].append(pupil)
    held = _classes_of(lines)
    oldest = max((line.year_group for line in lines if line.year_group in LADDER), key=year_group_order, default="")
    known = sorted((code for code in by_group if code in LADDER), key=year_group_order)
    return ClassPlan(
        [
            YearGroupWaiting(code, tuple(by_group[code]), held.get(code, ()), leaving=on > today and code == oldest)
            for code in known
        ],
        [pupil for code, pupils in by_group.items() if code not in LADDER for pupil in pupils],
    )


def waiting_pupils(*, school: int, year: int, on: date, lines: Sequence[PupilLine]) -> list[Waiting]:
    """Those of the roll who are in no class that day nor placed in one later."""
    busy, free_from = _taken(school, year, on)
    spells = Enrolment.objects.filter(standing(None), covers(on), school_id=school)
    joined = dict(spells.values_list("pupil_id", "starts"))
    return [
        Waiting(line, max(first_day(year), joined[line.id], free_from.get(line.id, date.min)))
        for line in lines
        if line.id not in busy
    ]


def _taken(school: int, year: int, on: date) -> tuple[set[int], dict[int, date]]:
    """Who has a place on the day or later; and the first free day of those whose last place is over."""
    busy: set[int] = set()
    free_from: dict[int, date] = {}
    for pupil, ends in places(school=school, year=year, on=None).values_list("pupil_id", "ends"):
        if ends is None or ends >= on:
            busy.add(pupil)
        else:
            free_from[pupil] = max(ends + timedelta(days=1), free_from.get(pupil, date.min))
    return busy, free_from


def _classes_of(lines: Sequence[PupilLine]) -> Mapping[str, tuple[tuple[int, str, int], ...]]:
    sizes: defaultdict[tuple[int, str], int] = defaultdict(int)
    holding: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    for line in lines:
        if line.class_id is not None:
            sizes[line.class_id, line.class_name] += 1
            holding[line.year_group].add((line.class_id, line.class_name))
    return {
        code: tuple((*group, sizes[group]) for group in sorted(groups, key=lambda group: group[1]))
        for code, groups in holding.items()
    }
