"""What the school's set-up asks of each teacher in a year, from the statements and the pupils there really are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from itrack.frameworks.rules.years import span, subject_key
from itrack.objectives.queries.offered import offered_strands
from itrack.objectives.queries.use import used_subjects
from itrack.objectives.rules.choice import StrandChoice
from itrack.objectives.rules.meter import MOST_A_TEACHER, Load, TaughtPupils, counted, loads
from itrack.pupils.api import pupils_on_roll, taught_classes
from itrack.schools.api import academic_year_on
from itrack.schools.rules import fingerprint


@dataclass(frozen=True, slots=True)
class SubjectUse:
    """A subject of the school's frameworks: `key` as subject_key has it, `times` a year as asked about here."""

    key: str
    name: str
    statements: int
    times: int


@dataclass(frozen=True, slots=True)
class MeterPage:
    """`proposed`: the times are another's than those kept. `seen` is the fingerprint of what is kept."""

    subjects: list[SubjectUse]
    loads: list[Load]
    proposed: bool
    seen: str
    most: int = MOST_A_TEACHER

    @property
    def heavy(self) -> list[Load]:
        return [load for load in self.loads if load.is_heavy]

    @property
    def asks(self) -> bool:
        return any(load.judgements for load in self.loads)


def meter_page(*, school: int, on: date, times: Mapping[str, int]) -> MeterPage:
    """What is asked with these times a year; a subject without any has those that are kept. Seven questions."""
    year, kept = academic_year_on(on), used_subjects(school=school)
    strands = offered_strands(school=school, year=year, used=None)
    names = {subject_key(strand.course.subject): strand.course.subject for strand in reversed(strands)}
    asked = {key: times.get(key, kept.get(key, 0)) for key in dict.fromkeys(map(_key, strands))}
    statements = _statements(strands)
    subjects = [SubjectUse(key, names[key], _most(statements, key), often) for key, often in asked.items()]
    found = loads(
        _taught(school, on, year),
        {names[key]: often for key, often in asked.items() if often},
        {(names[key], group): many for (key, group), many in statements.items()},
    )
    proposed = asked != {key: kept.get(key, 0) for key in asked}
    return MeterPage(subjects, found, proposed, fingerprint(sorted(kept.items())))


def _key(strand: StrandChoice) -> str:
    return subject_key(strand.course.subject)


def _statements(strands: list[StrandChoice]) -> dict[tuple[str, str], int]:
    """(subject, year group) → statements, of the one framework by which that year works in the subject."""
    found: dict[tuple[str, str], int] = {}
    by: dict[tuple[str, str], int] = {}
    for strand in strands:
        for year in span(strand.first, strand.last):
            place = _key(strand), year
            if by.setdefault(place, strand.course.framework) == strand.course.framework:
                found[place] = found.get(place, 0) + strand.statements
    return found


def _most(statements: Mapping[tuple[str, str], int], key: str) -> int:
    return max((many for (subject, _), many in statements.items() if subject == key), default=0)


def _taught(school: int, on: date, year: int) -> list[TaughtPupils]:
    """Pupils by teacher, class and year group; those in no class are nobody's work."""
    teachers = {row.id: row.teacher_name for row in taught_classes(school=school, year=year) if row.year == year}
    lines = pupils_on_roll(school=school, on=on, year=year)
    return counted(
        (teachers.get(line.class_id, ""), line.class_name, line.year_group) for line in lines if line.class_id
    )
