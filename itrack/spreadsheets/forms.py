"""Turns what is posted to the pages of spreadsheets into values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from itrack.foundation.viewer import Viewer
from itrack.schools.api import PointRow
from itrack.spreadsheets.rules.kinds import Kind, kinds_for

LONGEST_SHEET = 100
OFFERED = {
    Kind.PUPILS: "Pupils: new ones, and what has changed of those on roll",
    Kind.CLASSES: "Classes: which of this year’s each pupil is in from today",
    Kind.MARKS: "Marks or test scores: a row for each pupil, a column for each subject",
}
POINT = "For marks: the assessment point"
TAKEN = "For tests: the day they were taken"
OF_MARKS = ("point", "assessment", "taken_on")
DAY = forms.DateInput(attrs={"type": "date", "class": "input"})


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
    assessment = forms.TypedChoiceField(label="For marks: the assessment", required=False, coerce=int, empty_value=None)
    taken_on = forms.DateField(label=TAKEN, required=False, widget=DAY)
    look = forms.BooleanField(label="Let me look at the columns first", required=False)

    def __init__(self, *told: Any, viewer: Viewer, asked: "Asked", today: int | None, **named: Any) -> None:
        kinds = kinds_for(viewer)
        super().__init__(*told, **named)
        self.initial = {"kind": kinds[0], "point": today}
        _choices(self, "kind", [(kind, OFFERED[kind]) for kind in kinds])
        _choices(self, "point", _points(asked.points))
        _choices(self, "assessment", asked.assessments)
        if Kind.MARKS not in kinds:
            _without(self, OF_MARKS)

    @property
    def kind_chosen(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


@dataclass(frozen=True, slots=True)
class Asked:
    """What marks may be of: points, latest first, and (id, name) of the school's assessments."""

    points: Sequence[PointRow]
    assessments: Sequence[tuple[str, str]]


def _without(form: forms.Form, names: Iterable[str]) -> None:
    for name in names:
        del form.fields[name]


def _points(points: Iterable[PointRow]) -> list[tuple[str, str]]:
    return [("", "Not said"), *((str(point.id), point.title) for point in points)]


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices


class ColumnsForm(forms.Form):
    """What each column is; the sheet of the workbook; the file once more where columns are to be read anew."""

    sheet = forms.ChoiceField(label="Sheet of the workbook", required=False)
    point = forms.TypedChoiceField(label="Assessment point", required=False, coerce=int, empty_value=None)
    assessment = forms.TypedChoiceField(label="Assessment", required=False, coerce=int, empty_value=None)
    taken_on = forms.DateField(label="Day the test was taken, if it is one", required=False, widget=DAY)
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
        asked: Asked | None,
        **named: Any,
    ) -> None:
        super().__init__(*told, **named)
        _choices(self, "sheet", [(name, name) for name in sheets])
        if len(sheets) < 2:
            del self.fields["sheet"]
        if asked is None:
            _without(self, OF_MARKS)
        else:
            _choices(self, "point", _points(asked.points))
            _choices(self, "assessment", asked.assessments)
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


class TakeForm(forms.Form):
    """Of which point and assessment marks are taken out."""

    point = forms.TypedChoiceField(label="Assessment point", coerce=int)
    assessment = forms.TypedChoiceField(label="Assessment", required=False, coerce=int, empty_value=None)

    def __init__(self, *told: Any, asked: Asked, **named: Any) -> None:
        super().__init__(*told, **named)
        _choices(self, "point", [(str(point.id), point.title) for point in asked.points])
        _choices(self, "assessment", asked.assessments)
