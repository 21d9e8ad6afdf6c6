"""What people type about assessments, turned into values."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from itrack.curriculum.forms.settings import TOO_LONG, without_unseen
from itrack.curriculum.rules import LONGEST_NAME
from itrack.curriculum.rules_schemes import KIND_NAMES, Kind

NEW = "new-"
NO_SUCH = "Choose a scheme from the list."


class AssessmentForm(forms.Form):
    """An assessment's name and subjects. `taken` are the names of the others, `subjects` (id, name)."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={"required": "An assessment needs a name.", "max_length": TOO_LONG},
    )
    subjects = forms.TypedMultipleChoiceField(
        label="Only for these subjects",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none when it is for all of them.",
        error_messages={"invalid_choice": "Choose subjects from the list."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        taken: Collection[str],
        subjects: Sequence[tuple[int, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.taken = {name.casefold() for name in taken}
        self.fields["subjects"].choices = subjects  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = without_unseen(self.cleaned_data["name"])
        if name.casefold() in self.taken:
            raise forms.ValidationError(f"There is an assessment called {name} already. Choose another name.")
        return name


class NewAssessmentForm(AssessmentForm):
    """A new assessment, with a scheme there is (by its id) or a new one of a kind ("new-standardised")."""

    scheme = forms.ChoiceField(
        label="Marked by", error_messages={"required": NO_SUCH, "invalid_choice": NO_SUCH},
        help_text="A new scheme is named like the assessment and begins as is usual; you can change it.",
    )  # fmt: skip
    field_order = ("name", "scheme", "subjects")

    def __init__(
        self,
        data: Any = None,
        *,
        taken: Collection[str],
        subjects: Sequence[tuple[int, str]],
        schemes: Sequence[tuple[int, str]],
    ) -> None:
        super().__init__(data, taken=taken, subjects=subjects)
        new = [(f"{NEW}{kind.value}", words) for kind, words in KIND_NAMES.items()]
        groups = [("A new scheme", new), *([("A scheme of the school", list(schemes))] if schemes else [])]
        self.fields["scheme"].choices = [("", "Choose"), *groups]  # type: ignore[attr-defined]

    def clean_scheme(self) -> int | Kind:
        chosen: str = self.cleaned_data["scheme"]
        return Kind(chosen.removeprefix(NEW)) if chosen.startswith(NEW) else int(chosen)


class SchemeChoiceForm(forms.Form):
    """Another scheme for an assessment."""

    scheme = forms.TypedChoiceField(
        label="New marks are read by", coerce=int, error_messages={"required": NO_SUCH, "invalid_choice": NO_SUCH}
    )

    def __init__(self, data: Any = None, *, schemes: Sequence[tuple[int, str]], now: int = 0) -> None:
        super().__init__(data, initial={"scheme": now})
        self.fields["scheme"].choices = schemes  # type: ignore[attr-defined]
