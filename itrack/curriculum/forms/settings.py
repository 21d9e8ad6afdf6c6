"""What people type about subjects and marks, turned into values."""

from collections.abc import Collection
from typing import Any

from django import forms

from itrack.curriculum.rules import BANDS, LONGEST_NAME, OptionFacts
from itrack.curriculum.rules_schemes import CODE
from itrack.schools.rules import UNSEEN, is_seen, tidy

TOO_LONG = f"A name has at most {LONGEST_NAME} characters."


class DoneFilter(forms.Form):
    """The deed just done, as an address names it, and the scheme whose page it was done on, 0 for the assessments'."""

    done = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    scheme = forms.IntegerField(required=False, min_value=0, max_value=2**62)


class OrderForm(forms.Form):
    """The list as it stood when somebody pressed Up."""

    seen = forms.CharField(required=False, max_length=40)


class SubjectForm(forms.Form):
    """A subject's name. `taken` are the names of the others."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={"required": "A subject needs a name.", "max_length": TOO_LONG},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, taken: Collection[str], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.taken = {name.casefold() for name in taken}

    def clean_name(self) -> str:
        name = without_unseen(self.cleaned_data["name"])
        if name.casefold() in self.taken:
            raise forms.ValidationError(f"There is a subject called {name} already. Choose another name.")
        return name


class OptionForm(forms.Form):
    """A mark. `taken` are the codes of the others; `frozen` leaves the name alone to be edited."""

    code = forms.CharField(
        help_text="Up to six letters or digits: what is typed into the grid.",
        error_messages={"required": "A mark needs a code."},
    )
    name = forms.CharField(
        max_length=LONGEST_NAME, error_messages={"required": "A mark needs a name.", "max_length": TOO_LONG}
    )
    band = forms.ChoiceField(
        required=False,
        choices=[("", "None: shown, and counted nowhere"), *((band.code, band.name) for band in BANDS)],
        help_text="What reports count it as.",
        error_messages={"invalid_choice": "Choose a band from the list, or none."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        taken: Collection[str],
        held: OptionFacts | None = None,
        frozen: bool = False,
        numeric: bool = False,
    ) -> None:
        told = {"code": held.code, "name": held.name, "band": held.band, "seen": held.seen} if held else None
        super().__init__(data, initial=told)
        self.taken, self.numeric = set(taken), numeric
        # A disabled field keeps what stands, whatever is sent.
        self.fields["code"].disabled = self.fields["band"].disabled = frozen

    def clean_code(self) -> str:
        code = tidy(self.cleaned_data["code"]).upper()
        if not CODE.fullmatch(code):
            raise forms.ValidationError(
                "A code begins with a letter or a digit and has up to six of A to Z, 0 to 9, +, -, . and =."
            )
        if self.numeric and not code[0].isalpha():
            raise forms.ValidationError("A code beside scores begins with a letter, so that it is not taken for one.")
        if code in self.taken:
            raise forms.ValidationError(f"There is a mark with the code {code} already. Choose another code.")
        return code

    def clean_name(self) -> str:
        return without_unseen(self.cleaned_data["name"])

    def facts(self) -> OptionFacts:
        typed = self.cleaned_data
        return OptionFacts(typed["code"], typed["name"], typed["band"])


def without_unseen(name: str) -> str:
    if not is_seen(tidied := tidy(name)):
        raise forms.ValidationError(UNSEEN)
    return tidied
