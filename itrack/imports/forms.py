"""Turns what is posted to the import pages into values."""

from collections.abc import Mapping
from typing import Any

from django import forms

from itrack.foundation.refusal import Refused
from itrack.imports.rules.outgoing import NOT_A_SCHOOL, UNKNOWN, destination
from itrack.imports.rules.rows import SchoolRef

PREFIX = "choice-"


class FileForm(forms.Form):
    """One transfer file, dropped or picked."""

    file = forms.FileField(
        allow_empty_file=True,
        error_messages={"required": "Choose a file first."},
        widget=forms.FileInput(attrs={"accept": ".xml,.zip", "class": "input wide"}),
    )


class TickedPupils(forms.MultipleChoiceField):
    """Ids of ticked pupils. Whether they are this school's is for the view to find out."""

    def valid_value(self, value: str) -> bool:
        return is_number(value)

    def clean(self, value: Any) -> list[int]:
        return sorted({int(each) for each in super().clean(value)})


class SendForm(forms.Form):
    """Whose record, and where to. Two buttons send it: one for the ticked pupils, one for the whole roll."""

    to = forms.CharField(
        label="Where it goes",
        required=False,
        max_length=20,
        help_text="The other school’s numbers, authority and school, as 823/2002. Leave it empty if you do not know.",
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "placeholder": UNKNOWN}),
        error_messages={"max_length": NOT_A_SCHOOL},
    )
    pupils = TickedPupils(required=False, error_messages={"invalid_choice": "Tick pupils of the list."})

    @property
    def wants_whole_roll(self) -> bool:
        return self.data.get("who") == "roll"

    @property
    def ticked(self) -> set[int]:
        """The pupils ticked so far, so that a form sent back keeps its ticks."""
        return {int(pupil) for pupil in self["pupils"].value() or [] if is_number(pupil)}

    def clean_to(self) -> SchoolRef:
        found = destination(self.cleaned_data["to"])
        if found is None:
            raise forms.ValidationError(NOT_A_SCHOOL)
        return found

    def clean_pupils(self) -> list[int]:
        pupils: list[int] = self.cleaned_data["pupils"]
        if not pupils and not self.wants_whole_roll:
            raise forms.ValidationError("Tick the pupils first, or make the file of the whole roll.")
        return pupils


class PairForm(forms.Form):
    """Which two records; `seen` is the digest of the comparison that was on the page, `done` the merging just done."""

    one = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    two = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    seen = forms.CharField(required=False, max_length=64)
    done = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    @property
    def pair(self) -> tuple[int, int] | None:
        one, two = self.cleaned_data["one"], self.cleaned_data["two"]
        return (one, two) if one and two else None


def taken_in(posted: Mapping[str, str], differences: int) -> tuple[set[int], set[int]]:
    """Of the differences, by place: those for which the second record is right, and those nobody has chosen for."""
    said = {place: posted.get(f"keep-{place}", "") for place in range(differences)}
    second = {place for place, choice in said.items() if choice == "second"}
    return second, {place for place, choice in said.items() if choice not in ("first", "second")}


def is_number(text: str) -> bool:
    """Whether this can be somebody's id: digits, and no more than the database takes."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def choices_in(posted: Mapping[str, str]) -> dict[int, str]:
    """{"choice-17": "ours"} → {17: "ours"}."""
    found = {}
    for name, value in posted.items():
        number = name.removeprefix(PREFIX)
        if number == name:
            continue
        if not is_number(number):
            raise Refused("The form did not come back whole. Nothing was noted; open the page again.")
        found[int(number)] = value[:40]
    return found
