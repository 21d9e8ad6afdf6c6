"""The scores of a subject that can stand beside one another: of an assessment at a point, or statutory ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from itrack.assessment.api import marked_points, marks_over, standing_results
from itrack.assessment.rules.result_words import PHONICS_STANDARD
from itrack.curriculum.api import AssessmentRow, assessments
from itrack.curriculum.rules_schemes import Kind
from itrack.pupils.rules_groups import FLAG_OF, SEN, SEX
from itrack.reports.queries.divided import divisions
from itrack.reports.queries.in_view import InView, in_view
from itrack.reports.queries.question import Asked, Choice, Offered
from itrack.reports.queries.starts import ALSO, missing_at, point_of
from itrack.reports.rules.groups import Part
from itrack.reports.rules.scatter import LINE_OF, Scores, is_ordinal
from itrack.reports.rules.tally import uncounted
from itrack.schools.api import PointRow
from itrack.statutory.rules.codes import SCALES
from itrack.statutory.rules.verdicts import NO_RESULT, found_in
from itrack.ui.words import upper_first

Offer = Sequence[tuple[str, str]]
NO_GROUPS = "none"


@dataclass(frozen=True, slots=True)
class Statutory:
    """A statutory score: the component it is of, its scale, and the score that meets its standard."""

    slot: str
    running: str
    scale: str
    line: int | None = None

    @property
    def title(self) -> str:
        return upper_first(self.running.removeprefix("the "))


STATUTORY = {
    one.slot: one
    for one in (
        Statutory("phonics", "the phonics check", "phonics", PHONICS_STANDARD),
        Statutory("tables", "the multiplication tables check", "tables"),
        Statutory("ks1-reading-scaled", "the Key Stage 1 reading test", "ks1-scaled", 100),
        Statutory("ks1-maths-scaled", "the Key Stage 1 maths test", "ks1-scaled", 100),
        Statutory("reading-scaled", "the Key Stage 2 reading test", "scaled", 100),
        Statutory("maths-scaled", "the Key Stage 2 maths test", "scaled", 100),
        Statutory("gps-scaled", "the Key Stage 2 GPS test", "scaled", 100),
    )
}


def scores_now(asked: Asked, offered: Offered) -> Offer:
    """The scores given at the point, or where there are none the last before; then statutory scores; codes last.

    A school that has only codes begins with one, and is told what is needed.
    """
    named, marked = assessments(school=asked.school), _marked(asked)
    held = [one for one in named if (one.id, asked.point.id) in marked] or named[:1]
    here = [(one, asked.point) for one in held]
    scores = [pair for pair in here if not is_ordinal(pair[0].kind)]
    scores = scores or [pair for pair in _pairs(asked, offered, named, marked) if not is_ordinal(pair[0].kind)][:1]
    codes = [_offer(*pair) for pair in here if is_ordinal(pair[0].kind)]
    return [*(_offer(*pair) for pair in scores), *_statutory(), *codes] if scores else [*codes, *_statutory()]


def scores_before(asked: Asked, offered: Offered) -> Offer:
    """What was assessed before or beside it, that of the same kind first; then statutory scores; codes come last."""
    named, marked = assessments(school=asked.school), _marked(asked)
    now = asked.chosen["now"]
    pairs = [pair for pair in _pairs(asked, offered, named, marked) if _offer(*pair)[0] != now]
    pairs.sort(key=lambda pair: not now.startswith(f"{ALSO}-{pair[0].id}-"))
    scores = [_offer(*pair) for pair in pairs if not is_ordinal(pair[0].kind)]
    codes = [_offer(*pair) for pair in pairs if is_ordinal(pair[0].kind)]
    return [*scores, *(one for one in _statutory() if one[0] != now), *codes]


def _pairs(
    asked: Asked, offered: Offered, named: Sequence[AssessmentRow], marked: set[tuple[int, int]]
) -> list[tuple[AssessmentRow, PointRow]]:
    """What was assessed at which point up to the one asked about, scores first, the latest first."""
    earlier = [one for one in offered.known if (one.year, one.slot) <= (asked.point.year, asked.point.slot)]
    return [(one, point) for one in _scores_first(named) for point in reversed(earlier) if (one.id, point.id) in marked]


def shapes(asked: Asked, offered: Offered) -> Offer:
    sen = asked.guarded and FLAG_OF[SEN.code] not in asked.hidden
    return [(NO_GROUPS, "No groups"), (SEX.code, SEX.title), *([(SEN.code, SEN.title)] if sen else [])]


NOW, BEFORE = Choice("now", "Score", scores_now), Choice("before", "Beside", scores_before)
SHAPES = Choice("by", "Shapes by", shapes)


def _marked(asked: Asked) -> set[tuple[int, int]]:
    return marked_points(school=asked.school, subject=asked.subject[0] if asked.subject else 0, as_at=asked.moment)


def _scores_first(named: Sequence[AssessmentRow]) -> list[AssessmentRow]:
    return sorted(named, key=lambda one: is_ordinal(one.kind))


def _offer(one: AssessmentRow, point: PointRow) -> tuple[str, str]:
    return f"{ALSO}-{one.id}-{point.year}-{point.slot}", f"{one.name}, {point.title}"


def _statutory() -> Offer:
    return [(one.slot, one.title) for one in STATUTORY.values()]


@dataclass(frozen=True, slots=True)
class Beside:
    """The two scores of everybody in view, and the groups they are told apart by."""

    view: InView
    before: Scores
    now: Scores
    groups: Sequence[Part]

    @property
    def both(self) -> frozenset[int]:
        return self.view.population.inside & self.before.by_pupil.keys() & self.now.by_pupil.keys()


def beside(asked: Asked) -> Beside:
    """The number of queries is the same for any number of pupils."""
    view = in_view(asked, ())
    before, now = (_scores(asked, view, asked.chosen[end]) for end in ("before", "now"))
    code = asked.chosen["by"]
    parted = divisions(view.known, view.people, asked, view.days.roll) if code != NO_GROUPS else []
    parts = next((one.parts for one in parted if one.code == code), ())
    return Beside(view, before, now, [part for part in parts if part.members])


def _scores(asked: Asked, view: InView, chosen: str) -> Scores:
    if chosen in STATUTORY:
        return _of_results(asked, view, STATUTORY[chosen])
    point, assessment = point_of(asked, chosen) or asked.point, int(chosen.split("-")[1])
    subject = asked.subject[0] if asked.subject else 0
    marks = marks_over(
        school=asked.school, points=[point.id], assessment=assessment, subject=subject, as_at=asked.moment
    )
    one = next(one for one in assessments(school=asked.school) if one.id == assessment)
    kinds = {Kind(mark.kind) for mark in marks if mark.score is not None} or {one.kind}
    title = f"{one.name}, {point.title}"
    missing = view.population.unmarked if point == view.point else missing_at(view, point)
    return Scores(
        title,
        title,
        {mark.pupil: Fraction(mark.score) for mark in marks if mark.score is not None},
        {**missing, **{mark.pupil: uncounted(mark.code, "") for mark in marks if mark.score is None}},
        line=LINE_OF.get(min(kinds)) if len(kinds) == 1 else None,
        ordinal=len(kinds) > 1 or is_ordinal(min(kinds)),
        months=kinds == {Kind.AGE},
    )


def _of_results(asked: Asked, view: InView, one: Statutory) -> Scores:
    """The latest score of each pupil; of who has a code instead, the code."""
    lines = standing_results(school=asked.school, pupils=list(view.people), as_at=asked.moment)
    scores: dict[int, Fraction] = {}
    why: dict[int, str] = dict.fromkeys(view.people, NO_RESULT.why)
    for pupil, held in lines.items():
        found: Mapping[int, str] = {
            year: told.text for year in {line.year for line in held} if (told := found_in(held, year).get(one.slot))
        }
        if found:
            text = found[max(found)]
            score = SCALES[one.scale].mark_of(text)
            if score is None:
                why[pupil] = uncounted(text, "")
            else:
                scores[pupil] = Fraction(score)
    return Scores(one.title, one.running, scores, why, line=None if one.line is None else Fraction(one.line))
