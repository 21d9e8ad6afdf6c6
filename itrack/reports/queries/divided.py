"""The pupils of a report divided into the groups that are looked at, as far as the reader may see them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from itrack.pupils.api import Cohort
from itrack.pupils.rules_groups import FLAG_OF, KINDS_OF_GROUP, MEALS, Kind, members_of
from itrack.pupils.rules_years import natural_order, year_group_name, year_group_order
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Person
from itrack.reports.rules.groups import Division, Part
from itrack.reports.rules.population import CLASS

NO_CLASS = "none"
YEAR_GROUP = "year"


def divisions(known: Cohort, pupils: Mapping[int, Person], asked: Asked, on: date) -> list[Division]:
    """By every kind of group the reader is told of, and by class, unless one class is all there is.

    Who sees no names sees year groups in place of classes.
    """
    kinds = every_kind(known, pupils, asked, on)
    found = [one for kind, one in kinds if not kind.spare or sum(bool(part.members) for part in one.parts) > 1]
    if asked.anonymous:
        return [by_year_group(known, pupils), *found]
    classes = by_class(known, pupils)
    return [*found, classes] if len(classes.parts) > 1 else found


def every_kind(known: Cohort, pupils: Mapping[int, Person], asked: Asked, on: date) -> list[tuple[Kind, Division]]:
    """By each kind of group the reader is told of, with all its groups, also those nobody is in."""
    facts = {pupil: known.pupils[pupil].facts for pupil in pupils}
    return [(kind, _division(kind, members_of(kind, facts, on))) for kind in KINDS_OF_GROUP if is_told(kind, asked)]


def by_year_group(known: Cohort, pupils: Mapping[int, Person]) -> Division:
    """By year group, the youngest first."""
    members: defaultdict[str, set[int]] = defaultdict(set)
    for pupil in pupils:
        members[known.pupils[pupil].year_group].add(pupil)
    parts = [
        Part(code, year_group_name(code), frozenset(members[code])) for code in sorted(members, key=year_group_order)
    ]
    return Division(YEAR_GROUP, "Year group", parts)


def is_told(kind: Kind, asked: Asked) -> bool:
    """Whether the reader is told of this kind of group.

    Who sees no small numbers is not told of meals: beside disadvantage they would tell of the few in between.
    """
    if asked.anonymous and kind.code == MEALS.code:
        return False
    return (asked.guarded or not kind.guarded) and FLAG_OF.get(kind.code) not in asked.hidden


def _division(kind: Kind, members: Mapping[str, Sequence[int]]) -> Division:
    parts = [Part(code, words, frozenset(members.get(code, ()))) for code, words in kind.groups.items()]
    return Division(kind.code, kind.title, parts, kind.rule)


def by_class(known: Cohort, pupils: Mapping[int, Person]) -> Division:
    """By the year group of their youngest pupils, then by name; those without a class last."""
    members: defaultdict[tuple[int | None, str], set[int]] = defaultdict(set)
    years: defaultdict[tuple[int | None, str], set[str]] = defaultdict(set)
    for pupil in pupils.values():
        held = pupil.class_id, pupil.class_name
        members[held].add(pupil.id)
        years[held].add(known.pupils[pupil.id].year_group)
    youngest = {held: min(map(year_group_order, codes)) for held, codes in years.items()}
    named = sorted(members, key=lambda held: (not held[0], youngest[held], natural_order(held[1])))
    parts = [Part(str(pk or NO_CLASS), name or "No class", frozenset(members[pk, name])) for pk, name in named]
    return Division(CLASS, "Class", parts)
