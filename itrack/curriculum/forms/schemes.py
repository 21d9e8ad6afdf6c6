"""What people type about a scheme as a whole, turned into values."""

from typing import Any

from django import forms

from itrack.curriculum.forms.settings import TOO_LONG, without_unseen
from itrack.curriculum.rules import LONGEST_NAME
from itrack.curriculum.rules_schemes import Kind, Sitting
from itrack.curriculum.rules_thresholds import WHENS, YEAR_GROUPS, Where
from itrack.curriculum.rules_usual import fits
from itrack.curriculum.rules_versions import MOST_TRIED, USUAL_AGE

NO_SCORE = "Type a number."


class SchemeNameForm(forms.Form):
    """A scheme's name."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={"required": "A scheme needs a name.", "max_length": TOO_LONG},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        return without_unseen(self.cleaned_data["name"])


def _score(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, max_digits=5, decimal_places=2, widget=forms.TextInput(attrs={"class": "input"}),
        error_messages=dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), NO_SCORE),
    )  # fmt: skip


class RangeForm(forms.Form):
    """The lowest and the highest score; empty for the usual of the kind."""

    lowest = _score("Lowest score")
    highest = _score("Highest score")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, kind: Kind, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.kind = kind
        if kind is Kind.AGE:
            self.fields["lowest"].help_text = self.fields["highest"].help_text = "In months: 36 is three years."

    def clean(self) -> dict[str, Any]:
        lowest, highest = self.cleaned_data.get("lowest"), self.cleaned_data.get("highest")
        if not self.errors and (fault := fits(self.kind, lowest, highest)):
            self.add_error("lowest", fault)
        return self.cleaned_data


class TryForm(forms.Form):
    """Marks to try out, for whom and when."""

    marks = forms.CharField(
        required=False, max_length=300, label="Marks", help_text=f"As they would be typed, up to {MOST_TRIED}.",
        widget=forms.TextInput(attrs={"class": "input wide"}),
    )  # fmt: skip
    year = forms.ChoiceField(required=False, label="Of", choices=[("", "Any year"), *YEAR_GROUPS.items()])
    when = forms.ChoiceField(required=False, label="At", choices=list(WHENS.items()))
    subject = forms.TypedChoiceField(required=False, label="In", coerce=int)
    age = forms.IntegerField(
        required=False,
        label="Age in months",
        min_value=24,
        max_value=240,
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def __init__(self, data: Any = None, *, kind: Kind, subjects: dict[int, str]) -> None:
        super().__init__(data, auto_id="try-%s", initial={"age": USUAL_AGE})
        self.fields["subject"].choices = [("", "Any subject"), *subjects.items()]  # type: ignore[attr-defined]
        if kind is not Kind.AGE:
            del self.fields["age"]

    def sitting(self) -> Sitting:
        """For whom and when; any of them when what was asked cannot be read."""
        told = self.cleaned_data if self.is_valid() else {}
        where = Where(told.get("year") or "", told.get("when") or "", told.get("subject") or 0)
        return Sitting(where.year_group, where.slots[0], where.subject, told.get("age") or USUAL_AGE)

    def typed(self) -> list[str]:
        """The marks asked for; those between which commas stand may have spaces."""
        text: str = (self.cleaned_data.get("marks") or "") if self.is_valid() else ""
        return [mark for mark in (text.split(",") if "," in text else text.split()) if mark.strip()]
