"""How many of the marks expected are in, as a table to take away: a row for each class and subject."""

from fractions import Fraction

from django.utils.text import slugify

from itrack.checking.api import Completeness
from itrack.checking.rules.completeness import Share
from itrack.reports.catalogue.entered import EXPECTED
from itrack.schools.api import year_title
from itrack.ui.files import Cell, Export, Table

HEADS = ("School year", "Assessment point", "Assessment", "Class", "Teacher", "Subject")
COUNTS = ("Expected", "Entered", "Entered %", "Copied, not confirmed")


def entered_export(found: Completeness, school: str) -> Export:
    """The figures of the page. Teachers are named, pupils are not."""
    looked = found.looked
    said = (year_title(looked.point.year), looked.point.name, looked.assessment.name)
    rows = [(*said, row.whole.name, row.teacher, *_counts(one)) for row in found.classes for one in row.subjects]
    name = slugify(f"marks entered {said[0].replace('/', '-')} {said[1]}")
    about = [("Report", "Marks entered"), ("School", school), *zip(HEADS[:3], said, strict=True)]
    about += [("Classes as on", looked.on.isoformat()), ("What is expected", EXPECTED.replace("the main", "the"))]
    return Export(name, [Table("Figures", (*HEADS, *COUNTS), rows)], about)


def _counts(one: Share) -> tuple[Cell, ...]:
    return one.name, one.total, one.done, Fraction(one.done, one.total) if one.total else None, one.copied
