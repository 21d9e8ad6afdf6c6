"""A mark that stands, with everything that is stored of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class StandingMark:
    """`id` is of this version: a mark typed anew has another one. `scheme` is the version of its mark scheme.

    `kind` is the `rules_schemes.Kind` of that scheme, whatever the assessment is marked by now.
    """

    id: int
    pupil: int
    point: int
    subject: int
    assessment: int
    scheme: int
    option: int | None
    score: Decimal | None
    code: str
    band: str
    of_year: str
    taken_on: date | None
    confirmed: bool
    kind: str


@dataclass(frozen=True, slots=True)
class PointMark:
    """A confirmed mark of one point as reports read it; `of_year` as stored, `kind` a `rules_schemes.Kind`."""

    pupil: int
    point: int
    subject: int
    assessment: int
    code: str
    band: str
    of_year: str
    score: Decimal | None
    kind: str


@dataclass(frozen=True, slots=True)
class LastMark:
    """A pupil's last confirmed mark in a subject, with the point it is for; `band` is "" where no mark has one.

    `name` says what its code is called, "" for a score.
    """

    code: str
    band: str
    name: str
    year: int
    slot: int
    point: str
