"""Statements by pupils as a coloured grid, and each as a bar: what is not taught is kept apart from not achieved."""

from collections.abc import Iterator, Mapping, Sequence

from itrack.curriculum.rules import Band
from itrack.foundation.viewer import MARKERS
from itrack.objectives.rules.depth import NOT_FOR_THEM, NOT_JUDGED, Depth
from itrack.objectives.rules.grid import Wording
from itrack.objectives.rules.telling import tone
from itrack.reports.catalogue.declared import Report, Way
from itrack.reports.queries.objectives import OfStrand, of_strand, strands_offered
from itrack.reports.queries.question import Asked, Choice
from itrack.reports.rules.answer import Answer, Cell, Column, Count, Out, Row, Section, Step, Table
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW
from itrack.reports.rules.pictures import BarRow, StackedBars
from itrack.reports.rules.statements import InStatement, in_statements, told

TAUGHT, SECURE, APART = "taught", "secure", "apart"
DENOMINATOR = (
    "Counted in a statement: {words}, whose year’s statements these are and to whom it applies. Without a "
    "mark it counts as nothing entered, and a statement that does not apply to a pupil is in no share."
)
NOT_THE_SAME = (
    "A statement that has not been taught waits; it is not one that was not achieved. Secure is beside those taught."
)


def grid(asked: Asked) -> Answer:
    found = of_strand(asked, int(asked.chosen["strand"]))
    pupils = [one.id for one in found.people]
    states = in_statements([one.id for one in found.held.statements], pupils, found.held.marks, found.held.scale)
    if not pupils:
        title = f"Nobody here follows {found.strand.name}, {found.strand.band_name}"
        return Answer(
            DENOMINATOR.format(words=found.view.words), [], empty=(title, "Choose a strand of their own year.")
        )
    return Answer(
        denominator=DENOMINATOR.format(words=found.view.words),
        sections=[_bars(asked, found, states), _by_statement(found, states), _grid(found)],
        people=found.view.people,
        counted=frozenset(pupils),
        out=list(_outs(found)),
        findings=told(found.strand.name, asked.whose.running, states),
        standing={str(one.id): _standing(found, one) for one in found.held.statements},
        rules=[NOT_THE_SAME],
    )


def _bands(found: OfStrand) -> list[Band]:
    return [_band(depth) for depth in (*found.held.scale, NOT_JUDGED)]


def _band(depth: Depth) -> Band:
    shown = tone(depth)
    return Band(depth.code, shown.letter, shown.name, shown.css)


def _bars(asked: Asked, found: OfStrand, states: Sequence[InStatement]) -> Section:
    """Each statement as a bar."""
    bands, by_id = _bands(found), {one.id: one for one in found.held.statements}
    picture = StackedBars(
        f"{asked.whose.words}, {found.strand.name}: share of pupils at each depth, by statement",
        [BarRow(_label(by_id[one.statement]), [(band, len(one.at[band.code])) for band in bands]) for one in states],
        caption="Share of pupils at each depth",
        bands=bands,
    )
    return Section([], picture=picture, notes=[NOT_THE_SAME])


def _by_statement(found: OfStrand, states: Sequence[InStatement]) -> Section:
    bands, by_id = _bands(found), {one.id: one for one in found.held.statements}
    columns = [Column("Statement", numeric=False)]
    columns += [Column(band.name, short=band.letter, share=True) for band in bands]
    columns += [Column("Taught"), Column("Secure of those taught", short="Secure", share=True, strong=True)]
    columns += [Column("Counted", short="Of"), Column("Does not apply", short="Not theirs")]
    rows = [_row(by_id[one.statement], one, bands) for one in states]
    return Section([Table("By statement", columns, rows)], title="By statement")


def _label(one: Wording) -> str:
    return f"{one.number}. {one.text}"


def _row(words: Wording, one: InStatement, bands: Sequence[Band]) -> Row:
    cells: list[Cell] = [_label(words)]
    for band in bands:
        cells.append(_count(words, band.code, one.at[band.code], one.counted, band.name.lower()))
    cells.append(_count(words, TAUGHT, one.taught, None, "taught"))
    cells.append(_count(words, SECURE, one.secure, one.taught, "secure"))
    cells.append(_count(words, "counted", one.counted, None, "counted"))
    cells.append(_count(words, APART, one.apart, None, "to whom it does not apply"))
    return Row(cells, note=f"under {FEW}" if 0 < len(one.counted) < FEW else "")


def _count(words: Wording, part: str, pupils: frozenset[int], of: frozenset[int] | None, said: str) -> Count:
    return Count(f"{words.id}.{part}", pupils, of, f"{said}, statement {words.number}", str(words.id))


def _grid(found: OfStrand) -> Section:
    """A row a pupil, a column a statement."""
    columns = [Column("Pupil", numeric=False)]
    columns += [Column(_label(one), short=str(one.number), numeric=False) for one in found.held.statements]
    rows = [
        Row([one, *(_step(found.held.marks, one.id, words) for words in found.held.statements)], group=one.class_name)
        for one in found.people
    ]
    title = "Pupils by statements"
    return Section([Table(title, columns, rows)], title=title, notes=["The numbers are those of the statements above."])


def _step(marks: Mapping[tuple[int, int], Depth], pupil: int, words: Wording) -> Cell:
    depth = marks.get((pupil, words.id))
    if depth is None:
        return ""
    return Step(depth.code, depth.name, "" if depth == NOT_FOR_THEM else tone(depth).css)


def _standing(found: OfStrand, words: Wording) -> dict[int, str]:
    return {one.id: found.held.marks.get((one.id, words.id), NOT_JUDGED).name for one in found.people}


def _outs(found: OfStrand) -> Iterator[Out]:
    for pupil in sorted(found.others):
        yield Out(pupil, "", f"Of another year than {found.strand.band_name}, whose statements these are")
    for pupil, why in found.view.population.outside.items():
        yield Out(pupil, "", why)


REPORT = Report(
    name="objectives-report",
    title="Objectives",
    answers="How far a class is in each statement of a strand, pupil by pupil, and what has not been taught yet.",
    counts="Pupils on roll at the point, of the years whose statements these are and to whom they apply.",
    may=READS_ATTAINMENT,
    choices=(Choice("strand", "Strand", strands_offered),),
    leads_to=(Way("objectives", "Judge statements", MARKERS),),
    work_out=grid,
)
