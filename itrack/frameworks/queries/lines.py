"""Frameworks, strands, statements and depths, as other domains and the pages read them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.http import Http404

from itrack.foundation.changes.pointing import rows_in_use
from itrack.frameworks.models import DepthOption, Framework, Statement, Strand
from itrack.frameworks.rules.years import band_name, covers, is_for, subject_key, year_order


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """A framework. `statements` counts those not retired; a `locked` one is read here and changed elsewhere."""

    id: int
    name: str
    version: str
    kind: str
    owner: str
    from_year: int | None
    until_year: int | None
    archived_on: date | None
    statements: int

    @property
    def title(self) -> str:
        return f"{self.name}, {self.version}" if self.version else self.name

    @property
    def locked(self) -> bool:
        return self.owner != Framework.Owner.OWN


@dataclass(frozen=True, slots=True)
class DepthLine:
    """A step of a framework's scale. `taught` False: in no denominator. `secure`: counts as secure."""

    id: int
    code: str
    name: str
    value: int
    taught: bool
    secure: bool


@dataclass(frozen=True, slots=True)
class StrandLine:
    id: int
    subject: str
    from_year_group: str
    to_year_group: str
    name: str
    position: int

    @property
    def band(self) -> str:
        return band_name(self.from_year_group, self.to_year_group)


@dataclass(frozen=True, slots=True)
class StatementLine:
    id: int
    code: str
    text: str
    pointer: str
    position: int
    retired_on: date | None
    strand: StrandLine


def frameworks(*, school: int, year: int | None = None, archived: bool = False) -> list[FrameworkLine]:
    """The school's frameworks by name and version; with `year` only those for that academic year."""
    rows = Framework.objects.filter(school_id=school)
    if not archived:
        rows = rows.filter(archived_on__isnull=True)
    counts = _counts(school)
    found = [_line(row, counts) for row in rows.order_by("name", "version", "pk")]
    return [line for line in found if year is None or is_for(year, line.from_year, line.until_year)]


def framework(*, school: int, framework: int) -> FrameworkLine:
    """One framework, archived or not; 404 when this school has no such one."""
    row = Framework.objects.filter(school_id=school, pk=framework).first()
    if row is None:
        raise Http404
    return _line(row, _counts(school))


def framework_for(*, school: int, year: int, subject: str, year_group: str) -> FrameworkLine | None:
    """The framework a class of that year group works by in a subject, by its name; None when there is none.

    Of several the school's own goes before the trust's, that before the shipped one, a later one before an earlier.
    """
    order = [Framework.Owner.OWN.value, Framework.Owner.TRUST.value, Framework.Owner.SHIPPED.value]
    covering = _covering(school, subject, year_group)
    found = [line for line in frameworks(school=school, year=year) if line.id in covering]
    return min(found, key=lambda line: (order.index(line.owner), -(line.from_year or 0), -line.id), default=None)


def depth_options(*, school: int, framework: int) -> list[DepthLine]:
    """The depth scale of a framework, in order."""
    rows = DepthOption.objects.filter(school_id=school, framework_id=framework).order_by("position", "pk")
    return [DepthLine(*row) for row in rows.values_list("pk", "code", "name", "value", "taught", "secure")]


def strands(
    *, school: int, framework: int, subject: str | None = None, year_group: str | None = None
) -> list[StrandLine]:
    """The strands in order: of a subject by its name, and of those bands that take in the year group."""
    rows = Strand.objects.filter(school_id=school, framework_id=framework).order_by("position", "pk")
    told = rows.values_list("pk", "subject", "from_year_group", "to_year_group", "name", "position")
    return [line for line in (StrandLine(*row) for row in told) if _is_of(line, subject, year_group)]


def statements(
    *,
    school: int,
    framework: int,
    subject: str | None = None,
    year_group: str | None = None,
    retired: bool = False,
) -> list[StatementLine]:
    """The statements in the framework's order, each with its strand; retired ones only where asked for."""
    of = {line.id: line for line in strands(school=school, framework=framework, subject=subject, year_group=year_group)}
    rows = Statement.objects.filter(school_id=school, framework_id=framework, strand_id__in=of)
    if not retired:
        rows = rows.filter(retired_on__isnull=True)
    told = rows.order_by("position", "pk").values_list(
        "pk", "code", "text", "pointer", "position", "retired_on", "strand_id"
    )
    lines = [
        StatementLine(pk, code, text, pointer, position, retired_on, of[strand])
        for pk, code, text, pointer, position, retired_on, strand in told
    ]
    order = {strand: place for place, strand in enumerate(of)}
    return sorted(lines, key=lambda line: order[line.strand.id])


def subjects_of(*, school: int, framework: int) -> list[str]:
    """The names of a framework's subjects, in its order."""
    return list(dict.fromkeys(line.subject for line in strands(school=school, framework=framework)))


def year_bands(*, school: int, framework: int, subject: str) -> list[tuple[str, str]]:
    """A subject's year bands, youngest first, each by its first and last year group."""
    found = strands(school=school, framework=framework, subject=subject)
    bands = {(line.from_year_group, line.to_year_group) for line in found}
    return sorted(bands, key=lambda band: (year_order(band[0]), year_order(band[1])))


def statement_rows(*, school: int) -> QuerySet[Statement]:
    """The statements, for a larger question to take in."""
    return Statement.objects.filter(school_id=school)


def depth_rows(*, school: int) -> QuerySet[DepthOption]:
    """The depths, for a larger question to take in."""
    return DepthOption.objects.filter(school_id=school)


def used_statements(*, school: int) -> set[int]:
    """The statements pupils have marks for: their wording stands."""
    return rows_in_use(Statement, school=school)


def _counts(school: int) -> dict[int, int]:
    rows = Statement.objects.filter(school_id=school, retired_on__isnull=True)
    return dict(rows.values_list("framework_id").annotate(count=Count("pk")))


def _line(row: Framework, counts: dict[int, int]) -> FrameworkLine:
    years = (row.from_year, row.until_year, row.archived_on)
    return FrameworkLine(row.pk, row.name, row.version, row.kind, row.owner, *years, counts.get(row.pk, 0))


def _covering(school: int, subject: str, year_group: str) -> set[int]:
    rows = Strand.objects.filter(school_id=school)
    told = rows.values_list("framework_id", "subject", "from_year_group", "to_year_group").distinct()
    return {
        framework
        for framework, name, first, last in told
        if subject_key(name) == subject_key(subject) and covers(first, last, year_group)
    }


def _is_of(line: StrandLine, subject: str | None, year_group: str | None) -> bool:
    return (subject is None or subject_key(line.subject) == subject_key(subject)) and (
        year_group is None or covers(line.from_year_group, line.to_year_group, year_group)
    )
