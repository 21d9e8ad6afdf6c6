"""The school as the turn of the year finds it: who will be on roll, from which class, in which year group.

A fixed number of questions, whatever the size of the school.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from itrack.pupils.models import ClassHelper, Enrolment, Pupil
from itrack.pupils.queries.roll import PupilLine, lines_of_pupils, years_of_pupils
from itrack.pupils.queries.standing import places, standing
from itrack.pupils.rules_classes import first_day, last_day
from itrack.pupils.rules_years import natural_order, year_group_of


@dataclass(frozen=True, slots=True)
class Rolling:
    """A pupil on roll in the new year. `line` is of the last day of the old one; `then` the year group of the new one
    and `usual` that of their age. `starts` is the first day of the spell; `placed`: they have a class of the new year.
    """

    line: PupilLine
    then: str
    usual: str
    starts: date
    placed: bool


def rolling_pupils(*, school: int, year: int) -> list[Rolling]:
    """Everybody on roll on a day of the academic year that starts in `year`, by surname and forename."""
    starts = _first_days(school, year)
    born = dict(Pupil.objects.filter(school_id=school, pk__in=starts).values_list("pk", "dob"))
    lines = lines_of_pupils(list(starts), school=school, on=last_day(year - 1), year=year - 1)
    then = years_of_pupils(list(starts), school=school, year=year)
    placed = set(places(school=school, year=year, on=None).values_list("pupil_id", flat=True))
    return [
        Rolling(line, then[line.id], year_group_of({}, year, born[line.id]), starts[line.id], line.id in placed)
        for line in lines
    ]


def _first_days(school: int, year: int) -> dict[int, date]:
    """The first day of each pupil's first spell that reaches into the year."""
    spells = Enrolment.objects.filter(standing(None), school_id=school, starts__lte=last_day(year))
    rows = spells.exclude(ends__lt=first_day(year)).order_by("-starts").values_list("pupil_id", "starts")
    return dict(rows)


def helpers_of_year(*, school: int, year: int) -> dict[int, list[tuple[int, str]]]:
    """(membership id, name) of those who help in each class of the year, by name."""
    rows = ClassHelper.objects.filter(school_id=school, group__year=year, ended_at__isnull=True)
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for group, member, name in rows.order_by("member__name", "member_id").values_list(
        "group_id", "member_id", "member__name"
    ):
        found[group].append((member, name))
    return dict(found)


def classes_of_pupils(*, school: int, year: int, pupils: Collection[int]) -> list[str]:
    """The names of that year's classes in which one of these pupils has a place, in their natural order."""
    held = places(school=school, year=year, on=None).filter(pupil__in=pupils)
    return sorted(set(held.values_list("group__name", flat=True)), key=natural_order)


@dataclass(frozen=True, slots=True)
class Spell:
    """A pupil's last spell on the roll; `ends` is None while no last day is set."""

    starts: date
    ends: date | None

    def is_over(self, on: date) -> bool:
        return self.ends is not None and self.ends < on

    @property
    def free_from(self) -> date | None:
        """The first day on which they could come back."""
        return None if self.ends is None else self.ends + timedelta(days=1)


def last_spell(*, school: int, pupil: int) -> Spell | None:
    """None for a pupil who never was on the roll, or whom the school does not know."""
    rows = Enrolment.objects.filter(standing(None), school_id=school, pupil_id=pupil)
    found = rows.order_by("-starts").values_list("starts", "ends").first()
    return Spell(*found) if found else None
