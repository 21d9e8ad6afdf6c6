"""What the gallery shows: every component in every state, with invented words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from itrack.ui.charts import Row, Share, tiny_bar
from itrack.ui.parts import Count, Fact, Link


@dataclass(frozen=True, slots=True)
class SampleBand:
    letter: str
    name: str
    css: str


BANDS = (
    SampleBand("B", "Below", "b"),
    SampleBand("W", "Working towards", "w"),
    SampleBand("E", "Expected", "e"),
    SampleBand("G", "Greater depth", "g"),
)
COUNTS = {
    "Reading": (5, 12, 31, 10),
    "Writing": (8, 17, 28, 5),
    "Maths": (7, 15, 27, 9),
    "Science": (3, 11, 36, 7),
    "Reading, writing and maths together": (13, 18, 24, 3),
    "Music": (0, 0, 0, 0),
}


class SampleForm(forms.Form):
    preferred_name = forms.CharField(help_text="What the class calls them.")
    date_of_birth = forms.DateField(error_messages={"invalid": "No such day. The old date, 2 May 2018, is kept."})
    year = forms.ChoiceField(choices=[("3", "Year 3"), ("4", "Year 4")], label="Year group")
    keep = forms.ChoiceField(
        choices=[("ours", "ours"), ("file", "the file’s")],
        widget=forms.RadioSelect,
        label="Which name to keep",
        error_messages={"required": "Choose one; until then ours is kept."},
    )
    file = forms.FileField(required=False, label="Transfer file", help_text="Ends in .xml, from the office system.")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    left = forms.BooleanField(required=False, label="Count pupils who have left")


def rows_of_bars(*, linked: bool) -> tuple[Row, ...]:
    return tuple(
        Row(
            subject,
            tuple(Share(band, n) for band, n in zip(BANDS, counts, strict=True)),
            "#charts" if linked else "",
        )
        for subject, counts in COUNTS.items()
    )


def everything() -> dict[str, Any]:
    """The gallery's context. No clock: its dates are fixed, so that pictures of it can be compared."""
    return {
        "bands": BANDS,
        "bars": (*rows_of_bars(linked=False), Row("French", (), held=True)),
        "linked_bars": rows_of_bars(linked=True),
        "shares": [(row.label, row.shares, row.total) for row in rows_of_bars(linked=False)],
        "small_bar": tiny_bar(20, 30, beside=(33, 58)),
        "form": SampleForm({"preferred_name": "Priya", "date_of_birth": "31/02/2018", "year": "4", "left": "on"}),
        "counts": (Count("pupils in the file", 24), Count("new", 2, "#counts"), Count("refused", 1)),
        "facts": (Fact("UPN", "Z000 0000 00042"), Fact("Pupil premium", "Yes, since Sep 2026", "Transfer file")),
        "tabs_of_page": (Link("One page", "#tabs", current=True), Link("Marks", "#tabs"), Link("Statements", "#tabs")),
        "years": (Link("2025/26", "#tabs"), Link("2026/27", "#tabs", current=True), Link("2027/28", "#tabs")),
        "step": Link("School", "#top"),
        "page": Paginator(range(95), 10).get_page(5),
        "day": date(2026, 12, 4),
        "moment": datetime(2026, 11, 23, 14, 32, 7, tzinfo=UTC),
        "swatches": ("paper", "leaf", "ink", "soft", "rule", "margin", "accent", "wait", "bad"),
    }
