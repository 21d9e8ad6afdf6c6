"""Reading the addresses and forms of the statutory pages. What is no number of ours reads as 0 or as nobody's id."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from itrack.statutory.rules.entry import Cell
from itrack.statutory.rules.measures import MEASURES
from itrack.statutory.rules.official import STANDARD, bounds_of, entered, is_mark

NUMBER = re.compile(r"[0-9]{1,18}")
YEAR = re.compile(r"[0-9]{4}")
CELL = re.compile(r"([0-9]{1,18})-([a-z][a-z0-9-]{1,30})")
WAS = re.compile(r"was-([0-9]{1,18})")
FIRST = "ks2"
NATIONAL = "national"
NOBODY = -1
LONGEST_WAS = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """The sheet an address names; year 0 is the latest, group 0 the whole year group."""

    assessment: str
    year: int
    group: int


@dataclass(frozen=True, slots=True)
class TypedResults:
    """A grid as sent: what was typed in each cell, and what the page had shown there."""

    asked: Asked
    cells: dict[Cell, str]
    shown: dict[Cell, str]
    account: int = 0


def read_asked(sent: Mapping[str, str] | QueryDict) -> Asked:
    """A word where a number belongs asks for something nobody has."""
    return Asked(sent.get("assessment", "") or FIRST, _year(sent.get("year", "")), _number(sent.get("group", "")))


def read_results(sent: QueryDict) -> TypedResults:
    """The cells are the fields PUPIL-COMPONENT; `was-PUPIL` says by component what a row had shown."""
    found = [(CELL.fullmatch(name), str(value)) for name, value in sent.items()]
    cells: dict[Cell, str] = {(int(match[1]), match[2]): value for match, value in found if match}
    return TypedResults(read_asked(sent), cells, dict(_shown(sent)), _number(sent.get("account", "")))


def _shown(sent: QueryDict) -> Iterator[tuple[Cell, str]]:
    for name, value in sent.items():
        if match := WAS.fullmatch(name):
            for component, text in _named(str(value)).items():
                yield (int(match[1]), component), text


def _named(text: str) -> dict[str, str]:
    """The texts of an object in JSON; of anything else, none."""
    try:
        told = json.loads(text[:LONGEST_WAS])
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(one) for name, one in told.items()} if isinstance(told, dict) else {}


def _year(text: str) -> int:
    if not text:
        return 0
    return int(text) if YEAR.fullmatch(text) else NOBODY


def _number(text: str) -> int:
    if not text:
        return 0
    return int(text) if NUMBER.fullmatch(text) else NOBODY


def read_count(text: str) -> int | None:
    """A small number that an address says about what was just done; None when it says nothing."""
    return int(text) if NUMBER.fullmatch(text) else None


def read_figure(sent: Mapping[str, str] | QueryDict) -> tuple[str, int, bool]:
    """The measure and year an address names, and whether it means the national figure; the first measure, and year 0
    for the latest, when it names none."""
    measure = sent.get("measure", "") or next(iter(MEASURES))
    return measure, _year(sent.get("year", "")), sent.get("of", "") == NATIONAL and measure != STANDARD


class FigureForm(forms.Form):
    """A figure with where it is from: nobody believes a number without a source."""

    value = forms.CharField(label="Official figure", max_length=10)
    source = forms.CharField(
        label="Where it is from", max_length=200, help_text="As “Compare school performance, December 2025”."
    )
    published = forms.CharField(
        label="Published", max_length=40, required=False, help_text="As “December 2026” or “release 2025/26, revised”."
    )
    note = forms.CharField(label="Note", max_length=200, required=False)

    def __init__(self, *given: Any, measure: str, national: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        low, high = bounds_of(measure)
        self.measure = measure
        self.fields["value"].help_text = f"A number from {low} to {high}{'' if is_mark(measure) else ', in per cent'}."
        if national:
            self.fields["value"].label = "National figure"
            self.fields["source"].help_text = "The Department’s own publication, with its address. Never an estimate."

    def clean_value(self) -> Decimal:
        told = entered(self.measure, self.cleaned_data["value"])
        if isinstance(told, str):
            raise forms.ValidationError(told)
        return told
