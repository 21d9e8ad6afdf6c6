"""What the gallery shows: every component in every state, with invented words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from itrack.ui.charts import Row, Share, stacked_bars, tiny_bar
from itrack.ui.circles import REGIONS, three_circles
from itrack.ui.dots import Dot, Kind, paired_dots
from itrack.ui.drawings.heat import Cell, heat_grid
from itrack.ui.drawings.heat import Line as GridLine
from itrack.ui.drawings.lines import Series, line_chart
from itrack.ui.drawings.over_years import Frame, over_years
from itrack.ui.drawings.over_years import Series as YearLine
from itrack.ui.drawings.scatter import Measure, Spot, scatter
from itrack.ui.parts import Count, Fact, Link
from itrack.ui.sharebars import Bar, share_bars


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


FROM_TO = ((3, 2, 0, 0), (3, 31, 8, 0), (0, 6, 68, 11), (0, 0, 8, 17))
WENT = (
    SampleBand("▼", "Moved down", "f"),
    SampleBand("=", "Stayed in the same band", "s"),
    SampleBand("▲", "Moved up", "u"),
)
SHARES = {"Reading": (70, 71, 70, None, 72, 74), "Writing": (63, 65, 67, 64, 64, 61), "Maths": (69, 70, 73, 72, 68, 73)}
POINTS = [(f"{term} 2", f"{year}/{year - 1999}") for year in (2024, 2025) for term in ("Aut", "Spr", "Sum")]
SCORES = (
    (84, 88),
    (92, 103),
    (97, 95),
    (99, 90),
    (100, 100),
    (101, 108),
    (104, 97),
    (108, 111),
    (112, 109),
    (121, 118),
)


KINDS = (
    Kind("Sex", (Dot("Girls", 20, 30), Dot("Boys", 17, 28, base=True))),
    Kind("SEN", (Dot("SEN support", 2, 9), Dot("EHC plan or statement", 1, 3), Dot("No SEN", 34, 46, base=True))),
    Kind("Class", (Dot("4 Alder", 20, 29), Dot("4 Birch", 0, 0))),
)


SHARE_BARS = (Bar("EAL", 0, 0, "–"), Bar("Girls", 30, 58, "52%", "Sex"), Bar("Boys", 28, 58, "48%", "Sex"))


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


def grid_of_moves(*, linked: bool) -> SafeString:
    names = [band.name for band in BANDS]
    lines = [
        GridLine(
            names[i],
            [
                Cell(n, sum(counts), f"{names[i]}, then {names[j].lower()}", _way(i, j), "#charts" if linked else "")
                for j, n in enumerate(counts)
            ],
        )
        for i, counts in enumerate(FROM_TO)
    ]
    title = f"From Summer 2 to Autumn 2{', with links to the names' if linked else ''}"
    return heat_grid(lines, names, title=title, down="From Summer 2", across="To Autumn 2")


def _way(start: int, end: int) -> str:
    return "same" if start == end else "up" if end > start else "down"


def bars_of_moves() -> SafeString:
    rows = [
        Row(name, tuple(Share(way, n) for way, n in zip(WENT, counts, strict=True)))
        for name, counts in (("Reading", (17, 119, 21)), ("Writing", (12, 136, 10)), ("Maths", (25, 119, 0)))
    ]
    return stacked_bars(rows, title="Who moved up, stayed and moved down, by subject")


def lines_over_points() -> SafeString:
    series = [
        Series(name, [None if n is None else Fraction(n, 100) for n in shares], [*[False] * 5, True], name == "Reading")
        for name, shares in SHARES.items()
    ]
    return line_chart(series, POINTS, title="Share at expected or above over two years, by subject")


def beside_england() -> SafeString:
    """Four years of a figure, one of them without, beside another."""
    own = YearLine("This school", (Fraction(54), None, Fraction(62), Fraction(60)), ("54%", "", "62%", "60%"))
    other = YearLine(
        "England", (Fraction(60), Fraction(61), Fraction(62), None), ("60%", "61%", "62%", ""), beside=True
    )
    frame = Frame(("2023", "2024", "2025", "2026"), ("", "no pupils", "", ""), 0, 100, "%")
    return over_years([own, other], frame, title="Expected in all three, four years beside England")


def dots_of_scores() -> SafeString:
    marks = [(Fraction(mark), str(mark)) for mark in range(80, 131, 10)]
    ends = [Measure(f"Test of {term}", Fraction(100), "100", marks) for term in ("summer", "autumn")]
    spots = [Spot(Fraction(one), Fraction(two), i % 2) for i, (one, two) in enumerate(SCORES)]
    return scatter(
        spots, ends[0], ends[1], ("Girls", "Boys"), title="Scores of summer and autumn, a mark for each pupil"
    )


def drawings() -> dict[str, Any]:
    """The drawings of the gallery, and the figures beside them."""
    return {
        "bars": rows_of_bars(linked=False),
        "linked_bars": rows_of_bars(linked=True),
        "shares": [(row.label, row.shares, row.total) for row in rows_of_bars(linked=False)],
        "small_bar": tiny_bar(20, 30, beside=(33, 58)),
        "went": WENT,
        "drawings": (
            grid_of_moves(linked=False),
            grid_of_moves(linked=True),
            lines_over_points(),
            dots_of_scores(),
            beside_england(),
        ),
        "moves": bars_of_moves(),
        "dots": paired_dots(KINDS, whole=(37, 58), title="Year 4, writing: at expected or above, by group"),
        "circles": three_circles(
            ("Reading", "Writing", "Maths"),
            dict(zip((*REGIONS, frozenset[int]()), (24, 3, 6, 2, 4, 1, 5, 12), strict=True)),
            title="Year 4: at expected or above in all three, in two and in one",
        ),
        "share_bars": share_bars(SHARE_BARS, title="Year 4: who is in it"),
    }


def everything() -> dict[str, Any]:
    """The gallery's context. No clock: its dates are fixed, so that pictures of it can be compared."""
    return drawings() | {
        "bands": BANDS,
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
