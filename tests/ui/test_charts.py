import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from itrack.ui.charts import RIGHT, Row, Share, edges, stacked_bars, tiny_bar
from itrack.ui.samples import BANDS, rows_of_bars

SVG = "{http://www.w3.org/2000/svg}"
counts = st.lists(st.integers(0, 5_000), min_size=4, max_size=4)
labels = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=60)


def drawn(rows: list[Row]) -> etree._Element:
    svg = stacked_bars(rows, title="Year 4: share of pupils in each band").replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1
    )
    return etree.fromstring(svg)


def row(label: str, *numbers: int, url: str = "") -> Row:
    return Row(label, tuple(Share(band, n) for band, n in zip(BANDS, numbers, strict=True)), url)


@given(counts)
def test_the_parts_of_a_bar_meet_and_fill_it_exactly(numbers: list[int]) -> None:
    picture = drawn([row("Reading", *numbers)])

    parts = [
        (float(part.get("x", "")), float(part.get("width", "")))
        for part in picture.iter(f"{SVG}rect")
        if "seg" in part.get("class", "")
    ]

    assert all(width > 0 for _, width in parts)
    for (x, width), (following, _) in pairwise(parts):
        assert round(x + width, 1) == following
    if sum(numbers):
        assert parts[0][0] == 78
        assert round(sum(width for _, width in parts), 1) == round(RIGHT / 10 - 78, 1)


@given(counts, st.integers(0, 3_000), st.integers(1, 6_000))
def test_edges_never_go_back_and_end_where_the_bar_does(numbers: list[int], left: int, length: int) -> None:
    at = edges([*numbers, 1], left, left + length)

    assert at == sorted(at)
    assert (at[0], at[-1]) == (left, left + length)


@given(st.lists(st.builds(lambda label, numbers: row(label, *numbers), labels, counts), max_size=5))
def test_any_figures_and_names_give_a_whole_drawing(rows: list[Row]) -> None:
    picture = drawn(rows)

    lengths = [
        value
        for part in picture.iter()
        for name in ("x", "y", "width", "height", "x1", "x2", "y1", "y2")
        if (value := part.get(name)) is not None
    ]
    assert all(re.fullmatch(r"\d+(\.\d)?", value) for value in lengths)
    assert not [part for part in picture.iter() if part.get("style") is not None]


def test_a_name_that_looks_like_markup_is_only_a_name() -> None:
    hostile = '<script>alert("1")</script>'

    svg = stacked_bars([row(hostile, 1, 2, 3, 4, url='/x" onload="y')], title=hostile)

    assert "<script" not in svg
    assert ' onload="' not in svg


def test_a_row_held_back_says_so_and_draws_no_share() -> None:
    picture = drawn([Row("Music", (), held=True)])

    assert "held back" in [text.text for text in picture.iter(f"{SVG}text")]
    assert "Music: held back." in (picture.findtext(f"{SVG}desc") or "")
    assert not [part for part in picture.iter(f"{SVG}rect") if "seg" in part.get("class", "")]


def test_a_row_without_pupils_says_so_and_draws_no_share() -> None:
    picture = drawn([row("Music", 0, 0, 0, 0)])

    said = [text.text for text in picture.iter(f"{SVG}text")]
    assert "no pupils" in said
    assert "Music: no pupils." in (picture.findtext(f"{SVG}desc") or "")
    assert not [part for part in picture.iter(f"{SVG}rect") if "seg" in part.get("class", "")]


def test_the_description_gives_every_share_with_how_many_it_is_of() -> None:
    picture = drawn([row("Reading", 5, 12, 31, 10)])

    assert picture.findtext(f"{SVG}desc") == (
        "Reading, 58 pupils: below 9%, working towards 21%, expected 53%, greater depth 17%. "
        "The same figures are in the table."
    )


def test_two_drawings_on_a_page_share_no_id() -> None:
    first = stacked_bars(rows_of_bars(linked=False), title="Autumn 1")
    second = stacked_bars(rows_of_bars(linked=False), title="Autumn 2")
    again = stacked_bars(rows_of_bars(linked=False), title="Autumn 1", key="again")

    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (first, second, again)]

    assert not ids[0] & ids[1]
    assert not ids[0] & ids[2]
    assert set(re.findall(r"url\(#([^)]+)\)", first)) <= ids[0]


def test_links_to_names_are_reachable_in_a_drawing_read_aloud() -> None:
    picture = drawn([row("Reading", 5, 12, 31, 10, url="/names/reading")])

    assert picture.get("role") == "group"
    assert [link.get("href") for link in picture.iter(f"{SVG}a")] == ["/names/reading"]
    assert [bar.get("aria-label", "")[:19] for bar in picture.iter(f"{SVG}g")] == ["Reading, 58 pupils:"]


def test_a_small_bar_of_nobody_is_empty() -> None:
    assert 'width="0" height="11"' in tiny_bar(0, 0, beside=(0, 0))
