"""One official figure: what stands, what it stands beside, and what stood before."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from itrack.foundation.viewer import Viewer
from itrack.statutory.models import SchoolFigure
from itrack.statutory.queries.figures import Official, official_figures
from itrack.statutory.queries.outcomes import Figure, behind, years_shown
from itrack.statutory.rules.assessments import ASSESSMENTS
from itrack.statutory.rules.measures import MEASURES
from itrack.statutory.rules.official import KNOWN, STANDARD, said, title_of


@dataclass(frozen=True, slots=True)
class Version:
    """An official figure as it stood from `at` until `ended_at`."""

    value: str
    source: str
    note: str
    by: str
    at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """`computed` is None for the standard of a check, which nothing is computed for."""

    measure: str
    year: int
    official: Official | None
    computed: Figure | None
    versions: list[Version]
    last_change: int | None

    @property
    def title(self) -> str:
        return f"{title_of(self.measure)}, {self.year}"

    @property
    def is_standard(self) -> bool:
        return self.measure == STANDARD

    @property
    def official_value(self) -> str:
        return said(self.measure, self.official.value) if self.official else ""

    @property
    def initial(self) -> dict[str, object]:
        if self.official is None:
            return {}
        value = said(self.measure, self.official.value).removesuffix("%")
        return {"value": value, "source": self.official.source, "note": self.official.note}


def may_have_figure(*, measure: str, year: int, on: date) -> bool:
    """Whether a figure may be entered there: a known measure, of a year shown, in which it was held."""
    if measure not in KNOWN or year not in years_shown(on=on):
        return False
    return not ASSESSMENTS["phonics-1" if measure == STANDARD else MEASURES[measure].assessment].held(year)


def figure_page(*, viewer: Viewer, measure: str, year: int, on: date) -> FigurePage:
    found = None if measure == STANDARD else behind(viewer=viewer, measure=measure, year=year, on=on)
    rows = SchoolFigure.objects.filter(school_id=viewer.school, measure=measure, year=year).order_by("-pk")
    told = rows.values_list("value", "source", "note", "added_by__by__name", "added_at", "ended_at")
    versions = [Version(said(measure, row[0]), *row[1:]) for row in told]
    ended = rows.filter(ended_by__isnull=False).values_list("ended_by_id", flat=True)
    changes = [*rows.values_list("added_by_id", flat=True), *(pk for pk in ended if pk)]
    official = official_figures(school=viewer.school).get((measure, year))
    return FigurePage(measure, year, official, found.figure if found else None, versions, max(changes, default=None))


def is_figure_change(*, school: int, change_set: int) -> bool:
    """Whether this change set put an official figure in or took one away."""
    touched = Q(added_by_id=change_set) | Q(ended_by_id=change_set)
    return SchoolFigure.objects.filter(touched, school_id=school).exists()
