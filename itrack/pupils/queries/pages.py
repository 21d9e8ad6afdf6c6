"""What the pages of the roll and the classes show, gathered in a fixed number of questions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from itrack.foundation.viewer import Viewer
from itrack.pupils.models import Group, GroupPlace
from itrack.pupils.queries.classes import ClassRow, classes, classes_for, sees_every_class
from itrack.pupils.queries.flags import facts_of_pupils, flags_told
from itrack.pupils.queries.planning import Waiting, waiting_pupils
from itrack.pupils.queries.roll import PupilLine, as_told_to, pupils_on_roll
from itrack.pupils.rules_answers import NO, UNKNOWN, answer
from itrack.pupils.rules_columns import flags_hidden_from
from itrack.pupils.rules_flags import FLAG_COUNTED, initial
from itrack.pupils.rules_reasons import TITLES
from itrack.pupils.rules_years import year_group_name, year_group_order
from itrack.ui.parts import Count

NO_YEAR = "none"  # in the place of a year group's code
WITHOUT_CLASS = 0  # in the place of a class's id: the pupils who have none


@dataclass(frozen=True, slots=True)
class RollPage:
    """The part of the roll a person sees, before (`seen`) and after (`chosen`) they choose a class or year group."""

    seen: list[PupilLine]
    chosen: list[PupilLine]
    classes: list[ClassRow]
    flags: list[tuple[str, str]]

    @property
    def year_groups(self) -> list[tuple[str, str, int]]:
        """(code, name, pupils), youngest first."""
        counted = Counter(line.year_group or NO_YEAR for line in self.seen)
        codes = sorted(counted, key=lambda code: (year_group_order(code), code))
        return [(code, year_group_name("" if code == NO_YEAR else code), counted[code]) for code in codes]

    @property
    def without_class(self) -> int:
        return sum(line.class_id is None for line in self.seen)

    @property
    def counts(self) -> list[Count]:
        """The chosen pupils by sex and flag; only what there is one of."""
        found = Counter(flag for line in self.chosen for flag in line.flags)
        sexes = Counter(line.sex for line in self.chosen)
        rows = [
            ("girls", sexes["F"]),
            ("boys", sexes["M"]),
            *((words, found[flag]) for flag, words in FLAG_COUNTED.items()),
        ]
        return [Count("pupils", len(self.chosen)), *(Count(words, n) for words, n in rows if n)]

    @property
    def by_letter(self) -> list[tuple[str, list[PupilLine]]]:
        """The chosen pupils under the first letter of their surname, for jumping down a long page."""
        return [(letter, list(lines)) for letter, lines in groupby(self.chosen, key=lambda line: initial(line.surname))]


def roll_page(
    *, viewer: Viewer, on: date, year: int, group: int | None, year_group: str, flag: str = ""
) -> RollPage | None:
    """Who the viewer sees on roll that day, narrowed to a class (WITHOUT_CLASS: those in none), a year group or a flag.

    None when the class or flag is not one the viewer sees.
    """
    theirs = classes_for(viewer=viewer, year=year, on=on)
    own = {row.id for row in theirs}
    told = flags_told(viewer.role)
    if (group and group not in own) or (flag and flag not in told):
        return None
    lines = pupils_on_roll(school=viewer.school, on=on, year=year)
    everyone = sees_every_class(viewer)
    theirs_to_see = [line for line in lines if line.class_id in own or everyone]
    seen = as_told_to(theirs_to_see, flags_hidden_from(viewer.role))
    chosen = [
        line
        for line in seen
        if (group is None or (line.class_id or WITHOUT_CLASS) == group)
        and (not year_group or (line.year_group or NO_YEAR) == year_group)
    ]
    chosen = _with(flag, chosen, viewer.school, on) if flag else chosen
    return RollPage(seen, chosen, theirs, [(each, TITLES[each]) for each in told])


def _with(flag: str, lines: list[PupilLine], school: int, on: date) -> list[PupilLine]:
    """Those of whom the flag says yes, of SEN which provision."""
    facts = facts_of_pupils([line.id for line in lines], school=school)
    return [line for line in lines if answer(flag, facts[line.id], on).says not in (NO, UNKNOWN)]


@dataclass(frozen=True, slots=True)
class ClassPage:
    """One class with its pupils of the day, the other classes of its year, and who has no class yet."""

    row: ClassRow
    pupils: list[PupilLine]
    others: list[ClassRow]
    waiting: list[Waiting]
    used: bool

    @property
    def other_names(self) -> list[tuple[int, str]]:
        return [(row.id, row.name) for row in self.others]

    @property
    def waiting_lines(self) -> list[PupilLine]:
        return [waiting.pupil for waiting in self.waiting]


def year_of_class(*, school: int, group: int) -> int | None:
    """The academic year of a class; None for an id the school does not know."""
    return Group.objects.filter(school_id=school, pk=group).values_list("year", flat=True).first()


def class_page(*, viewer: Viewer, group: int, year: int, on: date) -> ClassPage:
    """`year` is the class's own, from `year_of_class`; `on` is a day of that year."""
    school = viewer.school
    rows = classes(school=school, year=year, on=on)
    lines = as_told_to(pupils_on_roll(school=school, on=on, year=year), flags_hidden_from(viewer.role))
    return ClassPage(
        next(row for row in rows if row.id == group),
        [line for line in lines if line.class_id == group],
        [row for row in rows if row.id != group],
        waiting_pupils(school=school, year=year, on=on, lines=lines),
        GroupPlace.objects.filter(school_id=school, group_id=group).exists(),
    )
