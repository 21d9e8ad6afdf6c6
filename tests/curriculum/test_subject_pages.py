"""The pages on which a school sets up its subjects."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from itrack.assessment.api import save_marks
from itrack.curriculum.api import subject_lines, subjects
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import make_classes
from itrack.schools.api import points
from tests.cast import NOW, TODAY, Cast, a_pupil

PAGE = "/school/subjects"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def names(cast: Cast) -> list[str]:
    with reading(cast.oakfield):
        return [name for _, name in subjects(school=cast.oakfield)]


def ids(cast: Cast, school: int = 0) -> dict[str, int]:
    with reading(school or cast.oakfield):
        return {name: subject for subject, name in subjects(school=school or cast.oakfield)}


def seen(cast: Cast) -> str:
    with reading(cast.oakfield):
        return subject_lines(school=cast.oakfield).seen


def marked(cast: Cast, subject: str) -> None:
    with writing(cast.oakfield):
        pupil = a_pupil(cast.deed("olu"), "Acorn", "Amara")
        make_classes(school=cast.oakfield, year=2026, by=cast.hana.member, at=NOW)
        point = next(p.id for p in points(school=cast.oakfield) if (p.year, p.slot) == (2026, 2))
        cells = {(pupil, ids(cast)[subject]): "E"}
        save_marks(school=cast.oakfield, point=point, cells=cells, by=cast.hana.member, at=NOW)


def followed(client: Client, address: str, form: dict[str, object]) -> str:
    answer = client.post(address, form, follow=True)
    assert answer.redirect_chain, answer.content.decode()[-3000:]
    assert answer.status_code == 200
    return answer.content.decode()


def refused(client: Client, address: str, form: dict[str, object], status: int) -> str:
    answer = client.post(address, form)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def undo_in(said: str) -> str:
    found = re.search(r'action="(/school/subjects/undo/\d+)"', said)
    assert found
    return found[1]


def test_a_subject_is_added_at_the_end_and_taken_back(cast: Cast) -> None:
    hana = cast.client("hana")

    said = followed(hana, f"{PAGE}/add", {"name": "  Art  and design "})

    assert names(cast)[-1] == "Art and design"
    assert "1 subject added" in said
    assert "Taken back" in followed(hana, undo_in(said), {})
    assert "Art and design" not in names(cast)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "A subject needs a name."),
        ("maths", "There is a subject called maths already."),
        ("x" * 41, "A name has at most 40 characters."),
        ("Mat\u202ehs", "The name holds a character that cannot be seen."),
    ],
)
def test_a_name_that_cannot_be_is_said(cast: Cast, name: str, sentence: str) -> None:
    hana, science = cast.client("hana"), ids(cast)["Science"]

    assert sentence in refused(hana, f"{PAGE}/add", {"name": name}, 422)
    assert sentence in refused(hana, f"{PAGE}/{science}/save", {"name": name, "seen": "Science"}, 422)
    assert names(cast) == ["Reading", "Writing", "Maths", "Science"]


def test_a_subject_is_renamed_and_its_second_editor_answered(cast: Cast) -> None:
    science = ids(cast)["Science"]
    followed(cast.client("hana"), f"{PAGE}/{science}/save", {"name": "Science and nature", "seen": "Science"})

    said = refused(cast.client("ada"), f"{PAGE}/{science}/save", {"name": "Nature", "seen": "Science"}, 409)

    assert "it is now called Science and nature" in said
    assert names(cast)[-1] == "Science and nature"


def test_a_subject_moves_up_and_an_older_list_is_answered(cast: Cast) -> None:
    hana, maths, was = cast.client("hana"), ids(cast)["Maths"], seen(cast)

    said = followed(hana, f"{PAGE}/{maths}/up", {"seen": was})

    assert names(cast) == ["Reading", "Maths", "Writing", "Science"]
    assert "The list has changed" in refused(hana, f"{PAGE}/{maths}/up", {"seen": was}, 409)
    followed(hana, undo_in(said), {})
    assert names(cast) == ["Reading", "Writing", "Maths", "Science"]


def test_the_first_subject_cannot_move_up(cast: Cast) -> None:
    refused(cast.client("hana"), f"{PAGE}/{ids(cast)['Reading']}/up", {"seen": seen(cast)}, 409)


def test_a_retired_subject_is_not_asked_for_at_new_points_and_comes_back(cast: Cast) -> None:
    hana, science = cast.client("hana"), ids(cast)["Science"]

    said = followed(hana, f"{PAGE}/{science}/retire", {})

    assert "1 subject retired" in said
    assert "Science" in names(cast), "history and the points already open keep it"
    with reading(cast.oakfield):
        spring = next(p for p in points(school=cast.oakfield) if (p.year, p.slot) == (2026, 3))
        assert "Science" not in dict(subjects(school=cast.oakfield, opens_on=spring.opens_on)).values()
        assert "Science" in dict(subjects(school=cast.oakfield, opens_on=TODAY)).values()
    followed(hana, f"{PAGE}/{science}/bring-back", {})
    with reading(cast.oakfield):
        assert "Science" in dict(subjects(school=cast.oakfield, opens_on=spring.opens_on)).values()


def test_a_subject_is_removed_only_while_nobody_has_a_mark_in_it(cast: Cast) -> None:
    marked(cast, "Reading")
    hana, held = cast.client("hana"), ids(cast)

    followed(hana, f"{PAGE}/{held['Science']}/remove", {})
    said = refused(hana, f"{PAGE}/{held['Reading']}/remove", {}, 409)

    assert "the record keeps it" in said
    assert "the record keeps it" in hana.get(f"{PAGE}/{held['Reading']}").content.decode()
    assert names(cast) == ["Reading", "Writing", "Maths"]


def test_a_school_without_subjects_is_offered_the_usual_four(cast: Cast) -> None:
    hana = cast.client("hana")
    for subject in ids(cast).values():
        followed(hana, f"{PAGE}/{subject}/remove", {})
    assert "There are no subjects yet" in hana.get(PAGE).content.decode()

    followed(hana, f"{PAGE}/start", {})

    assert names(cast) == ["Reading", "Writing", "Maths", "Science"]
    assert "There are subjects already." in refused(hana, f"{PAGE}/start", {}, 409)


@pytest.mark.parametrize("who", ["olu", "sena", "tom", "asha", "gus"])
def test_others_may_not_open_or_change_them(cast: Cast, who: str) -> None:
    client, science = cast.client(who), ids(cast)["Science"]

    assert client.get(PAGE).status_code == client.get(f"{PAGE}/{science}").status_code == 403
    for deed in ("add", "start", "undo/1", *(f"{science}/{one}" for one in ("save", "up", "retire", "remove"))):
        assert client.post(f"{PAGE}/{deed}", {}).status_code == 403


def test_the_other_schools_subjects_are_not_there(cast: Cast) -> None:
    hana, theirs = cast.client("hana"), ids(cast, cast.thornhill)["Science"]

    assert hana.get(f"{PAGE}/{theirs}").status_code == 404
    for deed in ("save", "up", "retire", "bring-back", "remove"):
        assert hana.post(f"{PAGE}/{theirs}/{deed}", {"name": "Ours", "seen": "Science"}).status_code == 404
    assert "Science" in ids(cast, cast.thornhill)


def test_the_page_asks_as_much_for_ten_subjects_as_for_four(cast: Cast) -> None:
    hana = cast.client("hana")
    with CaptureQueriesContext(
        connection,
    ) as four:
        hana.get(PAGE)
    for n in range(6):
        followed(hana, f"{PAGE}/add", {"name": f"Subject {n}"})

    with CaptureQueriesContext(connection) as ten:
        hana.get(PAGE)

    assert len(ten) == len(four)


def test_the_grid_of_a_new_point_leaves_a_retired_subject_out(cast: Cast) -> None:
    marked(cast, "Reading")
    hana = cast.client("hana")
    followed(hana, f"{PAGE}/{ids(cast)['Science']}/retire", {})
    with reading(cast.oakfield):
        at = {p.slot: p.id for p in points(school=cast.oakfield) if p.year == 2026}

    assert "Science" in hana.get("/mark/", {"point": at[2]}).content.decode()
    assert "Science" not in hana.get("/mark/", {"point": at[3]}).content.decode()
