"""Statutory results: a row of a transfer file in the words a teacher uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A statutory result with the fields a transfer file gives it. `year` is the end year of the academic year."""

    stage: str
    locale: str
    year: int
    subject: str
    method: str
    component: str
    status: str
    qualifier: str
    result: str
    result_date: date | None
    recognised: bool
