"""A report as its page shows it: each figure with the address of the names behind it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from itrack.curriculum.rules import BAND_OF, BANDS, Band
from itrack.pupils.api import PupilLine
from itrack.reports.queries.asked import Asked, Unclear
from itrack.reports.queries.attainment import Attainment
from itrack.reports.rules.finding import FEW, inside
from itrack.reports.rules.tally import SubjectTally, out_lines
from itrack.ui.charts import Row, Share
from itrack.ui.words import count_of, percent

SECURE, COUNTED, OUT = "secure", "counted", "out"
# More names than this stand on a page of their own.
NAMES_HERE = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """How many pupils, their share as text, and who they are. `spoken` is the link for who cannot see the table."""

    n: int
    share: str
    url: str
    spoken: str


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

    pupil: PupilLine
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Named:
    """A pupil on the page of names: the band they are in, or why they are in none."""

    pupil: PupilLine
    band: Band | None
    reason: str


def names_url(asked: Asked, part: str, subject: int | None = None) -> str:
    """The page of names of one figure: "expected" in a subject, or "counted" and "out" in any."""
    said = {name: text for name, text in asked.address.items() if name != "subject"}
    said |= {"subject": str(subject)} if subject is not None else {}
    return f"{reverse('attainment-names')}?{urlencode({**said, 'band': part})}"


def report_url(asked: Asked) -> str:
    return f"{reverse('attainment')}?{urlencode(asked.address)}"


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
    )


def lines(found: Attainment) -> list[Line]:
    return [_line(one, found.asked) for one in found.tallies]


def _line(one: SubjectTally, asked: Asked) -> Line:
    counted = len(one.counted)

    def figure(n: int, part: str, words: str) -> Figure:
        spoken = f"{words} in {inside(one.name)}: see names"
        return Figure(n, percent(n, counted) if counted else "", names_url(asked, part, one.subject), spoken)

    return Line(
        one.name,
        [figure(len(one.bands[band.code]), band.code, band.name.lower()) for band in BANDS],
        figure(len(one.secure), SECURE, "at expected or above"),
        figure(counted, COUNTED, "counted"),
        figure(len(one.out), OUT, "not counted"),
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
    return sorted(told, key=lambda row: _by_name(row.pupil))


def in_and_out(found: Attainment) -> str:
    """ "58 of 60 pupils are counted", and where subjects differ, how."""
    counted, everybody = len(found.counted), found.population
    verb = "is" if counted == 1 else "are"
    alike = len({len(one.counted) for one in found.tallies}) == 1
    return f"{counted:,} of {count_of(everybody, 'pupil')} {verb} counted{'' if alike else ' in at least one subject'}"


def named(found: Attainment, part: str) -> tuple[str, list[Named]]:
    """What a figure is of, in words, and the pupils behind it, by name."""
    words, rows = _of_subject(found.tallies[0], found, part) if found.asked.subject else _of_any(found, part)
    return words, sorted(rows, key=lambda row: _by_name(row.pupil))


def _of_subject(one: SubjectTally, found: Attainment, part: str) -> tuple[str, list[Named]]:
    parts: Mapping[str, Iterable[int]] = {**one.bands, SECURE: one.secure, COUNTED: one.counted, OUT: one.out}
    band_of = {pupil: BAND_OF[band] for band, pupils in one.bands.items() for pupil in pupils}
    said = {SECURE: "at expected or above", COUNTED: "counted", OUT: "not counted"}
    words = said.get(part) or BAND_OF[part].name.lower()
    return f"{one.name}, {words}", [Named(found.pupils[pk], band_of.get(pk), one.out.get(pk, "")) for pk in parts[part]]


def _of_any(found: Attainment, part: str) -> tuple[str, list[Named]]:
    why: defaultdict[int, list[str]] = defaultdict(list)
    for row in missing(found):
        why[row.pupil.id].append(f"{row.where}: {row.reason}")
    if part == COUNTED:
        return "Counted in at least one subject", [
            Named(found.pupils[pk], None, "; ".join(why[pk])) for pk in found.counted
        ]
    return "Not counted in at least one subject", [
        Named(found.pupils[pk], None, "; ".join(reasons)) for pk, reasons in why.items()
    ]


def _by_name(pupil: PupilLine) -> tuple[str, str, int]:
    return pupil.surname.casefold(), pupil.forename.casefold(), pupil.id


def part_of(text: str, *, subject: bool) -> str:
    """Which figure's names are asked for. Raises Unclear."""
    parts = (COUNTED, OUT, SECURE, *BAND_OF)
    part = text or COUNTED
    if part not in parts:
        raise Unclear("band", f"There is no such band. There are: {', '.join(parts)}.")
    if part not in (COUNTED, OUT) and not subject:
        raise Unclear("subject", "A band is always of one subject. Choose which.")
    return part
