"""Three overlapping circles with a number in each of their seven regions and one outside: a drawing as SVG.

    three_circles(("Reading", "Writing", "Maths"), {frozenset({0, 1, 2}): 24, frozenset({0}): 5, …}, title="…")

Every region is a path of its own, bounded by arcs of the circles, so no two overlap and each has its own pattern. The
circles are of one size whatever the numbers; the numbers are written.
"""

from collections.abc import Mapping
from hashlib import blake2s
from math import cos, pi, sin, sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from itrack.ui import words

RADIUS, APART = 118.0, 132.0
MIDDLE = (290.0, 196.0)
# The first circle at the top left, the second at the top right, the third below.
_OUT = APART / sqrt(3)
CENTRES = tuple((MIDDLE[0] + _OUT * cos(turn), MIDDLE[1] + _OUT * sin(turn)) for turn in (-5 * pi / 6, -pi / 6, pi / 2))
NAMES_AT = ((104, 34, "middle"), (476, 34, "middle"), (290, 412, "middle"))
Point = tuple[float, float]
Arc = tuple[int, Point]
CLASSES = {1: "in-one", 2: "in-two", 3: "in-three"}
PATTERNS = SafeString(
    '<pattern id="{id}-2" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="hatch" x1="0" y1="0" x2="0" y2="7"/></pattern>'
    '<pattern id="{id}-3" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<circle class="grain" cx="2" cy="2" r=".9"/><circle class="grain" cx="6" cy="6" r=".9"/></pattern>'
)


def three_circles(
    names: tuple[str, str, str],
    counts: Mapping[frozenset[int], int],
    *,
    title: str,
    css: str = "e",
    noun: str = "pupil",
) -> SafeString:
    """`counts` maps each set of places of `names` to how many are in just those circles; a set left out is nobody."""
    told = sorted((sorted(places), n) for places, n in counts.items())
    chart = f"c{blake2s(repr((title, names, told)).encode(), digest_size=4).hexdigest()}"
    return format_html(
        '<svg class="chart circles fill-of-{}" viewBox="0 0 580 430" role="img" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{}</title><desc id="{id}-d">{}</desc><defs>{}</defs>{}{}{}</svg>',
        css,
        title,
        _sentences(names, counts, noun),
        format_html(PATTERNS, id=chart),
        format_html_join("", "{}", ((_region(places, chart),) for places in REGIONS)),
        format_html_join("", "{}", ((_number(places, counts.get(places, 0)),) for places in REGIONS)),
        _around(names, counts),
        id=chart,
    )


def _sentences(names: tuple[str, str, str], counts: Mapping[frozenset[int], int], noun: str) -> str:
    told = [f"{region_name(places, names)}: {words.count_of(counts.get(places, 0), noun)}." for places in REGIONS]
    none = f"In none of the three: {words.count_of(counts.get(frozenset(), 0), noun)}."
    return " ".join([*told, none, "The same figures are in the table."])


def region_name(places: frozenset[int], names: tuple[str, str, str]) -> str:
    """ "Reading and Writing, not Maths"."""
    if len(places) == len(names):
        return "All three"
    inside = " and ".join(names[place] for place in sorted(places))
    return f"{inside} only" if len(places) == 1 else f"{inside}, not {names[next(iter({0, 1, 2} - places))]}"


def _crossing(one: int, other: int, *, inner: bool) -> Point:
    """Where two circles cross, inside or outside the third."""
    (x, y), (u, v) = CENTRES[one], CENTRES[other]
    reach = sqrt(RADIUS**2 - (APART / 2) ** 2) / APART
    third = CENTRES[3 - one - other]
    found = [((x + u) / 2 + way * reach * (v - y), (y + v) / 2 - way * reach * (u - x)) for way in (1, -1)]
    return sorted(found, key=lambda at: (at[0] - third[0]) ** 2 + (at[1] - third[1]) ** 2)[0 if inner else 1]


def arcs(places: frozenset[int]) -> tuple[Point, list[Arc]]:
    """Where the region's edge starts, and its three arcs as (circle, end)."""
    if len(places) == 3:
        a, b, c = 0, 1, 2
        return _crossing(a, b, inner=True), [
            (b, _crossing(b, c, inner=True)),
            (c, _crossing(c, a, inner=True)),
            (a, _crossing(a, b, inner=True)),
        ]
    if len(places) == 2:
        (a, b), [c] = sorted(places), {0, 1, 2} - places
        start = _crossing(a, b, inner=False)
        return start, [(a, _crossing(c, a, inner=True)), (c, _crossing(b, c, inner=True)), (b, start)]
    [a], (b, c) = places, sorted({0, 1, 2} - places)
    start = _crossing(a, b, inner=False)
    return start, [(a, _crossing(c, a, inner=False)), (c, _crossing(b, c, inner=True)), (b, start)]


def _region(places: frozenset[int], chart: str) -> SafeString:
    path = _path(places)
    solid = format_html('<path class="region {}" d="{}"/>', CLASSES[len(places)], path)
    if len(places) == 1:
        return solid
    return solid + format_html('<path d="{}" fill="url(#{}-{})"/>', path, chart, len(places))


def _path(places: frozenset[int]) -> str:
    start, edge = arcs(places)
    told, before = [f"M{_at(start)}"], start
    for circle, end in edge:
        # Only the outer edge of a region of one circle is longer than half of it.
        large = int(len(places) == 1 and circle in places)
        told.append(f"A{RADIUS:g} {RADIUS:g} 0 {large} {_way(circle, before, end, places)} {_at(end)}")
        before = end
    return "".join([*told, "Z"])


def _way(circle: int, start: Point, end: Point, places: frozenset[int]) -> int:
    """Whether the arc runs clockwise, as it does where it is the shorter way or, of a single circle, the longer."""
    x, y = CENTRES[circle]
    turn = (start[0] - x) * (end[1] - y) - (start[1] - y) * (end[0] - x)
    shorter = int(turn > 0)
    return 1 - shorter if len(places) == 1 and circle in places else shorter


def _middle(places: frozenset[int]) -> Point:
    """Where the number of a region stands."""
    if len(places) == 3:
        return MIDDLE
    x, y = (sum(CENTRES[place][axis] for place in places) / len(places) for axis in (0, 1))
    far = 1.62 if len(places) == 1 else 1.95
    return MIDDLE[0] + far * (x - MIDDLE[0]), MIDDLE[1] + far * (y - MIDDLE[1])


def _number(places: frozenset[int], n: int) -> SafeString:
    x, y = _middle(places)
    said = words.figure(n)
    half = 8 + 6 * len(said)
    plate = format_html(
        '<rect class="under" x="{}" y="{}" width="{}" height="28" rx="4"/>', _one(x - half), _one(y - 15), 2 * half
    )
    text = format_html(
        '<text class="number{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        *(" all-three" if len(places) == 3 else "", _one(x), _one(y + 7), said),
    )
    return (plate if len(places) > 1 else SafeString("")) + text


def _around(names: tuple[str, str, str], counts: Mapping[frozenset[int], int]) -> SafeString:
    """The names of the circles with how many are in each, and who is in none."""
    reached = [sum(n for places, n in counts.items() if place in places) for place in range(3)]
    told = format_html_join(
        "",
        '<text class="label" x="{}" y="{}" text-anchor="{}">{} {}</text>',
        ((*at, name, words.figure(n)) for at, name, n in zip(NAMES_AT, names, reached, strict=True)),
    )
    none = words.figure(counts.get(frozenset(), 0))
    return told + format_html('<text class="label" x="4" y="412">None {}</text>', none)


def _at(point: Point) -> str:
    return f"{_one(point[0])} {_one(point[1])}"


def _one(length: float) -> str:
    """To one decimal."""
    return f"{length:.1f}"


REGIONS = tuple(frozenset(places) for places in ((0, 1, 2), (0, 1), (0, 2), (1, 2), (0,), (1,), (2,)))
