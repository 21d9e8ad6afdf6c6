"""A report as tables to take away: the page's own figures, one row a subject or group, one kind of thing a column.

Each row also says what was asked, so that rows of several files can be put under one another.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from django.utils.text import slugify

from itrack.curriculum.rules import BANDS
from itrack.reports.queries.asked import Asked
from itrack.reports.queries.attainment import Attainment
from itrack.reports.rules.finding import FEW
from itrack.reports.rules.groups import Group
from itrack.reports.rules.tally import SubjectTally
from itrack.reports.shown.named import Named
from itrack.reports.shown.overview import Missing, missing
from itrack.schools.api import year_title
from itrack.ui.files import Cell, Export, Table

ASKED = ("School year", "Assessment point", "Pupils", "As it stood on")
EVERYBODY = "Everybody"


def overview_export(found: Attainment, school: str) -> Export:
    """The figures, then who is not counted."""
    out = Table(
        "Not counted",
        ("Surname", "Forename", "Class", "Where", "Why"),
        [(*_who(row), row.where, row.reason) for row in missing(found)],
    )
    return Export(_file_name("attainment", found.asked), [figures(found), out], _about(found, school))


def names_export(found: Attainment, words: str, rows: Sequence[Named], school: str) -> Export:
    """The pupils behind one figure."""
    said = _said(found.asked)
    told = [(*said, *_who(row), row.band.name if row.band else "", row.reason) for row in rows]
    names = Table("Names", (*ASKED, "Surname", "Forename", "Class", "Band", "Not counted"), told)
    return Export(_file_name("attainment-names", found.asked), [names], [("Figure", words), *_about(found, school)])


def figures(found: Attainment) -> Table:
    """Every subject as a whole, then the subject looked at group by group."""
    heads = (
        *(*ASKED, "Subject", "Divided by", "Group", "In view", "Counted"),
        *(head for band in BANDS for head in (band.name, f"{band.name} %")),
        *("Expected or above", "Expected or above %", "Points from everybody", "Not counted", "Note"),
    )
    said = _said(found.asked)
    whole = [(*said, *_row(one, None)) for one in found.tallies]
    return Table("Figures", heads, [*whole, *((*said, *_row(group.tally, group)) for group in found.groups)])


def _row(one: SubjectTally, group: Group | None) -> Iterator[Cell]:
    counted = len(one.counted)
    yield from (one.name, group.division.title if group else "", group.part.words if group else EVERYBODY)
    yield from (one.population, counted)
    for band in BANDS:
        yield from _share(len(one.bands[band.code]), counted)
    yield from _share(len(one.secure), counted)
    yield from (group.points if group else None, len(one.out))
    yield f"Under {FEW}: read with care" if 0 < counted < FEW else ""


def _share(n: int, of: int) -> tuple[Cell, Cell]:
    return n, Fraction(n, of) if of else None


def _who(row: Named | Missing) -> tuple[str, str, str]:
    return row.pupil.surname, row.pupil.forename, row.pupil.class_name


def _said(asked: Asked) -> tuple[str, str, str, str]:
    return year_title(asked.point.year), asked.point.name, asked.whose.words, asked.seen.isoformat()


def _about(found: Attainment, school: str) -> list[tuple[str, str]]:
    said = zip(ASKED, _said(found.asked), strict=True)
    rules = dict.fromkeys(group.division.rule for group in found.groups if group.division.rule)
    return [
        *(("Report", "Attainment overview"), ("School", school), *said),
        ("Who is counted", found.denominator),
        ("Groups", f"As recorded for {found.groups_on.isoformat()}."),
        *(("Rule", rule) for rule in rules),
    ]


def _file_name(report: str, asked: Asked) -> str:
    when = slugify(f"{year_title(asked.point.year).replace('/', '-')} {asked.point.name}")
    return f"{report}-{when}-{asked.whose.value}"
