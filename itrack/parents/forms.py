"""Turns what is posted to the pages of reports to parents into values."""

from collections.abc import Mapping

from django import forms

from itrack.parents.rules.report import GENERAL, LONGEST, Report, State, tidy

TEXT, SHOWN = "text-", "shown-"


class ReportForm(forms.Form):
    """A text for general progress and one for each subject; each has what the page showed beside it, unseen."""

    def __init__(self, report: Report, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.texts = {GENERAL: report.general} | {one.id: one.comment for one in report.subjects}
        names = {GENERAL: "General progress"} | {one.id: one.name for one in report.subjects}
        marks = {one.id: f"Working at: {one.achieved}" for one in report.subjects if one.achieved}
        for subject, text in self.texts.items():
            widget = forms.Textarea(attrs={"rows": 6 if subject == GENERAL else 3, "class": "input"})
            self.fields[f"{TEXT}{subject}"] = forms.CharField(
                label=names[subject], required=False, strip=False, max_length=LONGEST, initial=text, widget=widget,
                help_text=marks.get(subject, "" if subject == GENERAL else "No mark this year"),
            )  # fmt: skip
            self.fields[f"{SHOWN}{subject}"] = forms.CharField(
                required=False, strip=False, initial=text, widget=forms.HiddenInput
            )

    def _said(self, prefix: str) -> dict[int, str]:
        return {subject: tidy(self.cleaned_data[f"{prefix}{subject}"]) for subject in self.texts}

    @property
    def typed(self) -> dict[int, str]:
        return self._said(TEXT)

    @property
    def shown(self) -> dict[int, str]:
        return self._said(SHOWN)


class WordsForm(forms.Form):
    """What every report of the school says."""

    discuss = forms.CharField(
        label="How to talk about the report",
        help_text="Whom parents ask, and when: for instance a day, a place, and how to make an appointment.",
        required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
    )  # fmt: skip
    national = forms.CharField(
        label="National figures for the end of Key Stage 2",
        help_text="As the Department for Education published them, with their year. Reports of Year 6 print this text.",
        required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
    )  # fmt: skip


class LogoForm(forms.Form):
    file = forms.FileField(
        label="The logo, PNG or JPEG",
        allow_empty_file=True,
        help_text="Up to 2 MB. It is drawn anew: nothing else of the file is kept.",
        error_messages={"required": "Choose a file first."},
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.gif,.webp", "class": "input wide"}),
    )


def read_state(said: str) -> State | None:
    return State(said) if said in set(State) else None
