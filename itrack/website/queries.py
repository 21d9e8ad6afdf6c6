"""What somebody meets on coming in: their classes, how far the marks are, what is due, what is still to set up."""

from dataclasses import dataclass
from datetime import date

from itrack.assessment.api import judgement_table
from itrack.checking.rules.completeness import ClassShare, not_started, shares
from itrack.curriculum.api import mark_options, subjects
from itrack.foundation.viewer import LEADERS, MARKERS, OFFICE, Role, Viewer
from itrack.imports.api import waiting_imports
from itrack.pupils.api import classes, classes_for, pupils_on_roll
from itrack.schools.api import PointRow, academic_year_on, point_on, points, points_in_use
from itrack.staff.api import review_now, review_title
from itrack.staff.rules.reviews import State as ReviewState
from itrack.staff.rules.reviews import stands_among_what_is_due
from itrack.ui.words import count_of, short_date
from itrack.website.rules import EITHER, Due, SetUp, Step, school_days_until, steps


@dataclass(frozen=True, slots=True)
class Home:
    """`pupils` counts the whole roll; `classes` are those this person sees, with their marks at `point`.

    `own`: the classes are this person's, to be shown subject by subject. `set_up` is empty once the year has a mark.
    """

    point: PointRow | None
    days_left: int
    pupils: int
    classes: list[ClassShare]
    unplaced: int
    own: bool
    due: list[Due]
    set_up: list[Step]

    @property
    def done(self) -> int:
        return sum(row.whole.done for row in self.classes)

    @property
    def total(self) -> int:
        return sum(row.whole.total for row in self.classes)

    @property
    def waiting(self) -> list[ClassShare]:
        """Classes nobody has begun to mark."""
        return not_started(self.classes)


def home(*, viewer: Viewer, today: date) -> Home:
    """Gathers the page in a fixed number of queries."""
    year = academic_year_on(today)
    point = point_on(school=viewer.school, day=today)
    on_roll = pupils_on_roll(school=viewer.school, on=today, year=year)
    marked = judgement_table(school=viewer.school, point=point.id) if point and MARKERS.admits(viewer) else []
    taught = subjects(school=viewer.school, opens_on=point.opens_on if point else None)
    told = shares(
        [(row.id, row.name, row.teacher_name) for row in classes_for(viewer=viewer, year=year, on=today)],
        taught,
        {pupil.id: pupil.class_id for pupil in on_roll if pupil.class_id is not None},
        [(pupil, subject) for pupil, subject, *_ in marked],
    )
    return Home(
        point=point,
        days_left=school_days_until(point.closes_on, today) if point else 0,
        pupils=len(on_roll),
        classes=told,
        unplaced=sum(pupil.class_id is None for pupil in on_roll),
        own=viewer.role == Role.TEACHER,
        due=[*_review_due(viewer, today), *_marks_due(viewer, point, told, today), *_imports_due(viewer)],
        set_up=_set_up(viewer, year, len(on_roll), len(taught)) if EITHER.admits(viewer) else [],
    )


def _marks_due(viewer: Viewer, point: PointRow | None, told: list[ClassShare], today: date) -> list[Due]:
    """The point whose marks are not all in: by when, and how many are missing."""
    to_go = sum(row.whole.total - row.whole.done for row in told)
    if point is None or not to_go or not MARKERS.admits(viewer):
        return []
    late = today > point.closes_on
    state = f"Closed {short_date(point.closes_on)}" if late else short_date(point.closes_on)
    note = f"{count_of(to_go, 'mark')} to go"
    if LEADERS.admits(viewer) and (waiting := not_started(told)):
        note += f"; {count_of(len(waiting), 'class')} not started"
    return [Due(f"{point.name} marks", note, state, "bad" if late else "wait", "mark")]


def _review_due(viewer: Viewer, today: date) -> list[Due]:
    """The term's review of accounts: the administrators' to sign, and the head sees when it is overdue."""
    if not LEADERS.admits(viewer):
        return []
    asked = review_now(school=viewer.school, day=today)
    if asked is None or not stands_among_what_is_due(asked, today):
        return []
    late = asked.state is ReviewState.OVERDUE
    if not late and viewer.role is not Role.ADMINISTRATOR:
        return []
    when = f"Overdue since {short_date(asked.term.ends)}" if late else f"By {short_date(asked.term.ends)}"
    note = f"{review_title(asked.term)}; an administrator signs"
    return [Due("Review who has an account", note, when, "bad" if late else "wait", "staff-review")]


def _imports_due(viewer: Viewer) -> list[Due]:
    """The files that wait to be applied, and in which of them somebody must choose first."""
    if not OFFICE.admits(viewer):
        return []
    return [
        Due(
            "Pupils in a spreadsheet" if one.is_sheet else f"Transfer file from {one.source}",
            f"{count_of(one.pupils, 'pupil')} in it; nothing is stored yet",
            f"{one.open_choices} to choose" if one.open_choices else "To apply",
            "wait",
            "import",
            one.id,
        )
        for one in waiting_imports(school=viewer.school)
    ]


def _set_up(viewer: Viewer, year: int, pupils: int, taught: int) -> list[Step]:
    """The set-up list of the year; empty once one of its points holds a mark. Worked out anew at every look."""
    of_year = [point for point in points(school=viewer.school) if point.year == year]
    used = points_in_use(school=viewer.school)
    options = mark_options(school=viewer.school)
    rows = classes(school=viewer.school, year=year)
    if any(point.id in used for point in of_year):
        return []
    with_teacher = sum(row.teacher is not None for row in rows)
    return steps(SetUp(len(of_year), taught, len(options), pupils, len(rows), with_teacher), viewer)
