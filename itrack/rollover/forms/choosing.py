"""Fields that several steps share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from itrack.pupils.rules_years import year_group_name
from itrack.rollover.rules.plan import LEAVE, NOWHERE, SHARE, ClassChoice

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
NO_SUCH_DAY = "There is no such day. Write it as 23/11/2026."
FROM_THE_LIST = dict.fromkeys(("required", "invalid_choice"), "Choose from the list.")

Options = Sequence[tuple[str, str]]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "input"})


class Ids(forms.MultipleChoiceField):
    """Ticked rows. Whether they may be ticked is for the action to say."""

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdecimal() and len(value) < 19

    def clean(self, value: Any) -> list[int]:
        return sorted({int(each) for each in super().clean(value)})


def day(label: str, *, initial: date | None = None, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        initial=initial,
        required=required,
        input_formats=DAY_FORMATS,
        widget=DayInput,
        error_messages={"required": "Say which day.", "invalid": NO_SUCH_DAY},
    )


def choice(label: str, options: Options, *, initial: str = "", required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=options, initial=initial, required=required, error_messages=FROM_THE_LIST
    )


def destinations(classes: Iterable[ClassChoice]) -> list[tuple[str, str]]:
    """Every place a cohort can go: each class, the classes of a year group together, away, nowhere yet."""
    told = list(classes)
    years = [code for one in told for code in one.years]
    several = dict.fromkeys(code for code in years if years.count(code) > 1)
    shared = [(f"{SHARE}{code}", f"Shared out over the classes of {year_group_name(code)}") for code in several]
    return [*((one.key, one.name) for one in told), *shared, (LEAVE, "They leave"), (NOWHERE, "No class yet")]


class Step(forms.Form):
    """A step of the wizard. `seen` names the state of the plan that the page showed."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def add(self, fields: Mapping[str, forms.Field]) -> None:
        self.fields.update(fields)
