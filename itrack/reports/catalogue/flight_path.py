"""One row a pupil: statutory results, then the marks of a subject at the points of three years."""

from collections.abc import Sequence

from itrack.reports.catalogue.declared import Arithmetic, Report, Section
from itrack.reports.catalogue.over_time import short_name
from itrack.reports.queries.flight import Flights, flights
from itrack.reports.queries.question import Asked, Choice, Offered, Subject
from itrack.reports.rules.answer import Answer, Column, Count, Out, Row, Table
from itrack.reports.rules.answer import Section as Part
from itrack.reports.rules.declared import READS_ATTAINMENT
from itrack.reports.rules.finding import FEW, Finding, inside
from itrack.reports.rules.flight import ORDERS, RESULTS, Flight, in_order
from itrack.reports.rules.moves import said_of
from itrack.reports.rules.tally import NO_MARK
from itrack.reports.rules.transition import DOWN, SAME, UP, WAYS
from itrack.schools.api import PointRow, year_title
from itrack.ui.words import upper_first

WAY_ROWS = (
    (UP, "In a higher band", "in a higher band than at first"),
    (SAME, "In the same band", "in the same band as at first"),
    (DOWN, "In a lower band", "in a lower band than at first"),
)
NOTE = (
    "A chip is a mark with its band; a mark without one counts nowhere. A number before a colon is the year group a "
    "mark was given against. Results are as recorded; one that was not held, or not taken, is blank."
)
WORDS = (
    "The last mark shown of each pupil beside the first one shown. A band is a place against the year’s expectations."
)


def orders(asked: Asked, offered: Offered) -> Sequence[tuple[str, str]]:
    return [(one.code, one.words) for one in ORDERS]


def flight_path(asked: Asked) -> Answer:
    found = flights(asked)
    marked = frozenset(row.pupil.id for row in found.rows if any(row.marks))
    name = asked.subject[1] if asked.subject else ""
    return Answer(
        denominator=(
            f"Shown: {found.view.words}, each with every mark of the main assessment in {inside(name)} in the three "
            "years up to then. Counted are those with such a mark."
        ),
        sections=[_rows(found, asked, name), *_ways(found, name)] if marked else [],
        people=found.view.people,
        counted=marked,
        out=[
            *(Out(pupil, "", reason) for pupil, reason in found.view.population.outside.items()),
            *(Out(row.pupil.id, "Every point", NO_MARK) for row in found.rows if row.pupil.id not in marked),
        ],
        findings=_findings(found, asked, name),
        standing={name: {row.pupil.id: _standing(row, found.points) for row in found.rows}},
    )


def _moved(found: Flights) -> dict[str, frozenset[int]]:
    return {way: frozenset(row.pupil.id for row in found.rows if row.way == way) for way in WAYS}


def _findings(found: Flights, asked: Asked, subject: str) -> list[Finding]:
    moved = _moved(found)
    both = sum(map(len, moved.values()))
    if not both:
        return []
    said = said_of(moved, f"with two marks or more in {inside(subject)}")
    few = f" Fewer than {FEW} pupils: read it with care." if both < FEW else ""
    return [Finding("", f"{upper_first(asked.whose.running)}, {said} from the first mark shown to the last.{few}")]


def _rows(found: Flights, asked: Asked, subject: str) -> Part:
    results = [one for one in RESULTS if any(one[0] in row.results for row in found.rows)]
    heads = [
        Column("Pupil", numeric=False),
        Column("Class", numeric=False),
        *(Column(title, short=short, numeric=False) for _, title, short in results),
        *(Column(point.title, short=_short(point), numeric=False) for point in found.points),
    ]
    rows = [
        Row([row.pupil, row.pupil.class_name, *(row.results.get(code) for code, _, _ in results), *row.marks])
        for row in in_order(found.rows, asked.chosen["sort"])
    ]
    return Part([Table(f"{subject}, pupil by pupil"[:31], heads, rows)], notes=[NOTE])


def _short(point: PointRow) -> str:
    return f"{short_name(point.name)}, {year_title(point.year)[2:]}"


def _ways(found: Flights, subject: str) -> list[Part]:
    """Who stands in which band now beside the first mark shown, with their names."""
    moved = _moved(found)
    both = frozenset().union(*moved.values())
    if not both:
        return []
    heads = [Column("The last mark beside the first", numeric=False), Column("Pupils", share=True)]
    rows = [
        Row([words, Count(way, moved[way], both, f"{spoken}, in {inside(subject)}", subject)])
        for way, words, spoken in WAY_ROWS
    ]
    return [Part([Table("First and last mark", heads, rows)], title="From the first mark to the last", words=WORDS)]


def _standing(row: Flight, points: Sequence[PointRow]) -> str:
    told = [(point.title, mark.code) for point, mark in zip(points, row.marks, strict=True) if mark]
    return "; ".join(f"{title}: {code}" for title, code in told)


REPORT = Report(
    name="flight-path",
    title="Flight path",
    answers="How each pupil’s results and marks in a subject went over three years, a row a pupil.",
    counts="Pupils in view at the point, with a mark in the subject in the three years up to it.",
    may=READS_ATTAINMENT,
    section=Section.PROGRESS,
    arithmetic=Arithmetic.NONE,
    subject=Subject.ONE,
    choices=(Choice("sort", "In order of", orders),),
    work_out=flight_path,
)
