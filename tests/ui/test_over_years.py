"""A figure over the years beside another: every year in words, gaps left open, nothing outside the drawing."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from itrack.ui.drawings.over_years import Frame, Series, over_years

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ("2023", "2024", "2025", "2026")
values = st.lists(st.none() | st.fractions(0, 100), min_size=4, max_size=4)


def drawn(own: list[Fraction | None], other: list[Fraction | None]) -> etree._Element:
    series = [
        Series("This school", own, [f"{one}%" for one in own]),
        Series("England", other, [f"{one}%" for one in other], beside=True),
    ]
    gaps = ["none" if one is None else "" for one in own]
    svg = over_years(series, Frame(YEARS, gaps, 0, 100, "%"), title="Four years")
    return etree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


@given(values, values)
def test_each_year_that_has_a_figure_has_a_mark_in_the_drawing(
    own: list[Fraction | None], other: list[Fraction | None]
) -> None:
    picture = drawn(own, other)

    dots, squares = picture.findall(f".//{SVG}circle"), picture.findall(f".//{SVG}rect")
    assert len(dots) == sum(one is not None for one in own)
    assert len(squares) == sum(one is not None for one in other)
    assert all(0 <= float(dot.get("cx")) <= 580 and 0 <= float(dot.get("cy")) <= 226 for dot in dots)


@given(values, values)
def test_a_line_is_drawn_between_neighbouring_years_alone(
    own: list[Fraction | None], other: list[Fraction | None]
) -> None:
    lines = [line for line in drawn(own, other).findall(f".//{SVG}line") if line.get("class") == "own"]

    assert len(lines) == sum(one is not None and two is not None for one, two in pairwise(own))


def test_the_description_says_every_year_and_that_one_has_none() -> None:
    told = drawn([Fraction(54), None, Fraction(62), Fraction(60)], [None] * 4).find(f"{SVG}desc").text

    assert "This school: 2023 54%, 2024 none, 2025 62%, 2026 60%." in told
