"""Turns what is posted to the pages of spreadsheets into values."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from itrack.foundation.viewer import Viewer
from itrack.schools.api import PointRow
from itrack.spreadsheets.rules.kinds import Kind, kinds_for

LONGEST_SHEET = 100
OFFERED = {
    Kind.PUPILS: "Pupils: new ones, and what has changed of those on roll",
    Kind.CLASSES: "Classes: which pupil is in which class",
    Kind.MARKS: "Marks: a column for each subject, or a row for each mark",
}
POINT = "For marks: the assessment point"


class SheetForm(forms.Form):
    """A workbook or text file, and what it brings."""

    kind = forms.ChoiceField(
        label="What it brings", widget=forms.RadioSelect, error_messages={"required": "Say what the file brings."}
    )
    file = forms.FileField(
        label="The file, .xlsx or .csv",
        allow_empty_file=True,
        help_text="Up to 10 MB and 20,000 rows. One of the first rows names the columns.",
        error_messages={"required": "Choose a file first."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt", "class": "input wide"}),
    )
    point = forms.TypedChoiceField(label=POINT, required=False, coerce=int, empty_value=None)
    look = forms.BooleanField(label="Let me look at the columns first", required=False)

    def __init__(self, *told: Any, viewer: Viewer, points: Sequence[PointRow], today: int | None, **named: Any) -> None:
        kinds = kinds_for(viewer)
        super().__init__(*told, **named)
        self.initial = {"kind": kinds[0], "point": today}
        _choices(self, "kind", [(kind, OFFERED[kind]) for kind in kinds])
        _choices(self, "point", _points(points))
        if Kind.MARKS not in kinds:
            del self.fields["point"]

    @property
    def kind_chosen(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


def _points(points: Iterable[PointRow]) -> list[tuple[str, str]]:
    return [("", "As the sheet says"), *((str(point.id), point.title) for point in points)]


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices


class ColumnsForm(forms.Form):
    """What each column is; the sheet of the workbook; the file once more where columns are to be read anew."""

    sheet = forms.ChoiceField(label="Sheet of the workbook", required=False)
    point = forms.TypedChoiceField(label="Assessment point", required=False, coerce=int, empty_value=None)
    file = forms.FileField(
        label="The file again",
        required=False,
        allow_empty_file=True,
        help_text="Only where a column that was read past is to be read, or another sheet. Its cells were not kept.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt", "class": "input wide"}),
    )

    def __init__(
        self,
        *told: Any,
        fields: Sequence[tuple[str, str]],
        names: Sequence[str],
        sheets: Sequence[str],
        points: Sequence[PointRow] | None,
        **named: Any,
    ) -> None:
        super().__init__(*told, **named)
        _choices(self, "sheet", [(name, name) for name in sheets])
        if len(sheets) < 2:
            del self.fields["sheet"]
        if points is None:
            del self.fields["point"]
        else:
            _choices(self, "point", _points(points))
        for place, name in enumerate(names):
            select = forms.Select(attrs={"class": "input"})
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=name or "No name", required=False, choices=list(fields), widget=select
            )
        self.width = len(names)

    @property
    def chosen(self) -> list[str]:
        return [self.cleaned_data[f"column-{place}"] for place in range(self.width)]

    def column(self, place: int) -> forms.BoundField:
        return self[f"column-{place}"]
