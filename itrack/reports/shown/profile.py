"""A pupil's one page as its page on screen and as its PDF lay it out: both from the same sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from itrack.foundation.clock import day_of
from itrack.reports.catalogue.profile import ABOUT, ProfileSheet
from itrack.reports.rules.answer import Section
from itrack.reports.shown.layout import ShownSection, shown_section
from itrack.reports.shown.pdf import NOWHERE, section_blocks
from itrack.ui.pdf.blocks import Beside, Block, Sheet, Words
from itrack.ui.pdf.setting import as_pdf
from itrack.ui.words import long_date

WIDTH = 180


@dataclass(frozen=True, slots=True)
class ProfilePage:
    sheet: ProfileSheet
    marks: ShownSection
    halves: Sequence[Sequence[ShownSection]]
    about: str = ABOUT


def profile_page(sheet: ProfileSheet) -> ProfilePage:
    halves = [[shown_section(one, NOWHERE) for one in half if one.tables] for half in (sheet.left, sheet.right)]
    return ProfilePage(sheet, shown_section(sheet.marks, NOWHERE), [half for half in halves if half])


def profile_file(sheet: ProfileSheet, *, school: str, at: datetime) -> bytes:
    """One sheet; the title of the file names nobody."""
    paper = profile_paper(sheet, school=school, at=at)
    return as_pdf([paper], title=paper.title, at=at)


def profile_paper(sheet: ProfileSheet, *, school: str, at: datetime) -> Sheet:
    title = "Pupil profile for parents" if sheet.for_parents else "Pupil profile for staff"
    return Sheet(
        title=f"{title}, {school}",
        heading=sheet.heading,
        lead=sheet.lead,
        school=school,
        made=f"{title}, as the record stood on {long_date(day_of(at))}",
        compact=True,
        blocks=[
            *_blocks([sheet.marks], heading=True),
            *_beside([*_blocks(sheet.left)], [*_blocks(sheet.right)]),
            Words(ABOUT, small=True),
        ],
    )


def _beside(left: list[Block], right: list[Block]) -> list[Block]:
    return [Beside(left, right)] if left and right else [*left, *right]


def _blocks(sections: Sequence[Section], *, heading: bool = False) -> Iterator[Block]:
    """Tables bring their own titles, so only the part across the page has a heading."""
    for section in sections:
        yield from section_blocks(section, WIDTH, headed=heading)
