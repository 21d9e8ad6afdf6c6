"""The check list: how far the reports of each class have come, and what each still lacks."""

from dataclasses import dataclass
from datetime import date

from itrack.foundation.viewer import Viewer
from itrack.parents.queries.reports import for_school, reports_of_class
from itrack.parents.rules.report import ForSchool, Missing, Report, State, missing
from itrack.pupils.api import ClassRow, classes_for
from itrack.schools.api import academic_year_on, year_title


@dataclass(frozen=True, slots=True)
class Line:
    """One report with what it lacks."""

    report: Report
    missing: list[Missing]


@dataclass(frozen=True, slots=True)
class CheckList:
    group: ClassRow
    year: int
    lines: list[Line]

    @property
    def title(self) -> str:
        return year_title(self.year)

    def of(self, state: State) -> int:
        return sum(line.report.state == state for line in self.lines)

    @property
    def drafts(self) -> list[Line]:
        return [line for line in self.lines if line.report.state == State.DRAFT]

    @property
    def whole_drafts(self) -> list[Line]:
        return [line for line in self.drafts if not line.missing]

    @property
    def lacking_drafts(self) -> list[Line]:
        return [line for line in self.drafts if line.missing]

    @property
    def ready(self) -> int:
        return self.of(State.READY)

    @property
    def read(self) -> int:
        return self.of(State.READ)

    @property
    def whole(self) -> int:
        return sum(not line.missing for line in self.lines)


def class_lists(*, viewer: Viewer, on: date) -> list[CheckList]:
    """A check list for each class this person sees."""
    year = academic_year_on(on)
    beside = for_school(school=viewer.school, year=year, on=on)
    return [_list(viewer.school, row, year, on, beside) for row in classes_for(viewer=viewer, year=year, on=on)]


def check_list(*, viewer: Viewer, group: int, on: date) -> CheckList | None:
    """None for a class that is not this person's to see."""
    year = academic_year_on(on)
    row = next((one for one in classes_for(viewer=viewer, year=year, on=on) if one.id == group), None)
    if row is None:
        return None
    return _list(viewer.school, row, year, on, for_school(school=viewer.school, year=year, on=on))


def _list(school: int, row: ClassRow, year: int, on: date, beside: ForSchool) -> CheckList:
    reports = reports_of_class(school=school, group=row.id, year=year, on=on, beside=beside)
    return CheckList(row, year, [Line(one, lacking(one, beside)) for one in reports])


def lacking(report: Report, beside: ForSchool) -> list[Missing]:
    return missing(report, discuss=beside.words.discuss, compared=beside.has_comparison)
