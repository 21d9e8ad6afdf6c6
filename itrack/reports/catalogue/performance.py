"""One assessment and subject over the points of a year: mean, ranges, and who is in the lowest."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from itrack.curriculum.api import assessments, named
from itrack.curriculum.rules import BAND_OF, BANDS
from itrack.curriculum.rules_schemes import Kind, Scale, percentile
from itrack.reports.catalogue.declared import Arithmetic, Report
from itrack.reports.queries.over_the_year import AtPoint, over_the_year, people_of
from itrack.reports.queries.question import Asked, Choice, NothingYet, Offered, Subject
from itrack.reports.rules.answer import (
    Answer,
    Cell,
    Column,
    Count,
    Mark,
    Mean,
    Nothing,
    Number,
    Out,
    Person,
    Row,
    Section,
    Table,
    Unit,
)
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, inside
from itrack.reports.rules.pictures import BarRow, StackedBars
from itrack.reports.rules.scores import Scored, mean_of, no_mean, ranges, told

DENOMINATOR = (
    "Counted at a point: pupils {whose}on roll when it opened or on its last day looked at, who have a mark of this "
    "assessment in the subject. A code is not counted."
)
OWN = "Where the scheme has other thresholds for a year group, a time or a subject, the band of a mark is by those."


def offered(asked: Asked, _: Offered) -> list[tuple[str, str]]:
    """Every assessment, those with scores first."""
    rows = sorted(assessments(school=asked.school), key=lambda row: not _scored(row.kind))
    if not rows:
        raise NothingYet("Nothing is assessed yet", "A head or administrator sets up a mark scheme first.")
    return [(str(row.id), row.name) for row in rows]


def _scored(kind: Kind) -> bool:
    return not no_mean([kind.value])


def overview(asked: Asked) -> Answer:
    pk, subject = asked.subject or (0, "")
    of = named(school=asked.school, assessment=int(asked.chosen["assessment"]))
    year = over_the_year(asked, pk, assessment=int(asked.chosen["assessment"])) if of else []
    if of is None or not any(at.marks for at in year):
        title = f"No marks of {of.name if of else 'this assessment'} in {inside(subject)}"
        return Answer(DENOMINATOR.format(whose=""), [], empty=(title, "Choose another assessment or subject."))
    people, scale = people_of(year), of.scale
    counted = frozenset().union(*(_counted(at) for at in year))
    low = {one.band: one.words for one in ranges(scale)}.get(BANDS[0].code, "")
    return Answer(
        denominator=DENOMINATOR.format(whose="" if asked.whose.kind == "all" else f"{asked.whose.running} and "),
        sections=[_by_point(asked, subject, year, scale), *_by_pupil(subject, year, people, scale)],
        people=people,
        counted=counted,
        out=_outs(year),
        findings=told(
            of.name, subject, asked.whose.running, [_scores(at) for at in year], low=low, unmeant=_unmeant(year)
        ),
        standing={at.point.name: _standing(at) for at in year},
        everywhere=True,
    )


def _counted(at: AtPoint) -> frozenset[int]:
    """Who has a mark that is a score, or a code with a band."""
    return frozenset(pupil for pupil, mark in at.marks.items() if mark.band or mark.score is not None)


def _unmeant(year: Sequence[AtPoint]) -> str:
    return no_mean({mark.kind for at in year for mark in at.marks.values() if mark.band})


def _scores(at: AtPoint) -> Scored:
    scores = {pupil: mark.score for pupil, mark in at.marks.items() if mark.score is not None}
    codes = dict.fromkeys(_counted(at), Decimal(0))
    return Scored(at.point.name, scores or codes, at.in_band(BANDS[0].code), len(at.view.people))


def _columns(words: Mapping[str, str]) -> list[Column]:
    """`words` say where the scores of a band lie."""
    return [
        Column("Assessment point", numeric=False),
        Column("Mean", leading=True),
        *(
            Column(
                f"{band.name}: {words[band.code]}" if band.code in words else band.name,
                short=words.get(band.code, band.letter),
                share=True,
            )
            for band in BANDS
        ),
        Column("Counted", short="Of"),
        Column("Not counted", short="Out"),
    ]


def _by_point(asked: Asked, subject: str, year: Sequence[AtPoint], scale: Scale) -> Section:
    words = {one.band: one.words for one in ranges(scale)}
    picture = StackedBars(
        f"{asked.whose.words}, {inside(subject)}: share of those counted in each range, by assessment point",
        [BarRow(at.point.name, [(band, len(at.in_band(band.code))) for band in BANDS]) for at in year],
        caption="Share of those counted in each range",
    )
    rows = [_row(at, subject, scale) for at in year]
    said = "; ".join(f"{BAND_OF[band].name.lower()}: {one}" for band, one in words.items())
    notes = [f"Ranges of {scale.name}: {said}. {OWN}"] if said else []
    notes += [why] if (why := _unmeant(year)) else []
    return Section([Table("By assessment point", _columns(words), rows)], picture=picture, notes=notes)


def _row(at: AtPoint, subject: str, scale: Scale) -> Row:
    counted, slot = _counted(at), at.point.slot
    where = f"{inside(subject)}, {at.point.name}"
    out = frozenset(at.view.people) - counted
    cells: list[Cell] = [at.point.name, _mean(at, where, scale)]
    for band in BANDS:
        words = f"{band.name.lower()} in {where}"
        cells.append(Count(f"{slot}.{band.code}", at.in_band(band.code), counted, words, at.point.name))
    cells.append(Count(f"{slot}.counted", counted, None, f"counted in {where}", at.point.name))
    cells.append(Count(f"{slot}.out", out, None, f"not counted in {where}", at.point.name))
    return Row(cells, note=f"under {FEW}" if 0 < len(counted) < FEW else "")


def _mean(at: AtPoint, where: str, scale: Scale) -> Cell:
    """The mean of the scores of a point, or why there is none."""
    if no_mean({mark.kind for mark in at.marks.values() if mark.band} or {scale.kind.value}):
        return Nothing("no mean")
    scores = {pupil: mark.score for pupil, mark in at.marks.items() if mark.score is not None}
    pupils = frozenset(scores)
    return Mean(
        f"{at.point.slot}.mean", pupils, pupils, f"with a score in {where}", at.point.name, mean_of(scores.values())
    )


def _by_pupil(subject: str, year: Sequence[AtPoint], people: Mapping[int, Person], scale: Scale) -> list[Section]:
    """Everybody with their scores, under the range of their last: the lowest first, so that they are seen."""
    words = {one.band: one.words for one in ranges(scale)}
    columns = [
        Column("Pupil", numeric=False),
        Column("Class", numeric=False),
        *(Column(at.point.name) for at in year),
        *([Column("Percentile")] if scale.kind is Kind.STANDARDISED else []),
        Column("Change, in points", short="Change"),
    ]
    under: defaultdict[str, list[Row]] = defaultdict(list)
    for one in sorted(people.values(), key=lambda one: one.order):
        band = next(
            (at.marks[one.id].band for at in reversed(year) if one.id in at.marks and at.marks[one.id].band), ""
        )
        title = f"{BAND_OF[band].name}{f', {words[band]}' if band in words else ''}" if band else "No mark that counts"
        under[band].append(Row([one, one.class_name, *_of_pupil(one.id, year, scale)], group=title))
    ordered = [row for code in (*(band.code for band in BANDS), "") for row in under[code]]
    return [Section([Table(f"{subject}, pupil by pupil", columns, ordered)], title="By the range of the last mark")]


def _of_pupil(pupil: int, year: Sequence[AtPoint], scale: Scale) -> list[Cell]:
    marks = [at.marks.get(pupil) for at in year]
    cells: list[Cell] = [Mark(mark.code, mark.band) if mark else "" for mark in marks]
    scores = [Fraction(mark.score) for mark in marks if mark and mark.score is not None]
    if scale.kind is Kind.STANDARDISED:
        last = next((mark.score for mark in reversed(marks) if mark and mark.score is not None), None)
        cells.append(Number(percentile(last)) if last is not None else None)
    same = not no_mean({mark.kind for mark in marks if mark and mark.score is not None}) and len(scores) > 1
    return [*cells, Number(scores[-1] - scores[0], Unit.POINTS) if same else None]


def _standing(at: AtPoint) -> dict[int, str]:
    """The mark of each pupil, or why there is none."""
    return {
        pupil: at.marks[pupil].code if pupil in _counted(at) else f"Not counted: {at.why_not(pupil)}"
        for pupil in at.view.people
    }


def _outs(year: Sequence[AtPoint]) -> list[Out]:
    where: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for at in year:
        for pupil in at.view.people.keys() - _counted(at):
            where[pupil, at.why_not(pupil)].append(at.point.name)
    return [Out(pupil, ", ".join(points), reason) for (pupil, reason), points in where.items()]


REPORT = Report(
    name="test-performance",
    title="Test performance",
    answers="Scores of one test over the year: their mean, the ranges they fall in, and who is in the lowest.",
    counts="Pupils on roll at each point, who have a mark of the assessment in the subject.",
    may=READS_ATTAINMENT,
    arithmetic=Arithmetic.MEANS,
    point=False,
    subject=Subject.ONE,
    choices=(Choice("assessment", "Assessment", offered),),
    work_out=overview,
)
