"""One subject at every point of the year, pupil by pupil, with whoever is not assessed counted as such."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from itrack.curriculum.rules import BANDS, SECURE, Band
from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.over_the_year import AtPoint, over_the_year, people_of
from itrack.reports.queries.question import Asked, Subject
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Mark, Nothing, Out, Person, Row, Section, Table
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, inside
from itrack.reports.rules.over_points import At, told
from itrack.reports.rules.pictures import BarRow, StackedBars

NOT_ASSESSED = Band("none", "–", "Not assessed", "n")
PARTS = (*BANDS, NOT_ASSESSED)
ABOVE = "secure"
DENOMINATOR = (
    "Counted at a point: everybody {whose}on roll when it opened or on its last day looked at. Who has no mark with a "
    "band is counted as not assessed, so a row adds up to everybody, and a percentage is of everybody. The attainment "
    "overview takes percentages of those with a mark."
)
MOVED = "Pupils come and go between points, so two points need not be of the same pupils."
HEADS = (
    Column("Assessment point", numeric=False),
    *(Column(part.name, short=part.letter, share=True) for part in PARTS),
    Column("Expected or above", short="E or G", share=True, strong=True),
    Column("Everybody", short="All"),
)


def overview(asked: Asked) -> Answer:
    pk, name = asked.subject or (0, "")
    year = over_the_year(asked, pk)
    people = people_of(year)
    assessed = any(mark.band for at in year for mark in at.marks.values())
    where = "" if asked.whose.kind == "all" else f"{asked.whose.running} and "
    return Answer(
        denominator=DENOMINATOR.format(whose=where),
        sections=[_by_point(asked, name, year), *_by_pupil(name, year, people)] if assessed else [],
        people=people,
        counted=frozenset().union(*(at.inside for at in year)),
        out=_outs(year),
        findings=told(name, asked.whose.running, [_at(at) for at in year]),
        standing={at.point.name: _standing(at) for at in year},
    )


def _by_point(asked: Asked, name: str, year: Sequence[AtPoint]) -> Section:
    picture = StackedBars(
        f"{asked.whose.words}, {inside(name)}: share of all pupils in each band, by assessment point",
        [BarRow(at.point.name, [(part, len(_in(at, part.code))) for part in PARTS]) for at in year],
        caption="Share of all pupils in each band",
        bands=PARTS,
    )
    return Section(
        [Table("By assessment point", HEADS, [_row(at, name) for at in year])], picture=picture, notes=[MOVED]
    )


def _row(at: AtPoint, name: str) -> Row:
    parts = [_count(at, part.code, part.name.lower(), name) for part in PARTS]
    secure = _count(at, ABOVE, "at expected or above", name)
    everybody = Count(f"{at.point.slot}.all", at.inside, None, f"in view at {at.point.name}", at.point.name)
    few = f"under {FEW}" if 0 < len(at.inside) < FEW else ""
    return Row([at.point.name, *parts, secure, everybody], note=few)


def _count(at: AtPoint, part: str, words: str, name: str) -> Count:
    spoken = f"{words} in {inside(name)}, {at.point.name}"
    return Count(f"{at.point.slot}.{part}", _in(at, part), at.inside, spoken, at.point.name)


def _in(at: AtPoint, part: str) -> frozenset[int]:
    if part == ABOVE:
        return frozenset().union(*(at.in_band(band) for band in SECURE))
    banded = frozenset().union(*(at.in_band(band.code) for band in BANDS))
    return at.inside - banded if part == NOT_ASSESSED.code else at.in_band(part)


def _at(at: AtPoint) -> At:
    return At(at.point.name, len(_in(at, ABOVE)), len(_in(at, NOT_ASSESSED.code)), len(at.inside))


def _by_pupil(name: str, year: Sequence[AtPoint], people: dict[int, Person]) -> Iterator[Section]:
    """A row a pupil, class by class."""
    columns = [Column("Pupil", numeric=False), *(Column(at.point.name, numeric=False) for at in year)]
    ordered = sorted(people.values(), key=lambda one: (one.class_name, one.order))
    rows = [Row([one, *(cell_at(at, one.id) for at in year)], group=one.class_name or "No class") for one in ordered]
    yield Section([Table(f"{name}, pupil by pupil", columns, rows)], title="Pupil by pupil")


def cell_at(at: AtPoint, pupil: int) -> Cell:
    """The mark a pupil has at a point, or that they were not there."""
    mark = at.marks.get(pupil)
    if mark is not None:
        return Mark(mark.code, mark.band)
    return "–" if pupil in at.inside else Nothing("not counted" if pupil in at.view.population.outside else "not here")


def _standing(at: AtPoint) -> dict[int, str]:
    names = {band.code: band.name for band in BANDS}
    return {
        pupil: names[mark.band] if (mark := at.marks.get(pupil)) and mark.band else f"Not assessed: {at.why_not(pupil)}"
        for pupil in at.inside
    }


def _outs(year: Sequence[AtPoint]) -> list[Out]:
    where: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for at in year:
        for pupil, reason in at.view.population.outside.items():
            where[pupil, reason].append(at.point.name)
    return [Out(pupil, ", ".join(points), reason) for (pupil, reason), points in where.items()]


REPORT = Report(
    name="single-subject",
    title="One subject over the year",
    answers="Every mark of one subject at the points of a year, pupil by pupil, and how many are not assessed.",
    counts="Everybody on roll at each point; who has no mark with a band is counted as not assessed.",
    may=READS_ATTAINMENT,
    point=False,
    subject=Subject.ONE,
    work_out=overview,
)
