"""Published figures that the head of a demo school put in: Year 6 had left before the school began with the product.
One of last summer takes the place of the figure computed.

The numbers are invented like the school. The standard of a phonics check is entered once it is announced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from itrack.foundation.clock import LONDON
from itrack.statutory.api import set_figure

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Told:
    """What was entered on one day for one year, all from one source."""

    on: date
    year: int
    source: str
    values: Mapping[str, str]


_TABLES: Final = "Published performance tables, {}"
_YEAR_6: Final = {
    2023: "54 4 71 18 104.1 64 14 102.9 68 21 104.3 68 11 79",
    2024: "57 7 70 23 104.4 67 20 103.6 70 27 104.9 70 10 83",
    2025: "60 7 73 27 105.0 70 23 104.2 70 30 105.3 73 13 83",
}
_MEASURES: Final = (
    *("rwm-expected", "rwm-higher", "reading-expected", "reading-higher", "reading-average"),
    *("maths-expected", "maths-higher", "maths-average", "gps-expected", "gps-higher", "gps-average"),
    *("writing-expected", "writing-higher", "science-expected"),
)
OAKFIELD_TOLD: Final = (
    *(
        Told(on, year, _TABLES.format(year), dict(zip(_MEASURES, _YEAR_6[year].split(), strict=True)))
        for on, year in ((date(2024, 9, 12), 2023), (date(2025, 1, 14), 2024), (date(2026, 1, 13), 2025))
    ),
    Told(date(2024, 9, 12), 2023, _TABLES.format(2023), {"tables-average": "20.4", "tables-full": "27"}),
    Told(date(2026, 7, 2), 2026, "Announced after the check", {"phonics-standard": "32"}),
    # One paper was marked again, so what is published is one pupil more than the results that came in July.
    Told(date(2026, 10, 20), 2026, "Published after a review of marking", {"reading-expected": "77"}),
)


def put_in_figures(*, school: int, head: int, until: datetime) -> None:
    """Enters each on its day, as the head would; what lies after `until` has not happened."""
    for told in OAKFIELD_TOLD:
        at = datetime.combine(told.on, time(16, 5), LONDON).astimezone(UTC)
        if at <= until:
            for measure, value in told.values.items():
                set_figure(
                    school=school,
                    measure=measure,
                    year=told.year,
                    value=Decimal(value),
                    source=told.source,
                    note="",
                    by=head,
                    at=at,
                )
