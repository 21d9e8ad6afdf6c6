"""One pupil's targets: those that stand, each beside the last mark, and how they came about."""

from dataclasses import dataclass
from datetime import date, datetime

from itrack.assessment.api import last_marks
from itrack.curriculum.api import assessments
from itrack.curriculum.rules import BAND_OF
from itrack.foundation.viewer import MARKERS, Viewer
from itrack.pupils.api import PupilLine, may_see_pupil, pupil_line
from itrack.schools.api import SLOTS, academic_year_on, year_title
from itrack.targets.models import PupilTarget
from itrack.targets.queries.rules_kept import KeptRules, kept_rules
from itrack.targets.rules.standings import Standing, Target, standing
from itrack.targets.rules.track import in_words


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target of one pupil. `title` is its point with the year, `of` another assessment than the main one."""

    point: int
    title: str
    subject: int
    subject_name: str
    of: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """One deed on a target: what it was set to, by whom, and who ended it when, if anybody did."""

    title: str
    subject_name: str
    of: str
    code: str
    css: str
    by: str
    at: datetime
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PupilTargets:
    line: PupilLine
    lines: list[TargetLine]
    versions: list[TargetVersion]
    rules: KeptRules

    @property
    def steps_in_words(self) -> list[str]:
        return in_words(self.rules.steps, dict(enumerate(SLOTS, start=1)))


_ABOUT = ("point_id", "point__year", "point__slot", "point__name", "subject_id", "subject__name", "assessment_id")
_ORDER = ("point__year", "point__slot", "assessment__position", "subject__position", "pk")


def pupil_targets(*, viewer: Viewer, pupil: int, on: date) -> PupilTargets | None:
    """None when this person does not see the pupil, or does not see marks."""
    if not MARKERS.admits(viewer) or not may_see_pupil(viewer=viewer, pupil=pupil, on=on):
        return None
    line = pupil_line(school=viewer.school, pupil=pupil, on=on, year=academic_year_on(on))
    if line is None:
        return None
    rules = kept_rules(school=viewer.school)
    lines = _lines(viewer.school, pupil, rules)
    return PupilTargets(line, lines, _versions(viewer.school, pupil), rules)


def _lines(school: int, pupil: int, rules: KeptRules, subject: int = 0) -> list[TargetLine]:
    rows = PupilTarget.objects.filter(school_id=school, pupil_id=pupil, ended_at__isnull=True)
    rows = rows.filter(subject_id=subject) if subject else rows
    told = list(rows.order_by(*_ORDER).values_list(*_ABOUT, "code", "band", "added_by__by__name", "added_at"))
    main = {row.id: row.name for row in assessments(school=school)[1:]}
    marks = {
        key: last_marks(school=school, pupils=[pupil], assessment=key[0], year=key[1], slot=key[2])
        for key in {(row[6], row[1], row[2]) for row in told}
    }
    return [
        TargetLine(
            point,
            f"{name}, {year_title(year)}",
            pk,
            called,
            main.get(of, ""),
            standing(Target(*target), marks[of, year, slot].get((pupil, pk)), (year, slot), rules.steps),
        )
        for point, year, slot, name, pk, called, of, *target in told
    ]


def _versions(school: int, pupil: int) -> list[TargetVersion]:
    """Every deed, the latest first."""
    rows = PupilTarget.objects.filter(school_id=school, pupil_id=pupil).order_by("-added_at", "subject__position", "pk")
    main = {row.id: row.name for row in assessments(school=school)[1:]}
    told = rows.values_list(*_ABOUT, "code", "band", "added_by__by__name", "added_at", "ended_by__by__name", "ended_at")
    return [
        TargetVersion(
            f"{name}, {year_title(year)}",
            called,
            main.get(of, ""),
            code,
            BAND_OF[band].css,
            by,
            at,
            ended_by or "",
            ended,
        )
        for _, year, _, name, _, called, of, code, band, by, at, ended_by, ended in told
    ]
