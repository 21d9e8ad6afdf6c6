"""The pages on which a school makes and changes its classes."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import ClassFacts, add_class, classes, make_classes, pupils_on_roll
from tests.cast import NOW, TODAY, Cast, a_pupil

YEAR = 2026
LIST = "/school/classes"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pupils(cast: Cast) -> dict[str, int]:
    """Three in Year 4, one in Year 1, and one whose year group nobody knows."""
    years = {"Acorn": "4", "Birch": "4", "Cedar": "4", "Elm": "1", "Oak": "X"}
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        return {surname: a_pupil(deed, surname, "Al", year_group) for surname, year_group in years.items()}


@pytest.fixture
def made(cast: Cast, pupils: dict[str, int]) -> dict[str, int]:
    """The classes Year 1 and Year 4."""
    with writing(cast.oakfield):
        make_classes(school=cast.oakfield, year=YEAR, by=cast.olu.member, at=NOW)
    return named(cast)


def named(cast: Cast) -> dict[str, int]:
    with reading(cast.oakfield):
        return {row.name: row.id for row in classes(school=cast.oakfield, year=YEAR)}


def where(cast: Cast, on: date = TODAY) -> dict[str, str]:
    with reading(cast.oakfield):
        return {line.surname: line.class_name for line in pupils_on_roll(school=cast.oakfield, on=on, year=YEAR)}


def followed(client: Client, address: str, typed: dict[str, object]) -> str:
    """Sends the form and follows to the page it leads to."""
    answer = client.post(address, typed, follow=True)
    assert answer.redirect_chain, answer.content.decode()[-3000:]
    assert answer.status_code == 200
    return answer.content.decode()


def refused(client: Client, address: str, typed: dict[str, object], status: int) -> str:
    answer = client.post(address, typed)
    assert answer.status_code == status
    return answer.content.decode()


class TestMaking:
    def test_the_office_makes_classes_sees_them_and_takes_them_back(self, cast: Cast, pupils: dict[str, int]) -> None:
        olu = cast.client("olu")
        offered = olu.get(LIST).content.decode()

        said = followed(olu, f"{LIST}/make", {"number-1": "1", "number-4": "2"})

        assert "Make classes for 4 pupils" in offered
        assert "3 classes made, 4 pupils placed" in said
        assert set(named(cast)) == {"Year 1", "Year 4 A", "Year 4 B"}
        with reading(cast.oakfield):
            change_set = AuditEntry.objects.get(verb="classes.done").subject_id
        assert "Taken back" in followed(olu, f"{LIST}/undo/{change_set}", {})
        assert named(cast) == {}

    def test_the_second_of_two_who_press_at_once_is_answered(self, cast: Cast, pupils: dict[str, int]) -> None:
        olu, hana = cast.client("olu"), cast.client("hana")
        typed = {"number-1": "1", "number-4": "1"}
        followed(olu, f"{LIST}/make", typed)

        said = refused(hana, f"{LIST}/make", typed, 409)

        assert "There was no class to make" in said
        assert set(named(cast)) == {"Year 1", "Year 4"}

    @pytest.mark.parametrize("number", ["", "-1", "4", "two", "1.5", "9" * 50])
    def test_a_number_that_cannot_be_is_said_and_nothing_made(
        self, cast: Cast, pupils: dict[str, int], number: str
    ) -> None:
        said = refused(cast.client("olu"), f"{LIST}/make", {"number-1": "1", "number-4": number}, 422)

        assert "For Year 4, write a number from 0 to 3." in said
        assert named(cast) == {}

    def test_newcomers_are_told_which_class_they_join(self, cast: Cast, made: dict[str, int]) -> None:
        with writing(cast.oakfield):
            a_pupil(cast.deed("olu"), "Zephyr", "Zoe", "4")
        olu = cast.client("olu")

        assert "joins Year 4" in " ".join(olu.get(LIST).content.decode().split())
        assert "1 pupil placed" in followed(olu, f"{LIST}/make", {})
        assert where(cast)["Zephyr"] == "Year 4"

    def test_no_class_is_suggested_for_those_who_will_have_left(self, cast: Cast, pupils: dict[str, int]) -> None:
        said = cast.client("olu").get(LIST, {"year": 2027}).content.decode()

        assert "They will be past the oldest year group here." in said
        assert "Make classes for 1 pupil<" in said


class TestOneClass:
    def test_a_class_is_renamed_and_given_its_teacher(self, cast: Cast, made: dict[str, int]) -> None:
        address = f"{LIST}/{made['Year 4']}"
        typed = {"name": "4B", "teacher": cast.tom.member, "seen_name": "Year 4", "seen_teacher": ""}

        said = followed(cast.client("hana"), f"{address}/save", typed)

        assert "Taught by Tom Teacher" in said
        assert "1 class edited" in said
        assert "Tom Teacher" in cast.client("hana").get(LIST).content.decode()

    def test_two_who_edit_one_class_at_once_are_both_answered(self, cast: Cast, made: dict[str, int]) -> None:
        address = f"{LIST}/{made['Year 4']}/save"
        seen = {"seen_name": "Year 4", "seen_teacher": ""}
        followed(cast.client("hana"), address, {"name": "4 Alder", **seen})

        said = refused(cast.client("olu"), address, {"name": "4 Birch", **seen}, 409)

        assert "Somebody else has changed this class" in said
        assert "4 Alder" in named(cast)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"name": ""}, "A class needs a name."),
            ({"name": "x" * 41}, "A name has at most 40 characters."),
            ({"name": "4\u202eB"}, "The name holds a character that cannot be seen."),
            ({"name": "year 1"}, "There is a class called year 1 in this year already."),
            ({"name": "4B", "teacher": "999999"}, "Choose a teacher from the list, or nobody."),
        ],
    )
    def test_what_cannot_be_is_said_beside_its_field(
        self, cast: Cast, made: dict[str, int], typed: dict[str, str], sentence: str
    ) -> None:
        said = refused(cast.client("olu"), f"{LIST}/{made['Year 4']}/save", {"seen_name": "Year 4", **typed}, 422)

        assert sentence in said
        assert "Year 4" in named(cast)

    def test_a_pupil_is_moved_and_the_move_taken_back(
        self, cast: Cast, made: dict[str, int], pupils: dict[str, int]
    ) -> None:
        olu = cast.client("olu")
        typed = {"pupils": [pupils["Acorn"]], "to": made["Year 1"], "day": "2026-11-23"}

        said = followed(olu, f"{LIST}/{made['Year 4']}/move", typed)

        assert "1 pupil moved" in said
        assert where(cast)["Acorn"] == "Year 1"
        change_set = said.partition(f"{LIST}/undo/")[2].partition('"')[0]
        followed(olu, f"{LIST}/undo/{change_set}", {})
        assert where(cast)["Acorn"] == "Year 4"

    def test_a_pupil_leaves_every_class_and_comes_into_another(
        self, cast: Cast, made: dict[str, int], pupils: dict[str, int]
    ) -> None:
        olu = cast.client("olu")
        followed(olu, f"{LIST}/{made['Year 4']}/move", {"pupils": [pupils["Acorn"]], "to": "none", "day": "23/11/2026"})
        assert where(cast)["Acorn"] == ""

        typed = {"pupils": [pupils["Acorn"], pupils["Oak"]], "day": "2026-11-23"}
        followed(olu, f"{LIST}/{made['Year 1']}/fill", typed)

        assert (where(cast)["Acorn"], where(cast)["Oak"]) == ("Year 1", "Year 1")

    def test_the_second_of_two_who_move_one_pupil_is_answered(
        self, cast: Cast, made: dict[str, int], pupils: dict[str, int]
    ) -> None:
        address = f"{LIST}/{made['Year 4']}/move"
        typed = {"pupils": [pupils["Acorn"]], "to": made["Year 1"], "day": "2026-11-23"}
        followed(cast.client("hana"), address, typed)

        said = refused(cast.client("olu"), address, {**typed, "to": "none"}, 409)

        assert "somebody may have moved them" in said
        assert where(cast)["Acorn"] == "Year 1"

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"day": "2026-11-23"}, "Tick the pupils first."),
            ({"pupils": ["1e9"], "day": "2026-11-23"}, "Tick pupils of the list."),
            ({"pupils": ["1"], "day": ""}, "Say from which day."),
            ({"pupils": ["1"], "day": "2026-02-30"}, "There is no such day."),
            ({"pupils": ["1"], "day": "2027-09-01"}, "Choose a day from 1 September 2026 to 31 August 2027."),
            ({"pupils": ["1"], "day": "2026-11-23", "to": "999999"}, "Choose a class from the list."),
            ({"pupils": ["1"], "day": "2026-11-23", "to": ""}, "Choose a class from the list."),
        ],
    )
    def test_a_move_that_cannot_be_is_said_and_nobody_moved(
        self, cast: Cast, made: dict[str, int], typed: dict[str, object], sentence: str
    ) -> None:
        before = where(cast)

        said = refused(cast.client("olu"), f"{LIST}/{made['Year 4']}/move", typed, 422)

        assert sentence in said
        assert where(cast) == before

    def test_a_class_is_added_and_removed_while_unused(self, cast: Cast, made: dict[str, int]) -> None:
        olu = cast.client("olu")
        followed(olu, f"{LIST}/add", {"name": "Small steps", "teacher": ""})
        added = named(cast)["Small steps"]

        followed(olu, f"{LIST}/{added}/remove", {})

        assert "Small steps" not in named(cast)
        assert "the record keeps it" in refused(olu, f"{LIST}/{made['Year 4']}/remove", {}, 409)

    def test_a_class_of_the_same_name_is_not_added_twice(self, cast: Cast, made: dict[str, int]) -> None:
        said = refused(cast.client("olu"), f"{LIST}/add", {"name": "YEAR 4"}, 422)

        assert "There is a class called YEAR 4 in this year already." in said


class TestWho:
    WRITES = ("make", "add", "{0}/save", "{0}/move", "{0}/fill", "{0}/remove", "undo/1")

    @pytest.mark.parametrize("who", ["tom", "sena", "asha", "gus"])
    def test_those_who_do_not_keep_classes_are_turned_away(self, cast: Cast, made: dict[str, int], who: str) -> None:
        client, group = cast.client(who), made["Year 4"]

        answers = {client.get(address).status_code for address in (LIST, f"{LIST}/{group}")}
        answers |= {client.post(f"{LIST}/{address.format(group)}").status_code for address in self.WRITES}

        assert answers == {403}

    def test_another_schools_class_and_change_are_not_there(self, cast: Cast, made: dict[str, int]) -> None:
        theo = cast.client("theo")
        with reading(cast.oakfield):
            change_set = AuditEntry.objects.get(verb="classes.done").subject_id
        group = made["Year 4"]

        answers = {theo.get(f"{LIST}/{group}").status_code}
        answers |= {
            theo.post(f"{LIST}/{address}", {"name": "Mine", "pupils": ["1"], "day": "2026-11-23"}).status_code
            for address in (f"{group}/save", f"{group}/move", f"{group}/fill", f"{group}/remove", f"undo/{change_set}")
        }

        assert answers == {404}
        assert "Year 4" in named(cast)

    def test_a_pupil_of_another_school_cannot_be_put_into_a_class(self, cast: Cast, made: dict[str, int]) -> None:
        with writing(cast.thornhill):
            theirs = a_pupil(cast.deed("theo"), "Thorn", "Tess", "4")

        typed = {"pupils": [theirs], "day": "2026-11-23"}
        said = refused(cast.client("olu"), f"{LIST}/{made['Year 4']}/fill", typed, 409)

        assert "not on roll on that day" in said
        assert "Thorn" not in said

    def test_another_kind_of_change_is_not_taken_back_here(self, cast: Cast, pupils: dict[str, int]) -> None:
        with writing(cast.oakfield):
            imported = cast.deed("olu").change_set

        assert cast.client("olu").post(f"{LIST}/undo/{imported}").status_code == 404

    @pytest.mark.parametrize("asked", [{"year": "x"}, {"year": "99999"}, {"done": "-1"}, {"year": "9" * 40}])
    def test_nonsense_in_the_address_is_no_page(self, cast: Cast, asked: dict[str, str]) -> None:
        assert cast.client("olu").get(LIST, asked).status_code == 404


@pytest.mark.parametrize("size", [6, 60])
def test_the_pages_ask_the_same_few_questions_of_any_school(cast: Cast, size: int) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        for n in range(size):
            a_pupil(deed, f"Oak{n}", "Al", str(1 + n % 6))
        make_classes(school=cast.oakfield, year=YEAR, by=cast.olu.member, at=NOW)
        for n in range(size):
            a_pupil(deed, f"Elm{n}", "Al", str(1 + n % 6))
        for n in range(size // 6):
            facts = ClassFacts(f"Extra {n}", cast.tom.member)
            add_class(school=cast.oakfield, year=YEAR, facts=facts, by=cast.olu.member, at=NOW)
    client, group = cast.client("olu"), named(cast)["Year 4"]

    counted = []
    for address in (LIST, f"{LIST}/{group}"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counted.append(sum("pupils_" in query["sql"] or "accounts_" in query["sql"] for query in asked))

    assert counted == [18, 16]
