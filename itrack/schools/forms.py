"""What people type about years and terms, turned into values."""

from collections.abc import Sequence
from typing import Any

from django import forms

from itrack.schools.api import YearPoint, YearPoints
from itrack.schools.rules import LONGEST_POINT_NAME, SIX, THREE, PointFacts, faults, tidy

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
NO_SUCH_DAY = "There is no such day. Write it as 23/11/2026."


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "input"})


class SettingsFilter(forms.Form):
    """The address of settings: the year in which the academic year starts, and the deed just done."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2100)
    done = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class YearForm(forms.Form):
    """The names and dates of a year's shown points, and what the page showed when it was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, year: int, held: YearPoints) -> None:
        super().__init__(data, initial={"seen": held.seen})
        self.year, self.points = year, held.shown
        for point in self.points:
            self.fields[f"name-{point.slot}"] = self._name(point)
            self.fields[f"opens-{point.slot}"] = self._day(point, "opens", point.opens_on)
            self.fields[f"closes-{point.slot}"] = self._day(point, "closes", point.closes_on)

    @staticmethod
    def _name(point: YearPoint) -> forms.CharField:
        return forms.CharField(
            label=f"Name of {point.name}",
            initial=point.name,
            max_length=LONGEST_POINT_NAME,
            widget=forms.TextInput(attrs={"class": "input"}),
            error_messages={
                "required": f"{point.name} needs a name.",
                "max_length": f"A name has at most {LONGEST_POINT_NAME} characters.",
            },
        )

    @staticmethod
    def _day(point: YearPoint, word: str, day: Any) -> forms.DateField:
        return forms.DateField(
            label=f"{point.name} {word}",
            initial=day,
            input_formats=DAY_FORMATS,
            widget=DayInput,
            error_messages={"required": f"Say when {point.name} {word}.", "invalid": NO_SUCH_DAY},
        )

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            for fault in faults(self.year, self.facts()):
                self.add_error(f"{fault.field}-{fault.slot}", fault.sentence)
        return self.cleaned_data

    def facts(self) -> list[PointFacts]:
        typed = self.cleaned_data
        return [
            PointFacts(slot, tidy(typed[f"name-{slot}"]), typed[f"opens-{slot}"], typed[f"closes-{slot}"])
            for slot in (point.slot for point in self.points)
        ]

    def beside(self) -> Sequence[tuple[YearPoint, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each point with its three fields."""
        return [
            (point, self[f"name-{point.slot}"], self[f"opens-{point.slot}"], self[f"closes-{point.slot}"])
            for point in self.points
        ]


class OftenForm(forms.Form):
    """How often a year the school asks for marks."""

    times = forms.TypedChoiceField(
        label="Assessment points",
        coerce=int,
        choices=[(SIX, "Six, one every half-term"), (THREE, "Three, one every term")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose six or three."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
