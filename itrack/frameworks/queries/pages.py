"""What the framework pages show."""

from collections import Counter
from dataclasses import dataclass

from itrack.foundation.models import ChangeSet
from itrack.frameworks.queries.content import content_of
from itrack.frameworks.queries.editing import order_seen
from itrack.frameworks.queries.lines import (
    DepthLine,
    FrameworkLine,
    StatementLine,
    depth_options,
    frameworks,
    statements,
    strands,
    subjects_of,
    year_bands,
)
from itrack.frameworks.queries.lines import framework as framework_line
from itrack.frameworks.rules.comparing import Comparison, compare
from itrack.frameworks.rules.content import Content
from itrack.frameworks.rules.years import LADDER, band_name, span, year_name
from itrack.schools.api import SettingsChange, settings_changes


@dataclass(frozen=True, slots=True)
class StrandRead:
    id: int
    name: str
    statements: list[StatementLine]

    @property
    def seen(self) -> str:
        return order_seen(self.statements)


@dataclass(frozen=True, slots=True)
class Reading:
    """A framework opened at a subject and a band of years. `strands` have each its statements, in order."""

    line: FrameworkLine
    depths: list[DepthLine]
    subjects: list[str]
    subject: str
    bands: list[tuple[str, str]]
    band: str
    strands: list[StrandRead]
    others: list[FrameworkLine]

    @property
    def strands_here(self) -> list[tuple[int, str]]:
        return [(strand.id, strand.name) for strand in self.strands]

    @property
    def band_name(self) -> str:
        return next((words for value, words in self.bands if value == self.band), "")


def reading(*, school: int, framework: int, subject: str, band: str) -> Reading:
    """The page of a framework; what it has not is answered by its first. 404 for a framework of nobody here."""
    line = framework_line(school=school, framework=framework)
    subjects = subjects_of(school=school, framework=framework)
    subject = subject if subject in subjects else next(iter(subjects), "")
    found = year_bands(school=school, framework=framework, subject=subject)
    bands = [(f"{first}-{last}", band_name(first, last)) for first, last in found]
    band = band if band in dict(bands) else next(iter(dict(bands)), "")
    here = _strands(school, framework, subject, band)
    others = [one for one in frameworks(school=school, archived=True) if one.id != framework]
    depths = depth_options(school=school, framework=framework)
    return Reading(line, depths, subjects, subject, bands, band, here, others)


def _strands(school: int, framework: int, subject: str, band: str) -> list[StrandRead]:
    held: dict[int, list[StatementLine]] = {}
    for each in statements(school=school, framework=framework, subject=subject, retired=True):
        held.setdefault(each.strand.id, []).append(each)
    return [
        StrandRead(line.id, line.name, held.get(line.id, []))
        for line in strands(school=school, framework=framework, subject=subject)
        if f"{line.from_year_group}-{line.to_year_group}" == band
    ]


@dataclass(frozen=True, slots=True)
class Counted:
    """A subject's strands by year group: (strand, number in each year) and the totals; 0 where a year has none."""

    subject: str
    years: list[str]
    rows: list[tuple[str, list[int]]]

    @property
    def totals(self) -> list[int]:
        return [sum(counts) for counts in zip(*(counts for _, counts in self.rows), strict=True)]

    @property
    def total(self) -> int:
        return sum(self.totals)


def counted(*, school: int, framework: int) -> list[Counted]:
    """How complete a framework is. A statement for several years counts in each, so a total may be lower."""
    counts: dict[str, dict[str, Counter[str]]] = {}
    for each in statements(school=school, framework=framework):
        strand = each.strand
        of = counts.setdefault(strand.subject, {}).setdefault(strand.name, Counter())
        of.update(span(strand.from_year_group, strand.to_year_group))
    return [_counted(subject, of) for subject, of in counts.items()]


def _counted(subject: str, of: dict[str, Counter[str]]) -> Counted:
    years = [year for year in LADDER if any(year in counts for counts in of.values())]
    rows = [(strand, [counts[year] for year in years]) for strand, counts in of.items()]
    return Counted(subject, [year_name(year) for year in years], rows)


@dataclass(frozen=True, slots=True)
class Differing:
    """Two frameworks side by side."""

    old: FrameworkLine
    new: FrameworkLine
    found: Comparison


def differing(*, school: int, framework: int, other: int) -> Differing:
    """What `framework` has otherwise than `other`; 404 when one of them is of nobody here."""
    old, new = (content_of(school=school, framework=one) for one in (other, framework))
    lines = [framework_line(school=school, framework=one) for one in (other, framework)]
    return Differing(lines[0], lines[1], compare(old, new))


@dataclass(frozen=True, slots=True)
class Nearest:
    """The framework of the school that one from a file would stand beside, and how they differ."""

    line: FrameworkLine
    found: Comparison


def nearest(*, school: int, content: Content) -> Nearest | None:
    """Of those with its name the one with its version, else the latest; None when the school has none of the name."""
    same = [line for line in frameworks(school=school, archived=True) if line.name == content.about.name]
    line = max(same, key=lambda one: (one.version == content.about.version, one.id), default=None)
    if line is None:
        return None
    return Nearest(line, compare(content_of(school=school, framework=line.id), content))


def framework_changes(*, school: int, change_set: int | None = None) -> list[SettingsChange]:
    """The latest deeds on frameworks, newest first; or the one asked for, if it is the school's."""
    words = {
        "frameworks added": ("framework added", "frameworks added"),
        "statements added": ("statement", "statements"),
        "statements put in": ("statement added", "statements added"),
        "statements reworded": ("statement reworded", "statements reworded"),
        "statements replaced": ("statement replaced", "statements replaced"),
        "statements moved": ("statement moved", "statements moved"),
        "statements retired": ("statement retired", "statements retired"),
        "statements brought back": ("statement brought back", "statements brought back"),
        "frameworks put away": ("framework put away", "frameworks put away"),
        "frameworks taken up": ("framework taken up again", "frameworks taken up again"),
    }
    return settings_changes(school=school, kind=ChangeSet.Kind.FRAMEWORK, words=words, change_set=change_set)
