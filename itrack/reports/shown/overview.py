"""The overview as its page shows it: each figure with the address of the names behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from itrack.curriculum.rules import BANDS
from itrack.reports.queries.asked import Asked
from itrack.reports.queries.attainment import Attainment
from itrack.reports.queries.divided import InView
from itrack.reports.rules.finding import FEW
from itrack.reports.rules.tally import SubjectTally, out_lines
from itrack.reports.shown.figures import COUNTED, OUT, SECURE, Figure, figure, names_url
from itrack.reports.shown.grouped import Grouped, grouped
from itrack.ui.charts import Row, Share
from itrack.ui.words import count_of

# More names than this stand on a page of their own.
NAMES_HERE = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A subject's row of the table. `few`: so few are counted that shares say little."""

    subject: str
    bands: Sequence[Figure]
    secure: Figure
    counted: Figure
    out: Figure
    few: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """A pupil not counted: the words of where and why."""

    pupil: InView
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All the page prints besides its filters. `unlisted`: how many more are not counted than are listed here."""

    lines: Sequence[Line]
    bars: Sequence[Row]
    in_and_out: str
    missing: Sequence[Missing]
    unlisted: int
    counted_url: str
    out_url: str
    grouped: Grouped | None
    csv_url: str
    xlsx_url: str

    @property
    def any_few(self) -> bool:
        return any(line.few for line in self.lines)


def overview(found: Attainment) -> Overview:
    out = missing(found)
    return Overview(
        lines(found),
        bars(found),
        in_and_out(found),
        out[:NAMES_HERE],
        len(out[NAMES_HERE:]),
        names_url(found.asked, COUNTED),
        names_url(found.asked, OUT),
        grouped(found),
        report_url(found.asked, "attainment-csv"),
        report_url(found.asked, "attainment-xlsx"),
    )


def report_url(asked: Asked, page: str = "attainment") -> str:
    return f"{reverse(page)}?{urlencode(asked.address)}"


def lines(found: Attainment) -> list[Line]:
    return [_line(one, found) for one in found.tallies]


def _line(one: SubjectTally, found: Attainment) -> Line:
    asked, counted = found.asked, len(one.counted)
    return Line(
        one.name,
        [figure(asked, one, band.code, len(one.bands[band.code])) for band in BANDS],
        figure(asked, one, SECURE, len(one.secure)),
        figure(asked, one, COUNTED, counted),
        figure(asked, one, OUT, len(one.out)),
        few=0 < counted < FEW,
        chosen=asked.subject is not None and asked.subject[0] == one.subject,
    )


def bars(found: Attainment) -> list[Row]:
    return [Row(one.name, tuple(Share(band, len(one.bands[band.code])) for band in BANDS)) for one in found.tallies]


def missing(found: Attainment) -> list[Missing]:
    """Who is not counted, by name."""
    told = [
        Missing(found.pupils[line.pupil], "Every subject" if line.everywhere else ", ".join(line.subjects), line.reason)
        for line in out_lines(found.tallies)
    ]
    return sorted(told, key=lambda row: by_name(row.pupil))


def by_name(pupil: InView) -> tuple[str, str, int]:
    return pupil.surname.casefold(), pupil.forename.casefold(), pupil.id


def in_and_out(found: Attainment) -> str:
    """ "58 of 60 pupils are counted", and where subjects differ, how."""
    counted, everybody = len(found.counted), found.population
    verb = "is" if counted == 1 else "are"
    alike = len({len(one.counted) for one in found.tallies}) == 1
    return f"{counted:,} of {count_of(everybody, 'pupil')} {verb} counted{'' if alike else ' in at least one subject'}"
