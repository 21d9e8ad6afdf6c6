"""Each pupil's last mark beside the target for a point, of those in view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itrack.curriculum.api import assessments
from itrack.reports.queries.in_view import InView, in_view
from itrack.reports.queries.question import Asked, NothingYet, Offered
from itrack.schools.api import SLOTS, PointRow, points
from itrack.targets.api import kept_rules, standings
from itrack.targets.rules.standings import Cell, Standing, SubjectTracks, subject_tracks
from itrack.targets.rules.track import in_words


@dataclass(frozen=True, slots=True)
class OnTarget:
    """`tracks` are the subjects' counts, `on_the_way` what the school wants before the target's point, in words."""

    view: InView
    target: PointRow
    told: Mapping[Cell, Standing]
    tracks: Sequence[SubjectTracks]
    on_the_way: Sequence[str]


def targets_for(asked: Asked, offered: Offered) -> list[tuple[str, str]]:
    """The points of the year a target can be for, the last first."""
    if not assessments(school=asked.school):
        raise NothingYet("Nothing is assessed yet", "A head or administrator sets up a mark scheme first.")
    return [(str(point.slot), point.name) for point in reversed(offered.points)]


def on_target(asked: Asked, slot: int) -> OnTarget:
    """For the point of that half term in the year asked for, in the main assessment."""
    year = asked.point.year
    [target] = [point for point in points(school=asked.school) if (point.year, point.slot) == (year, slot)]
    view, rules = in_view(asked, ()), kept_rules(school=asked.school, as_at=asked.moment)
    pupils = sorted(view.population.inside)
    told = standings(
        school=asked.school,
        pupils=pupils,
        subjects=[pk for pk, _ in asked.subjects],
        point=target,
        assessment=next((one.id for one in assessments(school=asked.school)), 0),
        steps=rules.steps,
        as_at=asked.moment,
    )
    tracks = subject_tracks(asked.subjects, pupils, told)
    return OnTarget(view, target, told, tracks, in_words(rules.steps, dict(enumerate(SLOTS, start=1))))
