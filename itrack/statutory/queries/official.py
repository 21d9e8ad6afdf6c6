"""One official or national figure: what stands, what it stands beside, and what stood before."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from itrack.foundation.viewer import Viewer
from itrack.statutory.models import SchoolFigure
from itrack.statutory.queries.figures import standards
from itrack.statutory.queries.outcomes import tallies, years_shown
from itrack.statutory.rules.assessments import ASSESSMENTS
from itrack.statutory.rules.figures import value_of
from itrack.statutory.rules.measures import MEASURES, MeasureTally
from itrack.statutory.rules.national import SHIPPED, National
from itrack.statutory.rules.official import KNOWN, STANDARD, said, title_of


@dataclass(frozen=True, slots=True)
class Version:
    """A figure as it stood from `at` until `ended_at`."""

    value: str
    source: str
    note: str
    published: str
    by: str
    at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One figure a leader may put in: an official one of the school or, with `national`, the Department's of England.

    `tally` is None for the standard of a check, which nothing is computed for, and for what is national. `shipped` is
    the national figure that came with the product.
    """

    measure: str
    year: int
    national: bool
    put: Version | None
    tally: MeasureTally | None
    shipped: National | None
    versions: list[Version]
    last_change: int | None
    years: list[int]

    @property
    def title(self) -> str:
        return f"{title_of(self.measure)}, {self.year}"

    @property
    def is_standard(self) -> bool:
        return self.measure == STANDARD

    @property
    def is_average(self) -> bool:
        return not self.is_standard and MEASURES[self.measure].average

    @property
    def shipped_value(self) -> str:
        return said(self.measure, self.shipped.value) if self.shipped else ""

    @property
    def computed(self) -> str:
        return value_of(MEASURES[self.measure], self.tally) if self.tally else ""

    @property
    def initial(self) -> dict[str, object]:
        if self.put is None:
            return {}
        value = self.put.value.removesuffix("%")
        return {"value": value, "source": self.put.source, "note": self.put.note, "published": self.put.published}


def may_have_figure(*, measure: str, year: int, on: date) -> bool:
    """Whether a figure may be entered there: a known measure, of a year shown, in which it was held."""
    if measure not in KNOWN or year not in years_shown(on=on):
        return False
    return not ASSESSMENTS["phonics-1" if measure == STANDARD else MEASURES[measure].assessment].held(year)


def figure_page(*, viewer: Viewer, measure: str, year: int, on: date, national: bool = False) -> FigurePage:
    rows = SchoolFigure.objects.filter(school_id=viewer.school, measure=measure, year=year, national=national)
    told = rows.order_by("-pk").values_list(
        *("value", "source", "note", "published", "added_by__by__name", "added_at", "ended_at")
    )
    versions = [Version(said(measure, row[0]), *row[1:]) for row in told]
    ended = rows.filter(ended_by__isnull=False).values_list("ended_by_id", flat=True)
    changes = [*rows.values_list("added_by_id", flat=True), *(pk for pk in ended if pk)]
    return FigurePage(
        measure,
        year,
        national,
        next((one for one in versions if one.ended_at is None), None),
        None if national or measure == STANDARD else _computed(viewer.school, measure, year, on),
        SHIPPED.get((measure, year)) if national else None,
        versions,
        max(changes, default=None),
        years_shown(on=on),
    )


def _computed(school: int, measure: str, year: int, on: date) -> MeasureTally | None:
    wanted, given = {measure: MEASURES[measure]}, standards(school=school)
    return tallies(school=school, years=[year], measures=wanted, given=given, on=on)[year][0].get(measure)


def is_figure_change(*, school: int, change_set: int) -> bool:
    """Whether this change set put an official figure in or took one away."""
    touched = Q(added_by_id=change_set) | Q(ended_by_id=change_set)
    return SchoolFigure.objects.filter(touched, school_id=school).exists()
