"""One share a bar: as long as its share on a scale that the axis names."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from itrack.ui.sharebars import LEFT, RIGHT, SCALES, Bar, share_bars

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars: Bar) -> etree._Element:
    svg = share_bars(bars, title="Year 4: who is in it")
    return etree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def runs(picture: etree._Element) -> list[float]:
    return [float(one.get("width")) for one in picture.iter(f"{SVG}rect") if one.get("class") == "run"]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=8))
def test_every_bar_is_as_long_as_its_share_on_the_scale_of_the_axis(drawn_shares):
    shares = [(min(pair), max(pair)) for pair in drawn_shares]

    picture = drawn(*(Bar("EAL", n, of, f"{n}") for n, of in shares))

    most = int([one.text for one in picture.iter(f"{SVG}text") if one.get("class") == "tick"][-1].rstrip("%"))
    assert most in SCALES
    assert max(n / of for n, of in shares) * 100 <= most
    for (n, of), run in zip(shares, runs(picture), strict=True):
        assert abs(run - (RIGHT - LEFT) / 10 * (100 * n / of) / most) <= 0.1


def test_of_nobody_there_is_no_bar_and_the_figure_is_as_it_was_given():
    picture = drawn(Bar("EAL", 0, 0, "–"), Bar("Girls", 1, 2, "50%", "Sex"))

    assert runs(picture)[0] == 0
    assert {"–", "50%", "Sex"} <= {one.text for one in picture.iter(f"{SVG}text")}
    assert "Girls, 50%, 1 of 2 pupils." in picture.findtext(f"{SVG}desc")


def test_a_name_that_looks_like_markup_is_only_a_name():
    assert "<script" not in share_bars([Bar("<script>", 1, 2, "<b>", "<i>")], title="<script>")
