"""National figures that came with the product: only such as the Department for Education has published, with where.

    SHIPPED["gld", 2025] → National(Decimal("68.3"), "DfE, Early years foundation stage profile results …", …)

Nothing here is an estimate, nor taken from anybody who repeats the Department. A figure that was not found on one of
its own pages is not here; a leader puts it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class National:
    """`published` says in which release, or when. `own`: the school put it in itself."""

    value: Decimal
    source: str
    published: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Release:
    """A page of the Department: what it is, in which release, its address, and its figures by measure and year."""

    source: str
    published: str
    address: str
    figures: dict[str, dict[int, str]]

    @property
    def cited(self) -> str:
        return f"{self.source}, https://explore-education-statistics.service.gov.uk/{self.address}"


_RELEASES: Final = (
    _Release(
        "DfE, Early years foundation stage profile results, headline measures over time",
        "release 2024/25",
        "data-catalogue/data-set/2e9e22f6-6797-47e1-8344-6262205dc13b",
        {"gld": {2022: "65.2", 2023: "67.2", 2024: "67.7", 2025: "68.3"}},
    ),
    _Release(
        "DfE, Phonics screening check attainment",
        "release 2023/24",
        "find-statistics/phonics-screening-check-attainment/2023-24",
        {"phonics-year-1": {2022: "75", 2023: "79", 2024: "80"}},
    ),
    _Release(
        "DfE, Multiplication tables check attainment, by pupil characteristics",
        "release 2021/22",
        "data-tables/fast-track/7a0ee040-6981-4e8f-7f9c-08dac7ab723a",
        {"tables-average": {2022: "19.8"}},
    ),
    _Release(
        "DfE, Multiplication tables check attainment, national score distribution",
        "release 2022/23",
        "data-catalogue/data-set/3672e753-594c-4180-980d-5cc37269ce1e",
        {"tables-full": {2023: "29"}},
    ),
    _Release(
        "DfE, Multiplication tables check attainment, national score distribution",
        "release 2023/24",
        "data-catalogue/data-set/e8a5a845-4eb4-4e9d-a98b-7e768cd68e5b",
        {"tables-full": {2024: "34"}},
    ),
    _Release(
        "DfE, Key stage 2 attainment, all schools",
        "release 2021/22, revised",
        "data-tables/permalink/23764ea2-c2c1-4ac6-747e-08db2469d98f",
        {
            "rwm-expected": {2022: "59"},
            "rwm-higher": {2022: "7"},
            "reading-expected": {2022: "75"},
            "writing-expected": {2022: "69"},
            "maths-expected": {2022: "71"},
        },
    ),
    _Release(
        "DfE, Key stage 2 attainment",
        "release 2022/23, 2023 provisional",
        "find-statistics/key-stage-2-attainment",
        {
            "rwm-higher": {2023: "8"},
            "reading-expected": {2023: "73"},
            "writing-expected": {2023: "71"},
            "maths-expected": {2023: "73"},
            "gps-expected": {2022: "72", 2023: "72"},
            "science-expected": {2022: "79", 2023: "80"},
        },
    ),
    _Release(
        "DfE, Key stage 2 attainment: national headlines",
        "release 2024/25",
        "find-statistics/key-stage-2-attainment-national-headlines/2024-25",
        {"rwm-expected": {2024: "61", 2025: "62"}},
    ),
)
SHIPPED: Final = {
    (measure, year): National(Decimal(value), release.cited, release.published)
    for release in _RELEASES
    for measure, by_year in release.figures.items()
    for year, value in by_year.items()
}
