"""The pages on which a school says what it assesses."""

import re

import pytest
import time_machine

from itrack.curriculum.api import assessment_lines, subjects
from itrack.foundation.tenancy.windows import reading
from tests.cast import NOW, Cast
from tests.curriculum.test_subject_pages import followed, marked, refused

PAGE = "/school/assessments"
USUAL = ["Standardised test", "Practice test (scaled score)", "Reading age", "Practice test (%)"]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def lines(cast: Cast, school: int = 0):
    with reading(school or cast.oakfield):
        return assessment_lines(school=school or cast.oakfield)


def names(cast: Cast) -> list[str]:
    return [line.name for line in lines(cast)]


def named(cast: Cast, name: str):
    return next(line for line in lines(cast) if line.name == name)


def of_subject(cast: Cast, name: str) -> int:
    with reading(cast.oakfield):
        return next(subject for subject, held in subjects(school=cast.oakfield) if held == name)


def undone(client, said: str) -> str:
    found = re.search(r'action="(/school/scheme/undo/\d+[^"]*)"', said)
    assert found
    return followed(client, found[1], {})


def test_the_usual_ones_are_added_at_once_and_taken_back(cast: Cast) -> None:
    hana = cast.client("hana")

    said = followed(hana, f"{PAGE}/usual", {})

    assert names(cast) == ["Main assessment", *USUAL]
    assert named(cast, "Practice test (scaled score)").of == ("Reading", "Maths")
    assert "4 assessments added" in said
    assert "are all there already" in refused(hana, f"{PAGE}/usual", {}, 409)
    undone(hana, said)
    assert names(cast) == ["Main assessment"]


@pytest.mark.parametrize("kind", ["relative", "ladder", "coded", "standardised", "scaled", "age", "percentage"])
def test_an_assessment_of_any_kind_begins_with_a_scheme_that_works(cast: Cast, kind: str) -> None:
    hana = cast.client("hana")

    followed(hana, f"{PAGE}/add", {"name": " Summer  paper", "scheme": f"new-{kind}"})
    line = named(cast, "Summer paper")
    page = hana.get(f"{PAGE}/schemes/{line.scheme}").content.decode()

    assert (line.kind, line.scheme_name, line.version) == (kind, "Summer paper", 1)
    assert "Absent for the assessment" in page
    assert hana.get(f"{PAGE}/schemes/{line.scheme}/bands").status_code == 200


def test_an_assessment_is_renamed_restricted_moved_and_kept_as_history(cast: Cast) -> None:
    hana = cast.client("hana")
    followed(hana, f"{PAGE}/add", {"name": "Paper A", "scheme": "new-relative"})
    followed(hana, f"{PAGE}/add", {"name": "Paper B", "scheme": "new-scaled"})
    held, maths = named(cast, "Paper B"), of_subject(cast, "Maths")

    form = {"name": "Paper C", "subjects": [maths], "seen": held.seen}
    followed(hana, f"{PAGE}/{held.id}/save", form)
    followed(hana, f"{PAGE}/{held.id}/up", {"seen": lines(cast).seen})
    said = followed(hana, f"{PAGE}/{held.id}/history", {})

    assert names(cast) == ["Main assessment", "Paper C", "Paper A"]
    assert (named(cast, "Paper C").of, named(cast, "Paper C").read_only) == (("Maths",), True)
    undone(hana, said)
    assert not named(cast, "Paper C").read_only
    followed(hana, f"{PAGE}/{held.id}/history", {})
    followed(hana, f"{PAGE}/{held.id}/take-up", {})
    assert not named(cast, "Paper C").read_only


def test_a_judgement_can_become_the_main_assessment_and_a_test_cannot(cast: Cast) -> None:
    hana = cast.client("hana")
    followed(hana, f"{PAGE}/add", {"name": "Paper", "scheme": "new-scaled"})
    paper = named(cast, "Paper")

    assert "main assessment" in refused(hana, f"{PAGE}/{paper.id}/up", {"seen": lines(cast).seen}, 409)
    assert names(cast)[0] == "Main assessment"
    followed(hana, f"{PAGE}/add", {"name": "Teacher's view", "scheme": "new-relative"})
    view = named(cast, "Teacher's view")
    for _ in range(2):
        followed(hana, f"{PAGE}/{view.id}/up", {"seen": lines(cast).seen})
    assert names(cast)[0] == "Teacher's view"
    assert "main assessment" in refused(hana, f"{PAGE}/{view.id}/history", {}, 409)
    assert "Put another one first" in refused(hana, f"{PAGE}/{view.id}/remove", {}, 409)


def test_what_has_marks_stays_and_what_has_none_can_go(cast: Cast) -> None:
    marked(cast, "Reading")
    hana = cast.client("hana")
    followed(hana, f"{PAGE}/add", {"name": "Paper", "scheme": "new-coded"})
    paper, main = named(cast, "Paper"), named(cast, "Main assessment")

    followed(hana, f"{PAGE}/{paper.id}/up", {"seen": lines(cast).seen})
    assert "the record keeps it" in refused(hana, f"{PAGE}/{main.id}/remove", {}, 409)
    followed(hana, f"{PAGE}/{main.id}/up", {"seen": lines(cast).seen})
    followed(hana, f"{PAGE}/{paper.id}/remove", {})

    assert names(cast) == ["Main assessment"]
    said = hana.get(PAGE).content.decode()
    assert "Schemes that no assessment uses" in said
    assert "Paper" in said


def test_another_scheme_is_chosen_from_now_on(cast: Cast) -> None:
    hana = cast.client("hana")
    followed(hana, f"{PAGE}/add", {"name": "Paper", "scheme": "new-scaled"})
    main = named(cast, "Main assessment")

    followed(hana, f"{PAGE}/add", {"name": "Moderation", "scheme": str(main.scheme)})
    paper, both = named(cast, "Paper"), named(cast, "Moderation")

    assert both.scheme == main.scheme
    said = followed(hana, f"{PAGE}/{both.id}/scheme", {"scheme": str(paper.scheme)})
    assert named(cast, "Moderation").scheme == paper.scheme
    undone(hana, said)
    assert named(cast, "Moderation").scheme == main.scheme
    assert "main assessment" in refused(hana, f"{PAGE}/{main.id}/scheme", {"scheme": str(paper.scheme)}, 409)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "main ASSESSMENT", "scheme": "new-coded"}, "There is an assessment called main ASSESSMENT already."),
        ({"name": " ", "scheme": "new-coded"}, "An assessment needs a name."),
        ({"name": "x" * 41, "scheme": "new-coded"}, "A name has at most 40 characters."),
        ({"name": "Pap\u200ber", "scheme": "new-coded"}, "The name holds a character that cannot be seen."),
        ({"name": "Paper", "scheme": ""}, "Choose a scheme from the list."),
        ({"name": "Paper", "scheme": "new-magic"}, "Choose a scheme from the list."),
        ({"name": "Paper", "scheme": "999999"}, "Choose a scheme from the list."),
        ({"name": "Paper", "scheme": "new-coded", "subjects": ["999999"]}, "Choose subjects from the list."),
    ],
)
def test_an_assessment_that_cannot_be_is_said(cast: Cast, form: dict[str, object], sentence: str) -> None:
    assert sentence in refused(cast.client("hana"), f"{PAGE}/add", form, 422)
    assert names(cast) == ["Main assessment"]


def test_the_second_of_two_editors_is_answered(cast: Cast) -> None:
    main = named(cast, "Main assessment")
    late = {"name": "Judgement", "seen": main.seen}
    followed(cast.client("ada"), f"{PAGE}/{main.id}/save", {"name": "Teacher assessment", "seen": main.seen})

    said = refused(cast.client("hana"), f"{PAGE}/{main.id}/save", late, 409)

    assert "it is now called Teacher assessment" in said


@pytest.mark.parametrize("who", ["olu", "sena", "tom", "asha", "gus", "tara"])
def test_others_may_not_open_or_change_them(cast: Cast, who: str) -> None:
    client, main = cast.client(who), named(cast, "Main assessment")

    for page in (PAGE, f"{PAGE}/{main.id}", f"{PAGE}/schemes/{main.scheme}", f"{PAGE}/schemes/{main.scheme}/bands"):
        assert client.get(page).status_code == 403
    of_one = ("save", "scheme", "up", "history", "take-up", "remove")
    of_scheme = ("name", "range", "bands/save", "next", "use", "remove")
    deeds = ["usual", "add", *(f"{main.id}/{deed}" for deed in of_one)]
    for deed in (*deeds, *(f"schemes/{main.scheme}/{deed}" for deed in of_scheme)):
        assert client.post(f"{PAGE}/{deed}", {}).status_code == 403


def test_the_other_schools_are_not_there(cast: Cast) -> None:
    theirs = lines(cast, cast.thornhill)[0]
    hana = cast.client("hana")

    for page in (f"{theirs.id}", f"schemes/{theirs.scheme}", f"schemes/{theirs.scheme}/bands"):
        assert hana.get(f"{PAGE}/{page}").status_code == 404
    for deed in ("save", "scheme", "up", "history", "take-up", "remove"):
        assert hana.post(f"{PAGE}/{theirs.id}/{deed}", {"name": "x"}).status_code == 404
    for deed in ("name", "range", "bands/save", "next", "use", "remove"):
        assert hana.post(f"{PAGE}/schemes/{theirs.scheme}/{deed}", {}).status_code == 404
    assert "Choose a scheme" in refused(hana, f"{PAGE}/add", {"name": "Paper", "scheme": str(theirs.scheme)}, 422)
