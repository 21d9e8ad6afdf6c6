"""Which band the pupils of each earlier band are in now: a grid of any two marks in one subject."""

from collections.abc import Sequence

from itrack.curriculum.rules_schemes import SHORT_NAMES, Kind
from itrack.reports.catalogue.declared import Report, Section
from itrack.reports.queries.in_view import InView, in_view
from itrack.reports.queries.marks import stands
from itrack.reports.queries.question import Asked, Subject
from itrack.reports.queries.starts import ANY_START, Start, start_of
from itrack.reports.rules.answer import LEADS_TO_NAMES, Answer, Column, Count, Out, Row, Sum, Table
from itrack.reports.rules.answer import Section as Part
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, inside
from itrack.reports.rules.moves import AGAINST_ANOTHER, KEEPING_UP, TWO_ASSESSMENTS, UNLIKE, Ends, moves, standing_of
from itrack.reports.rules.pictures import GridCell, HeatGrid
from itrack.reports.rules.transition import DOWN, FOUR, SAME, UP, WAYS, End, Step, Transition, transition
from itrack.ui.words import upper_first

MOVED = ((UP, "Moved up"), (SAME, "Stayed in the same band"), (DOWN, "Moved down"))
BESIDE = (
    (UP, "In a higher band in the later"),
    (SAME, "In the same band in both"),
    (DOWN, "In a lower band in the later"),
)
APART, OF = "apart", "of"
SHADED = "The darker a cell, the more pupils are in it."
READING = f"Heavy outline: the same band at both ends. ▲ a higher band, ▼ a lower one. {SHADED}"
RATIOS = f"{LEADS_TO_NAMES}A percentage in the grid is of the pupils of its row."
SHADE = "Shaded in the table: the same band at both ends."


def matrix(asked: Asked) -> Answer:
    subject, name = asked.subject or (0, "")
    later = stands(asked, asked.point, subject)
    view = in_view(asked, later.by_pupil)
    start = start_of(asked, view, asked.chosen["start"])
    end = End(asked.point.title, later.by_pupil, view.population.unmarked)
    told = transition(view.population, start.end, end, start.steps, FOUR)
    ends = Ends(start.running, asked.point.title, start.result)
    return Answer(
        denominator=_denominator(view, ends, name),
        sections=[_grid(told, asked, start, kinds=start.kinds | later.kinds)] if told.counted else [],
        people=view.people,
        counted=told.counted,
        out=_outs(told),
        findings=moves(told, where=asked.whose.running, subject=name, ends=ends),
        standing={name: standing_of(told, start.end.stands, end.stands)},
        sums=_sums(told),
        empty=None if told.counted or not view.people else _nobody(ends, name),
    )


def _denominator(view: InView, ends: Ends, subject: str) -> str:
    return (
        f"Counted: {view.words}, {ends.between(subject)}. Who was marked then and has left since is not in view. A "
        "code that stands for no band is not counted."
    )


def _nobody(ends: Ends, subject: str) -> tuple[str, str]:
    return (
        "Nobody has both marks",
        f"There is no pupil in view {ends.between(subject)}. Choose another start, another point or another subject.",
    )


def _grid(told: Transition, asked: Asked, start: Start, kinds: frozenset[str]) -> Part:
    subject = asked.subject[1] if asked.subject else ""
    tables = [_cells(told, start, subject)]
    if told.ordered:
        tables.append(_ways(told, BESIDE if start.result else MOVED, subject))
    picture = HeatGrid(
        f"{asked.whose.words}, {inside(subject)}: from {start.running} to {asked.point.title}",
        [step.name for step in told.ends],
        [(row.name, [_drawn(told, row, end, subject) for end in told.ends]) for row in told.starts],
        down=f"From {start.running}",
        across=f"To {asked.point.title}",
        reading=READING if told.ordered else SHADED,
    )
    return Part(tables, picture=picture, notes=[RATIOS, *_notes(told, start, kinds)])


def _notes(told: Transition, start: Start, kinds: frozenset[str]) -> list[str]:
    """What has to be known to read the grid: the scale, the result, who stands apart."""
    names = sorted(SHORT_NAMES[Kind(kind)].lower() for kind in kinds)
    unlike = UNLIKE.format(", ".join([*names, *(["a statutory result"] if start.rule else [])]))
    few = ["Under 5: so few pupils started there that a share says little."] if any(map(_few, _rows(told))) else []
    return [
        *([SHADE] if told.ordered else []),
        *([TWO_ASSESSMENTS if start.result else KEEPING_UP] if told.ordered else []),
        *([start.rule] if start.rule else []),
        *([unlike] if len(names) + bool(start.rule) > 1 else []),
        *([AGAINST_ANOTHER] if told.apart else []),
        *few,
    ]


def _rows(told: Transition) -> list[frozenset[int]]:
    return [told.row(step.code) for step in told.starts]


def _few(pupils: frozenset[int]) -> str:
    return f"under {FEW}" if 0 < len(pupils) < FEW else ""


def _spoken(start: Step, end: Step, subject: str) -> str:
    return f"{inside(start.name)}, then {inside(end.name)} in {inside(subject)}"


def _drawn(told: Transition, start: Step, end: Step, subject: str) -> GridCell:
    pupils = told.cells[start.code, end.code]
    return GridCell(
        key=f"{start.code}.{end.code}",
        n=len(pupils),
        of=len(told.row(start.code)),
        spoken=upper_first(_spoken(start, end, subject)),
        way=told.way(start.code, end.code),
    )


def _cells(told: Transition, start: Start, subject: str) -> Table:
    """The grid as a table, with the sums of its rows and columns."""
    head = Column(f"From {start.running}", numeric=False)
    heads = [head, *(Column(step.name, short=step.short, share=True) for step in told.ends), Column("All", strong=True)]
    rows = [_row(told, step, subject) for step in told.starts]
    return Table("From band to band", heads, [*rows, _sum_row(told, subject)])


def _row(told: Transition, step: Step, subject: str) -> Row:
    of = told.row(step.code)
    cells = [
        Count(
            f"{step.code}.{end.code}",
            told.cells[step.code, end.code],
            of,
            _spoken(step, end, subject),
            subject,
            kept=told.way(step.code, end.code) == SAME,
        )
        for end in told.ends
    ]
    whole = Count(f"{step.code}.{OF}", of, None, f"{inside(step.name)} at the start in {inside(subject)}", subject)
    return Row([step.name, *cells, whole], note=_few(of))


def _sum_row(told: Transition, subject: str) -> Row:
    counted = told.counted
    cells = [
        Count(f"{OF}.{end.code}", told.column(end.code), counted, f"{inside(end.name)} at the end", subject)
        for end in told.ends
    ]
    return Row(["All", *cells, Count(f"{OF}.{OF}", counted, None, "counted at both ends", subject)], strong=True)


def _ways(told: Transition, ways: Sequence[tuple[str, str]], subject: str) -> Table:
    heads = [Column("Band", numeric=False), Column("Pupils", share=True)]
    counted, moved = told.counted, told.moved
    rows = [
        Row([words, Count(way, moved[way], counted, f"{inside(words)} in {inside(subject)}", subject)])
        for way, words in ways
    ]
    apart = Count(APART, frozenset(told.apart), None, "judged against another year group", subject)
    rows += [Row(["Judged against another year", apart])] if apart.n else []
    return Table("Between the two", heads, rows)


def _outs(told: Transition) -> list[Out]:
    apart = [Out(pupil, "", reason) for pupil, reason in told.apart.items()]
    return [*(Out(pupil, where, reason) for pupil, (where, reason) in told.out.items()), *apart]


def _sums(told: Transition) -> Sequence[Sum]:
    """Rows, columns and ways each add up to what stands beside them."""
    starts, ends = ([step.code for step in steps] for steps in (told.starts, told.ends))
    rows = [Sum(f"{one}.{OF}", tuple(f"{one}.{two}" for two in ends)) for one in starts]
    columns = [Sum(f"{OF}.{two}", tuple(f"{one}.{two}" for one in starts)) for two in ends]
    whole = f"{OF}.{OF}"
    edges = [Sum(whole, tuple(f"{one}.{OF}" for one in starts)), Sum(whole, tuple(f"{OF}.{two}" for two in ends))]
    if not told.ordered:
        return [*rows, *columns, *edges]
    cells = [(told.way(one, two), f"{one}.{two}") for one in starts for two in ends]
    ways = [Sum(way, tuple(cell for went, cell in cells if went == way)) for way in WAYS]
    return [*rows, *columns, *edges, *ways, Sum(whole, WAYS)]


REPORT = Report(
    name="progress-matrix",
    title="Progress matrix",
    answers="From which band to which pupils went between any two marks in a subject.",
    counts="Pupils in view at the later point, who have a mark of a band in the subject at both ends.",
    may=READS_ATTAINMENT,
    section=Section.PROGRESS,
    subject=Subject.ONE,
    choices=(ANY_START,),
    work_out=matrix,
)
