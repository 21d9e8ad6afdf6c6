"""The pages on which a school sets up the marks it gives."""

import re

import pytest
import time_machine

from itrack.curriculum.api import mark_options, scheme
from itrack.foundation.tenancy.windows import reading
from tests.cast import NOW, Cast
from tests.curriculum.test_subject_pages import followed, marked, refused

PAGE = "/school/scheme"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def codes(cast: Cast) -> list[str]:
    with reading(cast.oakfield):
        return [option.code for option in mark_options(school=cast.oakfield)]


def held(cast: Cast, code_held: str, /, **changed: str) -> tuple[int, dict[str, str]]:
    """A mark's id and its form as the page gives it, with some fields typed over."""
    with reading(cast.oakfield):
        line = next(line for line in scheme(school=cast.oakfield).options if line.code == code_held)
    facts = line.facts
    return line.id, {"code": facts.code, "name": facts.name, "band": facts.band, "seen": facts.seen} | changed


def test_marks_are_added_edited_moved_and_removed_while_nothing_uses_them(cast: Cast) -> None:
    hana = cast.client("hana")

    followed(hana, f"{PAGE}/add", {"code": "exs", "name": "Secure", "band": "expected"})
    assert codes(cast) == ["B", "W", "E", "G", "A", "EXS"]
    option, form = held(cast, "EXS", code="SEC", band="greater")
    followed(hana, f"{PAGE}/{option}/save", form)
    with reading(cast.oakfield):
        seen = scheme(school=cast.oakfield).seen
    said = followed(hana, f"{PAGE}/{option}/up", {"seen": seen})
    assert codes(cast) == ["B", "W", "E", "G", "SEC", "A"]
    refused(hana, f"{PAGE}/{option}/up", {"seen": seen}, 409)
    undo = re.search(r'action="(/school/scheme/undo/\d+[^"]*)"', said)
    assert undo
    followed(hana, undo[1], {})
    assert codes(cast)[-1] == "SEC"
    followed(hana, f"{PAGE}/{option}/remove", {})
    assert codes(cast) == ["B", "W", "E", "G", "A"]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"code": "E", "name": "Extra"}, "There is a mark with the code E already."),
        ({"code": "e", "name": "Extra"}, "There is a mark with the code E already."),
        ({"code": "ABCDEFG", "name": "Seven"}, "A code begins with a letter or a digit and has up to six"),
        ({"code": "=E1", "name": "Formula"}, "A code begins with a letter or a digit"),
        ({"code": "-E", "name": "Formula"}, "A code begins with a letter or a digit"),
        ({"code": "2:E", "name": "Another year"}, "A code begins with a letter or a digit"),
        ({"code": "", "name": "None"}, "A mark needs a code."),
        ({"code": "X", "name": ""}, "A mark needs a name."),
        ({"code": "X", "name": "Ecks\u200b"}, "The name holds a character that cannot be seen."),
        ({"code": "X", "name": "Ecks", "band": "best"}, "Choose a band from the list, or none."),
    ],
)
def test_a_mark_that_cannot_be_is_said(cast: Cast, form: dict[str, str], sentence: str) -> None:
    assert sentence in refused(cast.client("hana"), f"{PAGE}/add", form, 422)
    assert codes(cast) == ["B", "W", "E", "G", "A"]


def test_once_marks_use_the_scheme_only_names_change(cast: Cast) -> None:
    marked(cast, "Reading")
    hana = cast.client("hana")
    option, form = held(cast, "W", name="Working towards it", code="Z", band="greater")

    followed(hana, f"{PAGE}/{option}/save", form)
    assert held(cast, "W")[1]["name"] == "Working towards it"
    assert held(cast, "W")[1]["band"] == "towards"
    for deed, typed in (("add", {"code": "X", "name": "Ecks"}), (f"{option}/up", {}), (f"{option}/remove", {})):
        assert "its codes, bands and order stand" in refused(hana, f"{PAGE}/{deed}", typed, 409)
    assert "its codes, bands and order stand" in hana.get(PAGE).content.decode()
    assert codes(cast) == ["B", "W", "E", "G", "A"]


def test_a_change_of_meaning_is_not_taken_back_once_marks_use_the_scheme(cast: Cast) -> None:
    hana = cast.client("hana")
    option, form = held(cast, "G", code="GD")
    said = followed(hana, f"{PAGE}/{option}/save", form)
    marked(cast, "Reading")

    undo = re.search(r'action="(/school/scheme/undo/\d+[^"]*)"', said)
    assert undo
    assert "Nothing was taken back." in refused(hana, undo[1], {}, 409)
    assert "GD" in codes(cast)


def test_the_second_of_two_editors_is_answered(cast: Cast) -> None:
    option, late = held(cast, "A", name="Away")
    followed(cast.client("ada"), f"{PAGE}/{option}/save", held(cast, "A", name="Not there")[1])

    said = refused(cast.client("hana"), f"{PAGE}/{option}/save", late, 409)

    assert "it is now A, Not there" in said


def test_a_school_without_marks_is_offered_the_usual_ones(cast: Cast) -> None:
    hana = cast.client("hana")
    for code in codes(cast):
        followed(hana, f"{PAGE}/{held(cast, code)[0]}/remove", {})

    followed(hana, f"{PAGE}/start", {})

    assert codes(cast) == ["B", "W", "E", "G", "A"]
    refused(hana, f"{PAGE}/start", {}, 409)


@pytest.mark.parametrize("who", ["olu", "sena", "tom", "asha", "gus"])
def test_others_may_not_open_or_change_it(cast: Cast, who: str) -> None:
    client, (option, form) = cast.client(who), held(cast, "A")

    assert client.get(PAGE).status_code == client.get(f"{PAGE}/{option}").status_code == 403
    for deed in ("add", "start", "undo/1", f"{option}/save", f"{option}/up", f"{option}/remove"):
        assert client.post(f"{PAGE}/{deed}", form).status_code == 403


def test_the_other_schools_marks_are_not_there(cast: Cast) -> None:
    with reading(cast.thornhill):
        theirs = mark_options(school=cast.thornhill)[0].id
    hana = cast.client("hana")

    assert hana.get(f"{PAGE}/{theirs}").status_code == 404
    for deed in ("save", "up", "remove"):
        assert hana.post(f"{PAGE}/{theirs}/{deed}", held(cast, "A")[1]).status_code == 404
