"""A school's mark schemes in their versions, and the marks of the one its main assessment uses."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from itrack.curriculum.models import AssessmentName, MarkOption, MarkScheme
from itrack.curriculum.queries.assessments import main_scheme
from itrack.curriculum.rules import BAND_OF, Band, OptionFacts, OptionRow
from itrack.curriculum.rules_schemes import Kind, Option, Scale, rules_data, rules_of
from itrack.foundation.changes.pointing import rows_in_use
from itrack.foundation.composed import Composed
from itrack.foundation.models import ChangeSet
from itrack.schools.api import SettingsChange, settings_changes
from itrack.schools.rules import fingerprint


def mark_options(*, school: int) -> list[OptionRow]:
    """The marks of the school's main scheme, in order, codes such as absent last."""
    return [
        OptionRow(pk, code, name, band, BAND_OF[band].css if band else "")
        for pk, code, name, band in _MARKS.rows(school=school)
    ]


def option_rows(*, school: Any) -> QuerySet[MarkOption]:
    """The marks of the main scheme, for a larger question to take in."""
    return MarkOption.objects.filter(school_id=school, scheme_id__in=main_scheme(school=school))


_MARKS = Composed(
    lambda given: option_rows(school=given("school")).order_by("position").values_list("pk", "code", "name", "band")
)


@dataclass(frozen=True, slots=True)
class OptionLine:
    """A mark as its settings show it."""

    id: int
    code: str
    name: str
    band: Band | None
    position: int

    @property
    def facts(self) -> OptionFacts:
        return OptionFacts(self.code, self.name, self.band.code if self.band else "")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A version of a scheme. `used`: pupils have marks of it, so its meaning stands. `used_by` are the names of the
    assessments that use it now, `versions` all of its name with the latest first. `id` is 0 where there is none yet."""

    id: int = 0
    name: str = ""
    version: int = 1
    kind: Kind = Kind.RELATIVE
    options: list[OptionLine] = field(default_factory=list)
    scale: Scale = field(default_factory=lambda: Scale(0, "", Kind.RELATIVE))
    own_range: tuple[Decimal | None, Decimal | None] = (None, None)
    used: bool = False
    locked: bool = False
    used_by: tuple[str, ...] = ()
    versions: tuple[tuple[int, int, bool, bool], ...] = ()

    @property
    def fixed(self) -> bool:
        """Whether its meaning stands as it is."""
        return self.used or self.locked

    @property
    def is_draft(self) -> bool:
        """A next version that no assessment uses yet and no mark ever did."""
        return not self.used_by and not self.used and len(self.versions) > 1 and self.version == self.latest

    @property
    def idle(self) -> bool:
        """Whether it is the latest of a scheme that no assessment uses in any version."""
        return self.version == self.latest and not any(by for _, _, _, by in self.versions)

    @property
    def offered(self) -> bool:
        """Whether an assessment may be given it: as others use it, or as the scheme last stood."""
        return bool(self.used_by) or self.idle

    @property
    def latest(self) -> int:
        return max((number for _, number, _, _ in self.versions), default=0)

    @property
    def seen(self) -> str:
        return fingerprint((option.id, option.position) for option in self.options)

    @property
    def bands_seen(self) -> str:
        return fingerprint([self.own_range, rules_data(self.scale.rules)])

    @property
    def meaning(self) -> tuple[object, ...]:
        """All but the names."""
        marks = [(line.id, line.code, line.facts.band, line.position) for line in self.options]
        return self.kind, self.scale.range, self.scale.rules, tuple(marks)

    def ranged(self, lowest: Decimal | None, highest: Decimal | None) -> Scale:
        """Its scale with another range."""
        return replace(self.scale, lowest=lowest, highest=highest)

    def option(self, option: int) -> OptionLine:
        """One mark; 404 when the scheme has no such one."""
        found = next((line for line in self.options if line.id == option), None)
        if found is None:
            raise Http404
        return found


def schemes(*, school: int) -> list[Scheme]:
    """All versions of all schemes, by name, the latest first; five questions."""
    rows = list(MarkScheme.objects.filter(school_id=school).order_by("name", "-version"))
    used, by = _used(school), _by_scheme(school)
    marks: dict[int, list[OptionLine]] = {}
    told = MarkOption.objects.filter(school_id=school).order_by("position", "code")
    for of, pk, code, name, band, at in told.values_list("scheme_id", "pk", "code", "name", "band", "position"):
        marks.setdefault(of, []).append(OptionLine(pk, code, name, BAND_OF.get(band), at))
    return [_scheme(row, marks.get(row.pk, []), rows, used, by) for row in rows]


def _scheme(
    row: MarkScheme, marks: list[OptionLine], rows: Iterable[MarkScheme], used: set[int], by: dict[int, list[str]]
) -> Scheme:
    options = {line.code: Option(line.id, line.code, line.name, line.facts.band) for line in marks}
    same = [each for each in rows if each.name == row.name]
    return Scheme(
        row.pk, row.name, row.version, Kind(row.kind), marks,
        Scale(row.pk, row.name, Kind(row.kind), options, row.lowest, row.highest, rules_of(row.bands)),
        (row.lowest, row.highest), row.pk in used, row.locked, tuple(by.get(row.pk, ())),
        tuple((each.pk, each.version, each.pk in used, bool(by.get(each.pk))) for each in same),
    )  # fmt: skip


def _used(school: int) -> set[int]:
    """The versions that marks use, or something else that is recorded: themselves or by one of their marks."""
    options = rows_in_use(MarkOption, school=school)
    of_options = MarkOption.objects.filter(school_id=school, pk__in=options).values_list("scheme_id", flat=True)
    return rows_in_use(MarkScheme, school=school, but=(MarkOption, AssessmentName)) | set(of_options)


def _by_scheme(school: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = AssessmentName.objects.filter(school_id=school).order_by("position", "pk")
    for scheme, name in rows.values_list("scheme_id", "name"):
        found.setdefault(scheme, []).append(name)
    return found


def scheme(*, school: int, scheme: int = 0) -> Scheme:
    """A version of a scheme, 0 for the main assessment's; 404 when the school has no such one.

    Without any assessment the main one's is empty.
    """
    asked = scheme or main_scheme(school=school).values_list("scheme_id", flat=True).first()
    if asked is None:
        return Scheme()
    found = next((each for each in schemes(school=school) if each.id == asked), None)
    if found is None:
        raise Http404
    return found


def scheme_of_option(*, school: int, option: int) -> Scheme:
    """The version an option is of; 404 when the school has no such option."""
    of: Any = MarkOption.objects.filter(school_id=school, pk=option).values_list("scheme_id", flat=True).first()
    if of is None:
        raise Http404
    return scheme(school=school, scheme=of)


def scheme_changes(*, school: int, change_set: int | None = None) -> list[SettingsChange]:
    """The latest deeds on schemes and assessments, newest first; or the one asked for, if it is the school's."""
    words = {
        "assessments": ("assessment added", "assessments added"),
        "assessments edited": ("assessment edited", "assessments edited"),
        "assessments moved": ("assessment moved up", "assessments moved up"),
        "assessments made history": ("assessment made read only", "assessments made read only"),
        "assessments taken up": ("assessment taken up again", "assessments taken up again"),
        "assessments read anew": ("assessment uses another scheme", "assessments use another scheme"),
        "versions": ("next version of a scheme begun", "next versions of schemes begun"),
        "schemes shared": ("scheme given by the trust", "schemes given by the trust"),
        "schemes edited": ("scheme edited", "schemes edited"),
        "bands": ("line of bands set", "lines of bands set"),
        "marks": ("mark added to the scheme", "marks added to the scheme"),
        "marks edited": ("mark of the scheme edited", "marks of the scheme edited"),
        "marks moved": ("mark of the scheme moved up", "marks of the scheme moved up"),
    }
    return settings_changes(school=school, kind=ChangeSet.Kind.SCHEME, words=words, change_set=change_set)
