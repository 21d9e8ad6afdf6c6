"""Where objectives are used: off until a leader says so, shown with what it asks, taken back."""

import pytest
import time_machine

from itrack.foundation.tenancy.windows import reading, writing
from itrack.objectives.api import use_objectives, used_subjects
from tests.cast import NOW, Cast
from tests.objectives.conftest import Classroom


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def used(cast: Cast) -> dict[str, int]:
    with reading(cast.oakfield):
        return used_subjects(school=cast.oakfield)


def test_a_new_school_uses_objectives_nowhere(cast: Cast) -> None:
    assert used(cast) == {}


def test_the_head_sees_what_a_choice_asks_before_it_is_kept(room: Classroom) -> None:
    hana = room.cast.client("hana")

    page = hana.get("/school/objectives?subject=maths&times=6&subject=reading&times=0").content.decode()

    assert "Not kept yet." in page
    assert "4B, Maths, Year 4: 3 statements × 2 pupils × 6 = 36" in page
    assert "4B, Maths, Year 3: 3 statements × 1 pupil × 6 = 18" in page
    figures = '<td class="n" data-label="Judgements">54</td><td class="n" data-label="Time">2 min</td>'
    assert f'<th scope="row">Tom Teacher</th>{figures}' in page
    assert "Reading, Year 4" not in page
    assert used(room.cast) == {"maths": 1, "reading": 1}


def test_a_choice_is_kept_and_taken_back(room: Classroom) -> None:
    hana = room.cast.client("hana")
    seen = hana.get("/school/objectives").context["page"].seen
    sent = {"subject": ["maths", "reading", "witchcraft"], "times": ["3", "0", "2"], "seen": seen}

    page = hana.post("/school/objectives/save", sent, follow=True).content.decode()
    kept, again = used(room.cast), hana.post("/school/objectives/save", sent).status_code
    change = page.split("/school/objectives/changes/")[1]
    undone = hana.post(f"/school/objectives/changes/{change.split('/')[0]}/undo", follow=True).content.decode()

    assert "1 subject set to use objectives, 1 subject set to do without objectives" in page
    assert kept == {"maths": 3}
    assert again == 409  # the choice has changed since it was seen
    assert "Taken back:" in undone
    assert used(room.cast) == {"maths": 1, "reading": 1}


def test_a_great_deal_is_called_so(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itrack.objectives.rules.meter.MOST_A_TEACHER", 17)

    page = room.cast.client("hana").get("/school/objectives?subject=maths&times=2").content.decode()

    assert "This is a great deal." in page


@pytest.mark.parametrize("name", ["tom", "sena", "asha", "olu", "gus"])
def test_only_leaders_choose(room: Classroom, name: str) -> None:
    client = room.cast.client(name)

    assert client.get("/school/objectives").status_code == 403
    assert client.post("/school/objectives/save", {"subject": "maths", "times": "6"}).status_code == 403


def test_another_schools_choice_is_not_found(room: Classroom) -> None:
    with writing(room.cast.thornhill):
        theirs = use_objectives(school=room.cast.thornhill, times={"maths": 2}, by=room.cast.theo.member, at=NOW)

    assert room.cast.client("hana").post(f"/school/objectives/changes/{theirs}/undo").status_code == 404


def test_silly_numbers_change_nothing(room: Classroom) -> None:
    hana = room.cast.client("hana")

    for times in ("7", "-1", "many", "9" * 17, "9" * 30):
        assert hana.post("/school/objectives/save", {"subject": "maths", "times": times}).status_code in (303, 409)
    assert used(room.cast) == {"maths": 1, "reading": 1}
