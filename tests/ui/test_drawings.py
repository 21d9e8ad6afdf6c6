"""The grid, the lines and the scatter: whole drawings of any figures, told without colour and without sight."""

import re
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from itrack.ui.drawings.heat import SHADES, Cell, Line, heat_grid, shade_of
from itrack.ui.drawings.lines import NAME_GAP, TOP, Series, height_of, line_chart, moved_apart
from itrack.ui.drawings.scatter import FOOT, LEFT, RIGHT, Measure, Spot, scatter
from itrack.ui.drawings.scatter import TOP as FIELD_TOP
from itrack.ui.drawings.svg import lines_of
from itrack.ui.samples import dots_of_scores, grid_of_moves, lines_over_points

SVG = "{http://www.w3.org/2000/svg}"
names = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=60)
counts = st.lists(st.one_of(st.none(), st.integers(0, 4_000)), min_size=4, max_size=4)
shares = st.lists(st.one_of(st.none(), st.fractions(0, 1)), min_size=5, max_size=5)


def read(svg: str) -> etree._Element:
    return etree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def told(drawing: etree._Element) -> str:
    return " ".join(drawing.itertext(f"{SVG}desc"))


def ids(drawing: etree._Element) -> list[str]:
    return [part.get("id", "") for part in drawing.iter() if part.get("id")]


@given(st.lists(st.tuples(names, counts), max_size=5), names)
def test_any_figures_and_names_give_a_whole_grid(rows, name: str) -> None:
    lines = [Line(label, [Cell(n, 4_000, name, "up", "/names?cell=1") for n in cells]) for label, cells in rows]

    drawing = read(heat_grid(lines, ["a", "b", "c", name], title=name, down=name, across=name))

    assert len(list(drawing.iter(f"{SVG}rect"))) == 4 * len(rows)
    assert len(ids(drawing)) == len(set(ids(drawing))) == 2
    linked = [link.get("aria-label", "") for link in drawing.iter(f"{SVG}a")]
    assert len(linked) == sum(1 for _, cells in rows for n in cells if n)
    assert all(re.search(r": [\d,]+ pupils?$", said) for said in linked)


@given(st.integers(0, 4_000), st.integers(1, 4_000))
def test_the_shade_grows_with_the_number_and_tells_somebody_from_nobody(n: int, most: int) -> None:
    n = min(n, most)

    assert 0 <= shade_of(n, most) <= SHADES
    assert (shade_of(n, most) == 0) == (n == 0)
    assert shade_of(most, most) == SHADES
    assert shade_of(n, most) <= shade_of(min(n + 1, most), most)


def test_the_grid_says_its_figures_and_which_way_they_went() -> None:
    drawing = read(grid_of_moves(linked=False))

    assert drawing.get("role") == "img"
    assert "Expected: below 0, working towards 6 (lower), expected 68 (the same), greater depth 11 (higher)." in (
        told(drawing)
    )
    ways = [part.get("class") for part in drawing.iter() if "way" in part.get("class", "")]
    assert len(ways) == 6, "a triangle in each cell of pupils who moved"
    assert len([part for part in drawing.iter() if part.get("class") == "diagonal"]) == 4


def test_a_linked_grid_is_a_group_of_named_links() -> None:
    drawing = read(grid_of_moves(linked=True))

    assert drawing.get("role") == "group"
    assert "Expected, then greater depth: 11 pupils" in [link.get("aria-label") for link in drawing.iter(f"{SVG}a")]


def test_a_figure_held_back_is_not_drawn_and_has_no_link() -> None:
    cells = [Cell(None, 0, "held", "same", "/names"), Cell(3, 3, "three", "up", "/names")]

    drawing = read(heat_grid([Line("Below", cells)], ["Below", "Expected"], title="t", down="d", across="a"))

    assert "below held back" in told(drawing)
    assert len(list(drawing.iter(f"{SVG}a"))) == 1


@given(st.lists(st.tuples(names, shares), max_size=8))
def test_any_shares_give_whole_lines_within_the_field(rows) -> None:
    series = [Series(name, held, [False, True, False, True, False]) for name, held in rows]
    points = [("Aut 1", "2024/25"), ("Spr 1", "2024/25"), ("Aut 1", "2025/26"), ("Spr 1", "2025/26"), ("x", "y")]

    drawing = read(line_chart(series, points, title="t"))

    marks = [part for part in drawing.iter() if part.get("class", "").startswith("mark")]
    some = sum(1 for _, held in rows if any(share is not None for share in held))
    assert len(marks) == some + sum(1 for _, held in rows for share in held if share is not None)
    assert len(ids(drawing)) == len(set(ids(drawing)))


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_a_higher_share_stands_higher(one: Fraction, two: Fraction) -> None:
    low, high = sorted((one, two))

    assert height_of(high, 270) <= height_of(low, 270)
    assert (height_of(Fraction(0), 270), height_of(Fraction(1), 270)) == (270, TOP)


@given(st.lists(st.integers(TOP, 270), max_size=11))
def test_names_of_lines_never_stand_upon_one_another_nor_change_their_order(heights) -> None:
    placed = moved_apart(dict(enumerate(heights)), 270)

    in_order = sorted(placed.values())
    assert all(later - earlier >= NAME_GAP for earlier, later in pairwise(in_order))
    assert all(y <= 270 for y in in_order)
    by_line = sorted(placed, key=lambda i: (heights[i], i))
    assert [placed[i] for i in by_line] == in_order


def test_the_lines_say_each_share_and_leave_out_what_is_not_known() -> None:
    said = told(read(lines_over_points()))

    assert "Reading: Aut 2, 2024/25, 70%;" in said
    assert "Writing: Aut 2, 2024/25, 63%; Spr 2, 2024/25, 65%" in said
    assert said.count("Aut 2, 2025/26") == 2, "of the three lines one was not counted there"


@given(st.lists(st.tuples(st.integers(70, 130), st.integers(70, 130), st.integers(0, 3)), min_size=1, max_size=30))
def test_every_mark_of_a_scatter_lies_in_the_field(dots) -> None:
    marks = [(Fraction(mark), str(mark)) for mark in range(70, 131, 10)]
    axis = Measure("Test", Fraction(100), "100", marks)
    spots = [Spot(Fraction(one), Fraction(two), group) for one, two, group in dots]

    drawing = read(scatter(spots, axis, axis, ("A", "B", "C", "D"), title="t"))

    drawn = [part for part in drawing.iter() if part.get("class", "").startswith("spot")]
    assert len(drawn) == len(set(dots)) + 4, "and one of each shape in the key"
    for part in drawn[: len(set(dots))]:
        x, y = map(int, re.findall(r"-?\d+", part.get("transform", "").partition(")")[0]))
        assert LEFT <= x <= RIGHT
        assert FIELD_TOP <= y <= FOOT


def test_the_scatter_says_how_many_are_in_each_corner() -> None:
    said = told(read(dots_of_scores()))

    assert "10 pupils: at or above 100 across and at or above 100 up, 5;" in said
    assert "below 100 across and at or above 100 up, 1" in said
    assert "Across: Test of summer. Up: Test of autumn." in said


@given(names, st.integers(6, 30))
def test_words_are_broken_on_two_lines_at_most(words: str, most: int) -> None:
    assert len(lines_of(words, most)) <= 2
