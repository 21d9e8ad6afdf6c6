"""The schools of a trust beside one another, in one subject, at a point that has closed."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from itrack.curriculum.api import shared_subjects
from itrack.curriculum.rules import BANDS
from itrack.foundation import clock
from itrack.foundation.viewer import Role, only
from itrack.reports.catalogue.declared import Report, Section, settled_over
from itrack.reports.queries.question import Asked, Choice, NothingYet, Offered
from itrack.reports.queries.roll_ups import WAITING, AddedUp, added_up
from itrack.reports.rules import answer as told
from itrack.reports.rules.answer import Answer, Bar, Cell, Column, Hidden, Row, Table
from itrack.reports.rules.finding import FEW
from itrack.reports.rules.finding_schools import schools_finding
from itrack.reports.rules.pictures import BarRow, StackedBars
from itrack.reports.rules.pooled import (
    COUNTED,
    SECURE,
    Counts,
    OneSchool,
    Order,
    Pooled,
    SchoolFigures,
    in_order,
    pooled,
)
from itrack.reports.rules.suppression.held import Held
from itrack.ui.words import clock_time, count_of, long_date

SUBJECT, SORT = "subject", "sort"
ORDERS = (
    (Order.NAME, "Name"),
    (Order.SHARE, "Expected or above, highest first"),
    (Order.COUNTED, "Most counted first"),
)
HEADS = (
    Column("School", numeric=False),
    *(Column(band.name, short=band.letter, share=True) for band in BANDS),
    Column("Expected or above", short="E or G", share=True, strong=True),
    Column("Counted", short="Of"),
    Column("Beside all", numeric=False, filed=False),
)
COUNTS = (
    "Counted in a school: its pupils on roll as the point opened or on its last day, who have a mark of a band in the "
    "subject, as its record stood when that day ended. Schools together are their pupils counted together, so that a "
    "large school weighs more: no mean of schools."
)
OWN_RULE = (
    "A school may hold back more than that by its own rule: the same figures as in its own reports without names."
)
WHOLE = "A figure of all schools is shown where each of them shows its part."


def dashboard(asked: Asked, *, beside: str) -> Answer:
    """A row a school, and all of them together. Nothing is in it but what each school shows without names."""
    subject, point = asked.chosen[SUBJECT], asked.point
    found = added_up(
        schools=asked.viewer.schools,
        year=point.year,
        slot=point.slot,
        subject=subject,
        beside=beside,
        today=asked.today,
    )
    return _told(found, in_order(found.schools, Order(asked.chosen[SORT])), subject, point.name)


def _told(found: AddedUp, rows: Sequence[SchoolFigures], subject: str, point: str) -> Answer:
    every = [one for one in rows if one.counts]
    whole = [one for one in every if one.is_whole]
    together = [_together(every, len(rows)), *([_apart(whole)] if 1 < len(whole) < len(every) else [])]
    beside = next(
        (one.counts for one in together if one.counts.get(SECURE) is not None and one.counts.get(COUNTED)), {}
    )
    table = Table(f"{subject} by school", HEADS, [_row(one, beside, strong=not one.id) for one in (*rows, *together)])
    where = f"{subject}, {point}: share of pupils in each band, by school"
    picture = StackedBars(where, [_bar(one) for one in (*every, *together[:1])]) if every else None
    section = told.Section([table], picture=picture, notes=list(_notes(found)))
    hidden = sum(isinstance(cell, Hidden) for row in table.rows for cell in row.cells)
    return Answer(
        COUNTS,
        [section],
        findings=schools_finding(every, subject, point),
        held=Held(min(found.upto), hidden),
    )


def _together(every: Sequence[SchoolFigures], of: int) -> SchoolFigures:
    name = f"All {count_of(of, 'school')}" if len(every) == of else f"{len(every)} of {count_of(of, 'school')}"
    return SchoolFigures(0, name, pooled(every))


def _apart(whole: Sequence[SchoolFigures]) -> SchoolFigures:
    return SchoolFigures(0, f"{count_of(len(whole), 'school')} with nothing held back", pooled(whole))


def _row(one: SchoolFigures, beside: Counts, *, strong: bool) -> Row:
    counted = one.counts.get(COUNTED)
    few = f"under {FEW}" if counted and counted < FEW else ""
    return Row([OneSchool(one.id, one.name), *_cells(one.counts, beside)], note=one.why or few, strong=strong)


def _cells(counts: Counts, beside: Counts) -> Iterator[Cell]:
    if not counts:
        yield from [None] * (len(HEADS) - 1)
        return
    of = counts[COUNTED]
    for name, n in counts.items():
        yield Hidden() if n is None else Pooled(n, None if name == COUNTED else of)
    part, (all_part, all_of) = counts[SECURE], (beside.get(SECURE), beside.get(COUNTED))
    if part is None or of is None or of < FEW or all_part is None or all_of is None:
        yield None
    else:
        yield Bar(part, of, (all_part, all_of))


def _bar(one: SchoolFigures) -> BarRow:
    if not one.is_whole:
        return BarRow(one.name, (), held=True)
    return BarRow(one.name, [(band, one.counts[band.code] or 0) for band in BANDS])


def _notes(found: AddedUp) -> Iterator[str]:
    if found.made:
        last = found.made[-1].astimezone(clock.LONDON)
        when = f"{long_date(last.date())} at {clock_time(last)}"
        yield f"These figures are final. The last of them was added up on {when}."
    if waiting := [one.name for one in found.schools if one.why == WAITING]:
        yield f"Still being added up, in about a minute: {', '.join(waiting)}. Open the page again then."
    yield WHOLE
    if len(found.upto) > 1:
        yield OWN_RULE


def _subjects(asked: Asked, _: Offered) -> list[tuple[str, str]]:
    names = shared_subjects(schools=asked.viewer.schools)
    if not names:
        raise NothingYet("No subjects yet", "A head or administrator of the school sets up its subjects first.")
    return [(name, name) for name in names]


def _orders(_: Asked, __: Offered) -> list[tuple[str, str]]:
    return [(order.value, words) for order, words in ORDERS]


def across(beside: Iterable[Report]) -> Report:
    """The dashboard. `beside` are all reports of one school: what those hold back is settled over them together."""
    return Report(
        name="trust",
        title="Trust dashboard",
        answers="How the schools of the trust stand beside one another in a subject, and all their pupils together.",
        counts="In each school, those its own attainment overview counts; together, the pupils of all schools.",
        may=only(Role.TRUST),
        work_out=partial(dashboard, beside=settled_over(beside)),
        section=Section.TRUST,
        pupils=False,
        as_at=False,
        choices=(Choice(SUBJECT, "Subject", _subjects), Choice(SORT, "Sort by", _orders)),
        across=True,
    )
