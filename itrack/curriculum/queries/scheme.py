"""The marks of a school's main assessment, in the version of their scheme that is in use."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from itrack.curriculum.models import MarkOption
from itrack.curriculum.queries.assessments import main_scheme
from itrack.curriculum.rules import BAND_OF, Band, OptionFacts, OptionRow
from itrack.foundation.changes.pointing import rows_in_use
from itrack.foundation.models import ChangeSet
from itrack.schools.api import SettingsChange, settings_changes
from itrack.schools.rules import fingerprint


def mark_options(*, school: int) -> list[OptionRow]:
    """The marks of the school's main scheme, in order, codes such as absent last."""
    rows = option_rows(school=school).order_by("position")
    return [
        OptionRow(pk, code, name, band, BAND_OF[band].css if band else "")
        for pk, code, name, band in rows.values_list("pk", "code", "name", "band")
    ]


def option_rows(*, school: int) -> QuerySet[MarkOption]:
    """The marks of the main scheme, for a larger question to take in."""
    return MarkOption.objects.filter(school_id=school, scheme_id__in=main_scheme(school=school))


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
    """The main scheme's marks in order. `used`: pupils have marks of it, so its meaning stands."""

    options: list[OptionLine]
    used: bool

    @property
    def seen(self) -> str:
        return fingerprint((option.id, option.position) for option in self.options)

    @property
    def meaning(self) -> list[tuple[int, str, str, int]]:
        """All but the names."""
        return [(line.id, line.code, line.facts.band, line.position) for line in self.options]

    def option(self, option: int) -> OptionLine:
        """One mark; 404 when the scheme has no such one."""
        found = next((line for line in self.options if line.id == option), None)
        if found is None:
            raise Http404
        return found


def scheme(*, school: int) -> Scheme:
    """The school's main scheme in two questions; without marks while there is none."""
    used = rows_in_use(MarkOption, school=school)
    rows = option_rows(school=school).order_by("position", "code")
    told = rows.values_list("pk", "code", "name", "band", "position")
    return Scheme([OptionLine(pk, code, name, BAND_OF.get(band), at) for pk, code, name, band, at in told], bool(used))


def scheme_changes(*, school: int, change_set: int | None = None) -> list[SettingsChange]:
    """The latest deeds on the mark scheme, newest first; or the one asked for, if it is the school's."""
    words = {
        "marks": ("mark added to the scheme", "marks added to the scheme"),
        "marks edited": ("mark of the scheme edited", "marks of the scheme edited"),
        "marks moved": ("mark of the scheme moved up", "marks of the scheme moved up"),
    }
    return settings_changes(school=school, kind=ChangeSet.Kind.SCHEME, words=words, change_set=change_set)
