"""Three circles: seven regions that share no point and together fill the circles, each with its own number."""

import re
from math import atan2, cos, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from itrack.ui.circles import CENTRES, RADIUS, REGIONS, region_name, three_circles

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("Reading", "Writing", "Maths")


def drawn(counts: dict[frozenset[int], int]) -> etree._Element:
    svg = three_circles(NAMES, counts, title="Year 4: all three")
    return etree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def outline(path: str) -> list[tuple[float, float]]:
    """The path as a polygon of many points, its arcs followed as a browser follows them."""
    at = tuple(float(one) for one in re.match(r"M([\d.]+) ([\d.]+)", path).groups())
    points = [at]
    for large, way, x, y in re.findall(rf"A{RADIUS:g} {RADIUS:g} 0 ([01]) ([01]) ([\d.]+) ([\d.]+)", path):
        end = float(x), float(y)
        points += _arc(at, end, large == "1", way == "1")
        at = end
    return points


def _arc(start, end, large: bool, clockwise: bool) -> list[tuple[float, float]]:
    """Of the circles of that radius through both ends the one that the two flags choose, as SVG defines them."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    half = (dx**2 + dy**2) ** 0.5 / 2
    off = (RADIUS**2 - half**2) ** 0.5 / (2 * half)
    side = -1 if large == clockwise else 1
    cx, cy = (start[0] + end[0]) / 2 - side * off * dy, (start[1] + end[1]) / 2 + side * off * dx
    first, last = (atan2(y - cy, x - cx) for x, y in (start, end))
    turn = (last - first) % (2 * pi) if clockwise else -((first - last) % (2 * pi))
    return [(cx + RADIUS * cos(first + turn * i / 40), cy + RADIUS * sin(first + turn * i / 40)) for i in range(1, 41)]


def holds(polygon: list[tuple[float, float]], x: float, y: float) -> bool:
    crossings = 0
    for (a, b), (c, d) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
            crossings += 1
    return crossings % 2 == 1


SHAPES = [
    outline(part.get("d")) for part in drawn({}).iter(f"{SVG}path") if part.get("class", "").startswith("region ")
]


@given(st.floats(20, 560), st.floats(20, 410))
def test_a_point_is_in_the_region_of_exactly_the_circles_it_is_in(x, y):
    far = [((x - u) ** 2 + (y - v) ** 2) ** 0.5 - RADIUS for u, v in CENTRES]
    if any(abs(one) < 1 for one in far):
        return  # on an edge, as far as forty pieces an arc can tell
    circles = frozenset(place for place, one in enumerate(far) if one < 0)

    inside = [places for places, shape in zip(REGIONS, SHAPES, strict=True) if holds(shape, x, y)]

    assert inside == ([circles] if circles else [])


@pytest.mark.parametrize("places", REGIONS, ids=lambda places: region_name(places, NAMES))
def test_each_number_stands_in_its_own_region(places):
    picture = drawn({places: 1204})

    [number] = [one for one in picture.iter(f"{SVG}text") if "number" in one.get("class", "") and one.text == "1,204"]

    shape = SHAPES[REGIONS.index(places)]
    assert holds(shape, float(number.get("x")), float(number.get("y")) - 7)


def test_the_names_say_how_many_are_in_each_circle_and_in_none():
    counts = {frozenset({0, 1, 2}): 24, frozenset({0, 1}): 3, frozenset({2}): 2, frozenset(): 7}

    picture = drawn(counts)

    said = {one.text for one in picture.iter(f"{SVG}text") if one.get("class") == "label"}
    assert said == {"Reading 27", "Writing 27", "Maths 26", "None 7"}
    assert picture.findtext(f"{SVG}desc").startswith("All three: 24 pupils. Reading and Writing, not Maths: 3 pupils. ")
    assert "Maths only: 2 pupils. In none of the three: 7 pupils." in picture.findtext(f"{SVG}desc")


def test_regions_differ_by_pattern_and_names_are_only_names():
    svg = three_circles(("<script>", "B", "C"), {}, title="<b>")

    assert "<script>" not in svg
    assert "style=" not in svg
    assert len(re.findall(r'fill="url\(#c\w+-2\)"', svg)) == 3
    assert len(re.findall(r'fill="url\(#c\w+-3\)"', svg)) == 1
