"""Shares as dots: each where its share says, joined to what it is measured from, and said in words."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from itrack.ui.dots import LEFT, RIGHT, Dot, Kind, paired_dots

SVG = "{http://www.w3.org/2000/svg}"


def drawn(kinds: list[Kind], whole: tuple[int, int] = (1, 2), title: str = "Writing by group") -> etree._Element:
    svg = paired_dots(kinds, whole=whole, title=title)
    return etree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def place(n: int, of: int, most: int = 100) -> float:
    return (LEFT + (RIGHT - LEFT) * (100 * n / of) / most) / 10


def ends_at(picture: etree._Element) -> int:
    """The last mark of the axis."""
    return int([one.text for one in picture.iter(f"{SVG}text") if one.get("class") == "tick"][-1].rstrip("%"))


@given(st.integers(5, 400), st.data())
def test_a_dot_stands_where_its_share_is_and_is_joined_to_its_base(of, data):
    n, base = data.draw(st.integers(0, of)), data.draw(st.integers(0, of))

    picture = drawn([Kind("Sex", (Dot("Girls", n, of), Dot("Boys", base, of, base=True)))], whole=(n + base, 2 * of))

    [disc] = [one for one in picture.iter(f"{SVG}circle") if one.get("class") == "disc"]
    [join] = [one for one in picture.iter(f"{SVG}line") if one.get("class") == "join"]
    most = ends_at(picture)
    assert most == 100 or 100 * max(n, base) <= most * of
    assert abs(float(disc.get("cx")) - place(n, of, most)) <= 0.1
    assert abs(float(join.get("x1")) - place(base, of, most)) <= 0.1
    assert join.get("x2") == disc.get("cx")


def test_without_a_base_a_dot_is_joined_to_everybody():
    picture = drawn([Kind("Class", (Dot("4A", 5, 10),))], whole=(1, 4))

    [join] = [one for one in picture.iter(f"{SVG}line") if one.get("class") == "join"]
    [whole] = [one for one in picture.iter(f"{SVG}line") if one.get("class") == "whole"]
    assert join.get("x1") == whole.get("x1") == f"{place(1, 4, 50):g}"


def test_the_line_ends_where_small_shares_can_still_be_told_apart():
    small = drawn([Kind("Sex", (Dot("Girls", 1, 20), Dot("Boys", 1, 4, base=True)))], whole=(2, 24))
    everybody = drawn([Kind("Sex", (Dot("Girls", 1, 20),))], whole=(14, 20))

    assert (ends_at(small), ends_at(everybody)) == (25, 100)


def test_so_few_are_drawn_otherwise_and_nobody_is_not_drawn_at_all():
    picture = drawn([Kind("SEN", (Dot("Plan", 1, 4), Dot("Support", 0, 0)))])

    assert [one.get("class") for one in picture.iter(f"{SVG}path")] == ["few"]
    assert not [one for one in picture.iter(f"{SVG}circle") if one.get("class") == "disc"]
    assert "nobody counted" in [text.text for text in picture.iter(f"{SVG}text")]


def test_the_description_says_every_figure():
    picture = drawn([Kind("Sex", (Dot("Girls", 20, 30), Dot("Boys", 17, 28, base=True)))], whole=(37, 58))

    assert picture.findtext(f"{SVG}desc") == (
        "Everybody: 64%. Sex: Girls, 67%, 20 of 30; Boys, 61%, 17 of 28. The same figures are in the table."
    )


def test_a_name_that_looks_like_markup_is_only_a_name():
    hostile = '<script>alert("1")</script>'

    svg = paired_dots([Kind(hostile, (Dot(hostile, 1, 9),))], whole=(1, 9), title=hostile)

    assert "<script" not in svg
    assert "style=" not in svg
