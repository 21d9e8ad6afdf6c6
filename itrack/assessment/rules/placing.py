"""What a mark means for the pupil who has it: against the expectations of the own year, or of another one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from itrack.curriculum.rules import BELOW, GREATER
from itrack.curriculum.rules_schemes import Reading, Scale, Sitting, band_of
from itrack.pupils.rules_years import NO_YEAR_GROUP, year_group_order

if TYPE_CHECKING:
    from datetime import date


def placed(told: Reading, scale: Scale, sitting: Sitting) -> tuple[Reading, str]:
    """The mark as it is stored, and its band.

    A mark against the pupil's own year is the plain one. Whoever is judged against a younger year is below their own
    year's expectations, and whoever is judged against an older one is beyond them, whatever the mark; it stays to be
    seen beside the band. Without a year group to compare with there is no band.
    """
    if told.of_year and told.of_year == sitting.year_group:
        told = replace(told, code=told.code.removeprefix(f"{told.of_year}:"), of_year="")
    if not told.of_year:
        return told, band_of(told, scale, sitting)
    if sitting.year_group in ("", NO_YEAR_GROUP):
        return told, ""
    younger = year_group_order(told.of_year) < year_group_order(sitting.year_group)
    return told, BELOW.code if younger else GREATER.code


def months_old(born: date | None, day: date | None) -> int | None:
    """Whole months of age on a day; None when either is not known."""
    if born is None or day is None:
        return None
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
