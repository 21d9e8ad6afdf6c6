"""What moving marks would do: the plan and the people in it. A fixed number of questions, however many marks."""

from collections.abc import Collection
from dataclasses import dataclass

from itrack.assessment.api import marks_of
from itrack.assessment.rules.standing import StandingMark
from itrack.checking.rules.moving import Act, Line, Place, Target, plan, removal, seen
from itrack.curriculum.api import AssessmentRow, assessments, named, retired_subjects, subjects
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.pupils.api import births, every_class, last_classes, pupil_names, years_of_pupils
from itrack.pupils.rules_years import natural_order
from itrack.schools.api import PointRow, SettingsChange, points, settings_changes

GONE = "There is no such assessment point, subject or assessment in this school. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from: points earliest first, subjects and assessments in the school's order.

    `classes` are (year, id, name), the latest year first.
    """

    points: list[PointRow]
    subjects: list[tuple[int, str]]
    assessments: list[AssessmentRow]
    classes: list[tuple[int, int, str]]

    def point(self, point: int) -> PointRow:
        return _one([row for row in self.points if row.id == point])

    def subject(self, subject: int) -> int:
        """Itself; 0 is every subject."""
        return subject and _one([pk for pk, _ in self.subjects if pk == subject])

    def assessment(self, assessment: int) -> AssessmentRow:
        return _one([row for row in self.assessments if row.id == assessment])


def _one[Row](found: list[Row]) -> Row:
    if not found:
        raise Refused(GONE)
    return found[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which marks, where they go, and whose: of one class, one year group, or everybody. `target` is not used to
    delete."""

    act: Act
    source: Place
    target: Place
    group: int = 0
    year_group: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The plan of what is asked for. `names` and `classes` are by pupil; the class is that of the marks' own year."""

    asked: Asked
    offered: Offered
    lines: list[Line]
    names: dict[int, str]
    classes: dict[int, str]

    @property
    def seen(self) -> str:
        return seen(self.asked.act, self.lines)

    @property
    def scheme(self) -> int:
        """The version of the scheme by which the marks are read where they go."""
        return self.offered.assessment(self.asked.target.assessment).scheme

    @property
    def pupils(self) -> list[int]:
        """Those with a mark in the plan, by name."""
        told = {line.mark.pupil for line in self.lines}
        return sorted(told, key=lambda pupil: (self.names.get(pupil, ""), pupil))


def offered_to_move(*, school: int) -> Offered:
    """All there is to move marks between, in four questions."""
    classes = sorted(every_class(school=school), key=lambda row: (-row[0], natural_order(row[2])))
    return Offered(points(school=school), subjects(school=school), assessments(school=school), classes)


def preview_of(*, school: int, asked: Asked, offered: Offered | None = None) -> Preview:
    """What would become of every mark asked for. Refused when a point, subject or assessment is not the school's."""
    found = offered or offered_to_move(school=school)
    _refuse_history(asked, found)
    found.subject(asked.source.subject)
    point = found.point(asked.source.point)
    held = last_classes(school=school, year=_year_of_classes(asked, found, point))
    marks = _asked_for(school, asked, point, {pupil for pupil, (group, _) in held.items() if group == asked.group})
    lines = _lines(school, asked, found, marks) if marks else []
    names = pupil_names(school=school, pupils={mark.pupil for mark in marks})
    return Preview(asked, found, lines, names, {pupil: name for pupil, (_, name) in held.items()})


def _refuse_history(asked: Asked, offered: Offered) -> None:
    """What is kept as history is copied from, and otherwise left alone."""
    touched = [] if asked.act is Act.COPY else [asked.source]
    touched += [] if asked.act is Act.DELETE else [asked.target]
    for place in touched:
        row = offered.assessment(place.assessment)
        if row.read_only:
            raise Refused(f"{row.name} is kept as history, so its marks stay as they are. Nothing was changed.")


def _year_of_classes(asked: Asked, offered: Offered, point: PointRow) -> int:
    if not asked.group:
        return point.year
    return _one([year for year, group, _ in offered.classes if group == asked.group])


def _asked_for(school: int, asked: Asked, point: PointRow, in_class: Collection[int]) -> list[StandingMark]:
    source = asked.source
    marks = marks_of(school=school, point=source.point, assessment=source.assessment, subject=source.subject)
    if asked.group:
        return [mark for mark in marks if mark.pupil in in_class]
    if not asked.year_group:
        return marks
    years = years_of_pupils({mark.pupil for mark in marks}, school=school, year=point.year)
    return [mark for mark in marks if years[mark.pupil] == asked.year_group]


def _lines(school: int, asked: Asked, offered: Offered, marks: list[StandingMark]) -> list[Line]:
    if asked.act is Act.DELETE:
        return removal(marks)
    place, point = asked.target, offered.point(asked.target.point)
    offered.subject(place.subject)
    there = marks_of(school=school, point=place.point, assessment=place.assessment, subject=place.subject)
    target = _target(school, place, point, {mark.pupil for mark in marks})
    return plan(marks, {(mark.pupil, mark.subject): mark for mark in there}, target)


def _target(school: int, place: Place, point: PointRow, pupils: Collection[int]) -> Target:
    about = named(school=school, assessment=place.assessment)
    if about is None:
        raise Refused(GONE)
    return Target(
        place,
        about.scale,
        point.slot,
        point.opens_on,
        retired=retired_subjects(school=school),
        only_for=about.subjects,
        year_groups=years_of_pupils(pupils, school=school, year=point.year),
        born=births(school=school, pupils=pupils),
    )


def moves(*, school: int, change_set: int | None = None) -> list[SettingsChange]:
    """The latest deeds of this kind, newest first; or the one asked for, if it is the school's."""
    words = {
        "moved": ("mark moved", "marks moved"),
        "copied": ("mark copied", "marks copied"),
        "deleted": ("mark deleted", "marks deleted"),
        "replaced": ("mark replaced", "marks replaced"),
    }
    return settings_changes(school=school, kind=ChangeSet.Kind.MOVED, words=words, change_set=change_set)
