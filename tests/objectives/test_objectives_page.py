"""The objectives page: what it shows, to whom, in how many questions, and how its form saves."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.objectives.actions.use import use_objectives
from tests.assessment.conftest import a_class
from tests.cast import NOW, TODAY, Cast, a_pupil
from tests.objectives.conftest import Classroom, a_strand


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row" id="p\d+"><a [^>]*>([^<]*)', page)


def test_a_class_opens_on_the_statements_of_its_own_year(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "S", room.cell("Mei", 1, "Maths 3"): "N"})
    tom = room.cast.client("tom")

    page = tom.get(f"/objectives/?group={room.group}&strand={room.strands['Maths 4']}").content.decode()
    of_year_3 = tom.get(f"/objectives/?strand={room.strands['Maths 3']}").content.decode()

    assert "<h1>4B, Maths: Place value, Year 4</h1>" in page
    assert names(page) == ["Acorn, Amara", "Barleycorn, Toby"]
    assert re.findall(r'id="c\d">([^<]*)', page) == ["Counts in sixes", "Counts in nines", "Finds 1,000 more or less"]
    assert re.search(rf'<td class="m e"><input name="{room.name("Amara")}" value="S"', page)
    assert '<strong id="entered">1</strong> of 6 cells entered' in page
    assert "1 pupil of the class is in another year and is not shown" in page
    assert "Year 3: 1 pupil" in page
    assert "Year 4: 2 pupils" in page
    assert "<h1>4B, Maths: Place value, Year 3</h1>" in of_year_3
    assert names(of_year_3) == ["Everglade, Mei"]


def test_everybody_may_be_looked_at_on_another_years_statements(room: Classroom) -> None:
    page = room.cast.client("tom").get(f"/objectives/?strand={room.strands['Maths 3']}&who=all").content.decode()

    assert names(page) == ["Acorn, Amara", "Barleycorn, Toby", "Everglade, Mei"]
    assert page.count('<span class="tag">Year 4</span>') == 2


def test_another_class_is_turned_to_at_its_own_year(room: Classroom) -> None:
    address = f"/objectives/?was={room.group}&group={room.other_group}&strand={room.strands['Maths 3']}"

    page = room.cast.client("hana").get(address).content.decode()

    assert "<h1>4A, Maths: Place value, Year 4</h1>" in page


@pytest.mark.parametrize(("name", "status"), [("asha", 200), ("sena", 200), ("olu", 403), ("gus", 403)])
def test_each_role_is_let_in_or_turned_away(room: Classroom, name: str, status: int) -> None:
    answer = room.cast.client(name).get(f"/objectives/?group={room.group}")

    assert answer.status_code == status
    assert status == 403 or "Acorn" in answer.content.decode()


def test_ids_that_are_not_theirs_are_not_found(room: Classroom) -> None:
    tom, theirs = room.cast.client("tom"), room.theirs
    addresses = [f"group={room.other_group}", f"group={theirs['group']}", f"strand={theirs['strand']}", "group=abc"]
    addresses += ["strand=-1", f"strand={10**30}", "who=them", "group=%00"]

    for where in ("", "standing"):
        answers = [tom.get(f"/objectives/{where}?{address}").status_code for address in addresses]
        assert answers == [404] * len(addresses)
    assert tom.post("/objectives/undo", {"strand": theirs["strand"]}).status_code == 404


def test_a_school_that_uses_none_is_asked_for_nothing(room: Classroom) -> None:
    with writing(room.cast.oakfield):
        use_objectives(school=room.cast.oakfield, times={"maths": 0, "reading": 0}, by=room.cast.hana.member, at=NOW)

    tom = room.cast.client("tom")

    assert "No subject uses objectives" in tom.get("/objectives/").content.decode()
    assert "No subject uses objectives" in tom.get("/objectives/several", follow=True).content.decode()
    assert tom.get("/objectives/standing").json()["rows"] == {}
    assert "Choose the subjects" in room.cast.client("hana").get("/objectives/").content.decode()


def test_who_has_no_class_reads_how_to_get_one(cast: Cast) -> None:
    assert b"You have no class this year" in cast.client("tom").get("/objectives/").content


def form_of(room: Classroom, **cells: str) -> dict[str, str]:
    columns = ",".join(str(one) for one in room.statements["Maths 4"])
    was = {f"was-{room.pupils[who]}": ",," for who in ("Amara", "Toby")}
    return {"group": str(room.group), "strand": str(room.strands["Maths 4"]), "columns": columns} | was | cells


def test_the_form_saves_without_scripts_and_takes_back(room: Classroom) -> None:
    tom = room.cast.client("tom")

    answer = tom.post("/objectives/save", form_of(room) | {room.name("Amara"): "s", room.name("Toby", 2): "N"})
    page = tom.get(answer["Location"]).content.decode()
    undone = tom.post("/objectives/undo", form_of(room), follow=True).content.decode()

    assert answer.status_code == 303
    assert "Everything on this page is kept." in page
    assert '<strong id="entered">2</strong>' in page
    assert "Taken back." in undone
    assert '<strong id="entered">0</strong>' in undone


def test_refused_cells_stay_as_typed_with_their_reason(room: Classroom) -> None:
    answer = room.cast.client("tom").post(
        "/objectives/save", form_of(room) | {room.name("Amara"): "Q", room.name("Toby"): "S"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 cell was not accepted." in page
    assert re.search(rf'<td class="m refused"><input name="{room.name("Amara")}" value="Q"', page)
    assert "1: Q is not a depth here. Not saved. Type X, N, E, S, D or /." in page
    assert re.search(rf'name="{room.name("Toby")}" value="S"', page)


def test_the_script_saves_cell_by_cell_and_hears_of_others(room: Classroom) -> None:
    tom, asha = room.cast.client("tom"), room.cast.client("asha")
    sheet = f"group={room.group}&strand={room.strands['Maths 4']}"

    saved = tom.post("/objectives/cells", form_of(room) | {room.name("Amara"): "S", room.name("Toby"): "7"}).json()
    heard = asha.get(f"/objectives/standing?{sheet}").json()
    refused = asha.post("/objectives/cells", form_of(room) | {room.name("Amara"): "N"}).json()["refused"]
    told = tom.get(f"/objectives/standing?{sheet}").json()["wanted"]

    assert (saved["saved"], [one["cell"] for one in saved["refused"]]) == (1, [room.name("Toby")])
    assert heard["rows"][str(room.pupils["Amara"])] == "S,,"
    assert heard["said"] == {room.name("Amara"): "Tom Teacher typed S at 10:00."}
    assert (refused[0]["stands"], refused[0]["overtaken"]) == ("S", True)
    assert told == {room.name("Amara"): "Asha Assistant wanted another mark here at 10:00. Yours stands."}


def test_a_page_made_for_somebody_else_saves_nothing(room: Classroom) -> None:
    form = form_of(room) | {"account": str(room.cast.hana.person), room.name("Amara"): "S"}
    tom = room.cast.client("tom")

    assert tom.post("/objectives/save", form).status_code == 409
    assert tom.post("/objectives/cells", form).status_code == 401


def test_a_day_that_is_no_date_is_refused(room: Classroom) -> None:
    answer = room.cast.client("tom").post(
        "/objectives/save", form_of(room) | {"taken": "soon", room.name("Amara"): "S"}
    )

    assert answer.status_code == 409
    assert "no date" in answer.content.decode()


def a_large_class(room: Classroom, pupils: int) -> int:
    with writing(room.cast.oakfield):
        many = [a_pupil(room.cast.deed("olu"), f"Surname{n:02}", "Jo") for n in range(pupils)]
        return a_class(room.cast.deed("ada", ChangeSet.Kind.CLASSES), f"L{pupils}", None, many)


def test_thirty_pupils_by_twelve_statements_are_small_and_asked_for_in_few_questions(room: Classroom) -> None:
    with writing(room.cast.oakfield):
        long = "Recalls and uses multiplication and division facts for tables to twelve, at speed"
        strand, statements = a_strand(room.cast.deed("olu"), room.framework, "Maths", "4", 5, (long,) * 40, "Tables")
    hana, asked, size = room.cast.client("hana"), [], 0
    for pupils in (30, 60):
        group = a_large_class(room, pupils)
        page = hana.get(f"/objectives/?group={group}&strand={strand}").content.decode()
        rows = [int(pupil) for pupil in re.findall(r'name="was-(\d+)"', page)]
        room.save("hana", {(pupil, statement): "S" for pupil in rows for statement in statements[:12]})
        with CaptureQueriesContext(
            connection,
        ) as told:
            answer = hana.get(f"/objectives/?group={group}&strand={strand}")
        asked.append(sum(query["sql"].startswith(("SELECT", "(SELECT")) for query in told))
        size = size or len(answer.content)
        assert answer.content.decode().count('<td class="m') == pupils * 15

    assert asked[0] == asked[1]
    assert asked[0] <= 14, asked  # two of them before the page's own window
    assert size < 80_000
    assert TODAY
