"""An earlier score of each pupil beside a present one, each on its own scale."""

from collections.abc import Sequence
from fractions import Fraction

from itrack.curriculum.rules_schemes import Kind, Sum, why_not
from itrack.reports.catalogue.declared import Report, Section
from itrack.reports.queries.question import Asked, Subject
from itrack.reports.queries.scatter import BEFORE, NOW, SHAPES, Beside, beside
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Out, Row, Table
from itrack.reports.rules.answer import Section as Part
from itrack.reports.rules.answer import Sum as Adds
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW
from itrack.reports.rules.pictures import Dot, Scale, Scatter
from itrack.reports.rules.scatter import ABOVE, CORNERS, Axis, Scores, axis_of, findings, quadrants, ticks
from itrack.reports.rules.tally import NO_MARK

ALL = "all"
NOTE = (
    "Each number leads to its names. Each score stands on its own scale: places beside the two lines are compared, and "
    "no score is taken from the other."
)
LINES = "The lines: {} for {}; {} for {}."
SEVERAL = "A larger mark is several pupils with the same two scores."
MIDDLE = "the middle score of those shown"


def scatter(asked: Asked) -> Answer:
    found = beside(asked)
    both = found.both
    refused = _refused(found)
    if refused or not both:
        return Answer(
            denominator=_denominator(found),
            sections=[],
            people=found.view.people,
            out=_outs(found, frozenset()),
            empty=refused or _nobody(found) if found.view.people or refused else None,
        )
    before, now = axis_of(found.before, both), axis_of(found.now, both)
    told = quadrants(before, now, both)
    return Answer(
        denominator=_denominator(found),
        sections=[_dots(found, before, now, told)],
        people=found.view.people,
        counted=both,
        out=_outs(found, both),
        findings=findings(told, before, now, asked.whose.running),
        standing={ALL: _standing(found, both)},
        sums=[Adds(f"{part}.{ALL}", tuple(f"{part}.{_code(c)}" for c in CORNERS)) for part in _parts(found)],
    )


def _refused(found: Beside) -> tuple[str, str] | None:
    """Codes have no distances, so there is no place for them on a scale of numbers."""
    codes = [scores.title for scores in (found.before, found.now) if scores.ordinal]
    if not codes:
        return None
    why = why_not(Kind.CODED, Sum.DIFFERENCE).partition(",")[0]
    return (
        "Not a score",
        f"{' and '.join(codes)}: {'these are marks' if len(codes) > 1 else 'this is a mark'} of an order and no score. "
        f"{why}, so they have no place on a scale of numbers. Choose a standardised or scaled score, or look at the "
        "progress matrix, which counts pupils band by band.",
    )


def _nobody(found: Beside) -> tuple[str, str]:
    return (
        "Nobody has both scores",
        f"No pupil in view has a score in {found.before.running} and one in {found.now.running}. Choose other scores, "
        "or another point or subject.",
    )


def _denominator(found: Beside) -> str:
    return (
        f"Counted: {found.view.words}, who have a score in {found.before.running} and one in {found.now.running}. A "
        "code in place of a score is not counted, so those who could not take a test are not among the dots."
    )


def _dots(found: Beside, before: Axis, now: Axis, told: dict[tuple[str, str], frozenset[int]]) -> Part:
    both = found.both
    groups = [part.words for part in found.groups if part.members & both]
    places = {pupil: i for i, part in enumerate(p for p in found.groups if p.members & both) for pupil in part.members}
    picture = Scatter(
        f"{found.before.title} and {found.now.title}: a mark for each pupil",
        _scale(before, both),
        _scale(now, both),
        sorted(Dot(found.before.by_pupil[pupil], found.now.by_pupil[pupil], places.get(pupil, 0)) for pupil in both),
        groups,
        reading=SEVERAL,
    )
    lines = LINES.format(_line(before), before.scores.running, _line(now), now.scores.running)
    return Part([_table(found, before, now, told)], picture=picture, notes=[NOTE, lines])


def _line(axis: Axis) -> str:
    return axis.line_words if axis.named else f"{axis.line_words}, {MIDDLE},"


def _scale(axis: Axis, both: frozenset[int]) -> Scale:
    values = [axis.line, *(axis.scores.by_pupil[pupil] for pupil in both)]
    marks = [(mark, axis.scores.shown(mark)) for mark in map(Fraction, ticks(values))]
    return Scale(axis.scores.title, axis.line, axis.line_words, marks)


def _table(found: Beside, before: Axis, now: Axis, told: dict[tuple[str, str], frozenset[int]]) -> Table:
    parts = _parts(found)
    names = {ALL: "All", **{part.code: part.words for part in found.groups}}
    heads = [Column("Where they stand", numeric=False), *(Column(names[part], share=True) for part in parts)]
    rows = []
    for corner in CORNERS:
        words = _corner(corner, before, now)
        cells: list[Cell] = [
            Count(f"{part}.{_code(corner)}", told[corner] & members, members, _spoken(words, part, names), ALL)
            for part, members in parts.items()
        ]
        rows.append(Row([words, *cells]))
    whole: list[Cell] = [
        Count(f"{part}.{ALL}", members, None, _spoken("with both scores", part, names), ALL)
        for part, members in parts.items()
    ]
    few = f"under {FEW}" if any(0 < len(members) < FEW for members in parts.values()) else ""
    return Table("Beside the lines", heads, [*rows, Row(["With both scores", *whole], strong=True, note=few)])


def _parts(found: Beside) -> dict[str, frozenset[int]]:
    """Everybody with both scores, then each group of them that has anybody."""
    both = found.both
    return {ALL: both, **{part.code: part.members & both for part in found.groups if part.members & both}}


def _spoken(words: str, part: str, names: dict[str, str]) -> str:
    return words if part == ALL else f"{names[part]}: {words[:1].lower()}{words[1:]}"


def _code(corner: tuple[str, str]) -> str:
    return "-".join(corner)


def _corner(corner: tuple[str, str], before: Axis, now: Axis) -> str:
    first, second = ("at or above" if side == ABOVE else "below" for side in corner)
    if first == second:
        return "At or above both lines" if corner[0] == ABOVE else "Below both lines"
    return f"{first.capitalize()} the line before, {second} it now"


def _standing(found: Beside, both: frozenset[int]) -> dict[int, str]:
    return {
        pupil: "; ".join(
            f"{scores.title}: {scores.shown(scores.by_pupil[pupil])}" for scores in (found.before, found.now)
        )
        for pupil in both
    }


def _outs(found: Beside, both: frozenset[int]) -> Sequence[Out]:
    outside = [Out(pupil, "", reason) for pupil, reason in found.view.population.outside.items()]
    short = [_missing(pupil, found.now, found.before) for pupil in sorted(found.view.population.inside - both)]
    return [*outside, *short]


def _missing(pupil: int, *ends: Scores) -> Out:
    """The later score’s reason first, because that can still be mended."""
    scores = next((one for one in ends if pupil not in one.by_pupil), ends[0])
    why = "No score" if pupil in scores.by_pupil else scores.why.get(pupil, NO_MARK)
    return Out(pupil, scores.title, why)


REPORT = Report(
    name="scatter",
    title="Earlier and present scores",
    answers="Where each pupil stands in two scores, an earlier and a present one, beside the lines of their scales.",
    counts="Pupils in view at the point, who have both scores.",
    may=READS_ATTAINMENT,
    section=Section.PROGRESS,
    subject=Subject.ONE,
    choices=(NOW, BEFORE, SHAPES),
    work_out=scatter,
)
