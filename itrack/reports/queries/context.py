"""The pupils of a class or year as a teacher takes them to a meeting: groups they belong to, and their last marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from itrack.assessment.api import last_marks
from itrack.assessment.rules.standing import LastMark
from itrack.curriculum.api import assessments
from itrack.pupils.rules_answers import Facts
from itrack.pupils.rules_groups import FLAG_OF, KINDS_OF_GROUP, Kind, members_of
from itrack.reports.queries.in_view import InView, in_view
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Person
from itrack.schools.api import points


@dataclass(frozen=True, slots=True)
class Context:
    """`kinds` are the groups this reader is told of, `groups` each pupil's by kind, `last` the last marks by cell.

    `people` are those counted, class by class and by name.
    """

    view: InView
    people: Sequence[Person]
    kinds: Sequence[Kind]
    groups: Mapping[int, Mapping[str, str]]
    last: Mapping[tuple[int, int], LastMark]


def context(asked: Asked) -> Context:
    view = in_view(asked, ())
    people = sorted(
        (view.people[pupil] for pupil in view.population.inside), key=lambda one: (one.class_name, one.order)
    )
    kinds = [kind for kind in KINDS_OF_GROUP if _is_told(kind, asked)]
    groups = _groups({one.id: view.known.pupils[one.id].facts for one in people}, view.days.roll)
    return Context(view, people, kinds, groups, marks_until(asked, people, (asked.point.year, asked.point.slot)))


def _groups(pupils: Mapping[int, Facts], on: date) -> Mapping[int, Mapping[str, str]]:
    """The group of each kind of each pupil, by code."""
    found: dict[int, dict[str, str]] = {pupil: {} for pupil in pupils}
    for kind in KINDS_OF_GROUP:
        for code, members in members_of(kind, pupils, on).items():
            for pupil in members:
                found[pupil][kind.code] = code
    return found


def _is_told(kind: Kind, asked: Asked) -> bool:
    return (asked.guarded or not kind.guarded) and FLAG_OF.get(kind.code) not in asked.hidden


def marks_until(asked: Asked, people: Sequence[Person], until: tuple[int, int]) -> Mapping[tuple[int, int], LastMark]:
    """The last marks of the main assessment up to the point of that year and half term; none before any assessment."""
    rows = assessments(school=asked.school)
    pupils, (year, slot) = [one.id for one in people], until
    if not rows:
        return {}
    main = rows[0].id
    return last_marks(school=asked.school, pupils=pupils, assessment=main, year=year, slot=slot, as_at=asked.moment)


def marks_before(asked: Asked, people: Sequence[Person]) -> Mapping[tuple[int, int], LastMark]:
    """The last marks up to the point before the one asked about."""
    at = (asked.point.year, asked.point.slot)
    earlier = [(one.year, one.slot) for one in points(school=asked.school) if (one.year, one.slot) < at]
    return marks_until(asked, people, max(earlier)) if earlier else {}
