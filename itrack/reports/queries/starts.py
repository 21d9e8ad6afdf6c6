"""What may stand at the start of a look at progress: an earlier point, another assessment, a statutory result.

start=point-2025-6      the main assessment at Summer 2 of 2025/26
start=also-12-2026-2    the assessment 12 at Autumn 2 of 2026/27
start=phonics           the phonics check
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itrack.assessment.api import marked_points, standing_results
from itrack.curriculum.api import assessments
from itrack.pupils.rules_years import LADDER
from itrack.reports.queries.in_view import InView
from itrack.reports.queries.marks import stands
from itrack.reports.queries.question import Asked, Choice, Offered
from itrack.reports.rules.prior import PRIOR
from itrack.reports.rules.tally import NO_MARK
from itrack.reports.rules.transition import FOUR, End, Step
from itrack.schools.api import PointRow, points
from itrack.statutory.api import standards
from itrack.ui.words import long_date

POINT, ALSO = "point", "also"
Offer = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Start:
    """The earlier of two marks. `kinds` are those of the schemes of its marks, `running` its title inside a sentence.

    `rule` says how its groups are read. `result`: it is not a mark of the main assessment.
    """

    end: End
    steps: Sequence[Step]
    kinds: frozenset[str]
    running: str
    result: bool = False
    rule: str = ""


def any_start(asked: Asked, offered: Offered) -> Offer:
    """The usual one first: the last point of an earlier year with marks in the subject, or else the last before."""
    earlier = [point for point in offered.known if (point.year, point.slot) < (asked.point.year, asked.point.slot)]
    marked = _marked(asked)
    named = assessments(school=asked.school)
    main = named[0].id if named else 0
    first = _usual(asked, [point for point in earlier if (main, point.id) in marked])
    begun = [point for point in reversed(earlier) if point != first]
    also = [
        (f"{ALSO}-{one.id}-{point.year}-{point.slot}", f"{one.name}, {point.title}")
        for one in named[1:]
        for point in reversed([*earlier, asked.point])
        if (one.id, point.id) in marked
    ]
    return [*map(_offer, [first] if first else []), *map(_offer, begun), *also, *_results()]


def earlier_points(asked: Asked, offered: Offered) -> Offer:
    """The points before, of the main assessment, every subject."""
    earlier = [point for point in offered.known if (point.year, point.slot) < (asked.point.year, asked.point.slot)]
    if not earlier:
        return [("", "There is no earlier point")]
    first = _usual(asked, earlier) or earlier[-1]
    return [*map(_offer, [first]), *map(_offer, (point for point in reversed(earlier) if point != first))]


ANY_START = Choice("start", "Starting from", any_start)
EARLIER_POINT = Choice("start", "Starting from", earlier_points)


def _marked(asked: Asked) -> set[tuple[int, int]]:
    subject = asked.subject[0] if asked.subject else 0
    return marked_points(school=asked.school, subject=subject, as_at=asked.moment)


def _usual(asked: Asked, among: Sequence[PointRow]) -> PointRow | None:
    """The end of the year before; in the first year the point before."""
    before = [point for point in among if point.year < asked.point.year]
    return before[-1] if before else among[-1] if among else None


def _offer(point: PointRow) -> tuple[str, str]:
    return f"{POINT}-{point.year}-{point.slot}", point.title


def _results() -> Offer:
    return [(one.code, one.title) for one in PRIOR.values()]


def start_of(asked: Asked, view: InView, chosen: str) -> Start:
    """The marks at the start of everybody in view. `chosen` is one of the offered."""
    if chosen in PRIOR:
        return _result(asked, view, chosen)
    assessment = int(chosen.split("-")[1]) if chosen.startswith(ALSO) else 0
    point = point_of(asked, chosen) or asked.point
    subject = asked.subject[0] if asked.subject else 0
    found = stands(asked, point, subject, assessment)
    name = next((one.name for one in assessments(school=asked.school) if one.id == assessment), "")
    title = f"{name}, {point.title}" if name else point.title
    return Start(End(title, found.by_pupil, missing_at(view, point)), FOUR, found.kinds, title, result=bool(name))


def point_of(asked: Asked, chosen: str) -> PointRow | None:
    """The point of a choice that is one; None where there is none."""
    _, *rest = chosen.split("-")
    wanted = tuple(map(int, rest[-2:]))
    return next((one for one in points(school=asked.school) if (one.year, one.slot) == wanted), None)


def missing_at(view: InView, point: PointRow) -> dict[int, str]:
    """Why a pupil in view may have no mark at an earlier point: not here yet, or simply none."""
    return {pupil: _missing(view, pupil, point) for pupil in view.people}


def _missing(view: InView, pupil: int, point: PointRow) -> str:
    day = view.joined(pupil)
    return f"Joined on {long_date(day)}, later" if day and day > point.closes_on else NO_MARK.removesuffix(" yet")


def _result(asked: Asked, view: InView, code: str) -> Start:
    prior = PRIOR[code]
    lines = standing_results(school=asked.school, pupils=list(view.people), as_at=asked.moment)
    given = standards(school=asked.school)
    found = {pupil: prior.stand(held, given) for pupil, held in lines.items()}
    groups = {pupil: view.known.pupils[pupil].year_group for pupil in view.people}
    missing: Mapping[int, str] = {
        pupil: prior.why_none(group if group in LADDER else "", view.point.year) for pupil, group in groups.items()
    }
    return Start(
        End(prior.title, found, missing), prior.steps, frozenset(), prior.running, result=True, rule=prior.rule
    )
