"""Who leaves and who comes back, as typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from itrack.rollover.forms.choosing import Ids, day

YES = "yes"


class LeaversFilter(forms.Form):
    """The address of the leavers: the year they left in, a class to choose from, 0 for those in none, the deed just
    done."""

    year = forms.IntegerField(required=False, min_value=1900, max_value=2100)
    group = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    done = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class LeaveForm(forms.Form):
    """Which pupils leave, and their last day."""

    pupils = Ids(error_messages={"required": "Tick the pupils first.", "invalid_choice": "Tick pupils of the list."})
    last_day = day("Last day here")

    @property
    def ticked(self) -> set[int]:
        """The pupils ticked so far, so that a form sent back keeps its ticks."""
        return {int(pupil) for pupil in self["pupils"].value() or [] if Ids().valid_value(pupil)}


class LastDayForm(forms.Form):
    """One pupil's last day, set or put right. `seen` is the day the page showed."""

    last_day = day("Last day here")
    seen = forms.DateField(required=False, widget=forms.HiddenInput)


class StayForm(forms.Form):
    """That a pupil does not leave after all."""

    seen = forms.DateField(required=False, widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    """From which day a pupil is back, and in which class of the year."""

    starts = day("First day back")
    group = forms.TypedChoiceField(
        label="Class",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a class from the list, or none."},
    )

    def __init__(self, data: Any = None, *, classes: Sequence[tuple[int, str]], today: date) -> None:
        super().__init__(data, initial={"starts": today})
        self.fields["group"].choices = [("", "None yet"), *classes]  # type: ignore[attr-defined]
