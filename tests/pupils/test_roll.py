"""The roll on a day, and the page that shows it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import (
    ClassFacts,
    PupilEntry,
    classes,
    edit_class,
    make_classes,
    pupil_line,
    pupils_on_roll,
    store_pupils,
    year_groups,
)
from tests.cast import NOW, TODAY, Cast, a_pupil

YEAR = 2026


def sen(code: str, starts: date, ends: date | None = None) -> tuple[object, ...]:
    return ("sen", starts.isoformat(), code, "", None, starts, ends, None, True)


def meals(starts: date, ends: date | None = None) -> tuple[object, ...]:
    return ("fsm", f"{starts}|ENG", "ENG", "", None, starts, ends, None, True)


def roll(cast: Cast, on: date = TODAY, **asked: object) -> list[str]:
    with reading(cast.oakfield):
        return [line.name for line in pupils_on_roll(school=cast.oakfield, on=on, year=YEAR, **asked)]  # type: ignore[arg-type]


def test_the_roll_reads_by_preferred_name_and_passes_over_those_who_left(cast: Cast) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        a_pupil(deed, "Élan", "Ann")
        a_pupil(deed, "Zephyr", "Omar", preferred_surname="Acorn", preferred_forename="Om")
        left = a_pupil(deed, "Gone", "Greta")
        store_pupils(deed=deed, entries=[PupilEntry(left, {}, enrolment=(date(2025, 9, 1), date(2026, 11, 22)))])
        stays = a_pupil(deed, "Elm", "Last")
        store_pupils(deed=deed, entries=[PupilEntry(stays, {}, enrolment=(date(2025, 9, 1), TODAY))])

    assert roll(cast) == ["Acorn, Om", "Élan, Ann", "Elm, Last"]
    assert roll(cast, on=date(2026, 11, 22)) == ["Acorn, Om", "Élan, Ann", "Elm, Last", "Gone, Greta"]
    assert roll(cast, on=TODAY + timedelta(days=1)) == ["Acorn, Om", "Élan, Ann"]


def test_flags_are_those_of_the_day(cast: Cast) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        pupil = a_pupil(deed, "Acorn", "Amara", first_language="POL")
        facts = [
            sen("K", date(2025, 9, 1), date(2026, 10, 31)),
            sen("E", date(2026, 11, 1)),
            meals(date(2024, 9, 1), date(2026, 8, 31)),
        ]
        store_pupils(deed=deed, entries=[PupilEntry(pupil, {}, circumstances=facts)])

    with reading(cast.oakfield):
        today = pupil_line(school=cast.oakfield, pupil=pupil, on=TODAY, year=YEAR)
        a_year_ago = pupil_line(school=cast.oakfield, pupil=pupil, on=date(2025, 11, 23), year=2025)
    assert today is not None
    assert a_year_ago is not None
    assert (today.flags, a_year_ago.flags) == (("E", "EAL"), ("K", "FSM", "EAL"))
    assert (today.year_group, a_year_ago.year_group) == ("4", "3")
    assert today.spoken == "Amara Acorn"


def test_the_roll_as_it_stood_forgets_what_was_learned_later(cast: Cast) -> None:
    later = NOW + timedelta(days=2)
    with writing(cast.oakfield):
        pupil = a_pupil(cast.deed("olu"), "Acorn", "Amara")
        after = cast.deed("olu", at=later)
        store_pupils(deed=after, entries=[PupilEntry(pupil, {}, circumstances=[sen("K", date(2025, 9, 1))])])
        store_pupils(
            deed=after,
            entries=[
                PupilEntry(
                    pupil,
                    {},
                    circumstances=[("year", "2026", "5", "", None, date(2026, 9, 1), date(2027, 8, 31), None, True)],
                )
            ],
        )

    with reading(cast.oakfield):
        then, now = (
            pupils_on_roll(school=cast.oakfield, on=TODAY, year=YEAR, as_at=moment)[0] for moment in (NOW, later)
        )
    assert (then.year_group, then.flags) == ("4", ())
    assert (now.year_group, now.flags) == ("5", ("K",))


def test_year_groups_are_counted_youngest_first(cast: Cast) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        for year_group in ("4", "R", "4", "1"):
            a_pupil(deed, "Acorn", "Amara", year_group)

    with reading(cast.oakfield):
        assert year_groups(school=cast.oakfield, on=TODAY, year=YEAR) == [("R", 1), ("1", 1), ("4", 2)]
        assert year_groups(school=cast.oakfield, on=TODAY, year=2027) == [("1", 1), ("2", 1), ("5", 2)]
    assert len(roll(cast, year_group="4")) == 2


@pytest.mark.parametrize("size", [3, 60])
def test_the_roll_asks_the_same_few_questions_of_any_school(cast: Cast, size: int, django_assert_num_queries) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        entries = [
            PupilEntry(
                None,
                {"legal_surname": f"Oak{n}", "legal_forename": "Al", "dob": date(2018, 5, 1)},
                circumstances=[sen("K", date(2025, 9, 1))],
                enrolment=(date(2025, 9, 1), None),
            )
            for n in range(size)
        ]
        store_pupils(deed=deed, entries=entries)

    with reading(cast.oakfield), django_assert_num_queries(3):
        assert len(pupils_on_roll(school=cast.oakfield, on=TODAY, year=YEAR)) == size


def test_another_schools_pupil_is_nobody_here(cast: Cast) -> None:
    with writing(cast.thornhill):
        theirs = a_pupil(cast.deed("theo"), "Thorn", "Tess")

    with reading(cast.oakfield):
        assert pupil_line(school=cast.oakfield, pupil=theirs, on=TODAY, year=YEAR) is None
        assert pupil_line(school=cast.thornhill, pupil=theirs, on=TODAY, year=YEAR) is None


@pytest.fixture
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def three_pupils(cast: Cast) -> dict[str, int]:
    """Tom's 4B holds Amara Acorn; Year 1 holds Bo Birch; Cy Cedar has no class."""
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        ids = {"Acorn": a_pupil(deed, "Acorn", "Amara"), "Birch": a_pupil(deed, "Birch", "Bo", "1")}
        make_classes(school=cast.oakfield, year=YEAR, by=cast.olu.member, at=NOW)
        year_1, year_4 = classes(school=cast.oakfield, year=YEAR)
        facts = {"seen": ClassFacts("Year 4", None), "facts": ClassFacts("4B", cast.tom.member)}
        edit_class(school=cast.oakfield, group=year_4.id, by=cast.olu.member, at=NOW, **facts)
        return ids | {"Cedar": a_pupil(deed, "Cedar", "Cy"), "4B": year_4.id, "Year 1": year_1.id}


def page(cast: Cast, who: str, **asked: object) -> str:
    answer = cast.client(who).get("/pupils/", asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.usefixtures("today")
class TestPage:
    @pytest.mark.parametrize("who", ["ada", "hana", "sena", "olu"])
    def test_those_who_know_the_whole_school_see_everybody(self, cast: Cast, three_pupils, who: str) -> None:
        said = page(cast, who)

        assert all(name in said for name in ("Acorn, Amara", "Birch, Bo", "Cedar, Cy"))
        assert f'href="/pupils/{three_pupils["Acorn"]}"' in said

    def test_a_teacher_sees_their_own_class_alone(self, cast: Cast, three_pupils) -> None:
        said = page(cast, "tom")

        assert "Acorn, Amara" in said
        assert "Birch" not in said
        assert "Cedar" not in said

    def test_an_assistant_without_groups_is_told_why_the_page_is_empty(self, cast: Cast, three_pupils) -> None:
        said = page(cast, "asha")

        assert "No pupils stand here yet" in said
        assert "Acorn" not in said

    def test_a_governor_sees_no_names(self, cast: Cast, three_pupils) -> None:
        assert cast.client("gus").get("/pupils/").status_code == 403

    def test_another_school_sees_none_of_it(self, cast: Cast, three_pupils) -> None:
        assert "Acorn" not in page(cast, "theo")
        assert cast.client("theo").get("/pupils/", {"group": three_pupils["4B"]}).status_code == 404

    def test_a_teacher_cannot_ask_for_another_class(self, cast: Cast, three_pupils) -> None:
        assert cast.client("tom").get("/pupils/", {"group": three_pupils["Year 1"]}).status_code == 404

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ({"year_group": "1"}, {"Birch"}),
            ({"year_group": "4"}, {"Acorn", "Cedar"}),
            ({"group": 0}, {"Cedar"}),
            ({"group": "", "year_group": "", "on": "2026-08-31"}, {"Acorn", "Birch", "Cedar"}),
            ({"on": "2025-08-31"}, set()),
            ({"group": 0, "year_group": "1"}, set()),
        ],
    )
    def test_the_address_narrows_by_code_and_day(self, cast: Cast, three_pupils, asked, shown: set[str]) -> None:
        said = page(cast, "hana", **asked)

        assert {name for name in ("Acorn", "Birch", "Cedar") if f"{name}, " in said} == shown

    def test_a_class_is_asked_for_by_its_number(self, cast: Cast, three_pupils) -> None:
        said = page(cast, "hana", group=three_pupils["4B"])

        assert "Acorn, Amara" in said
        assert "Cedar, Cy" not in said

    def test_a_day_that_never_was_is_said_and_todays_roll_shown(self, cast: Cast, three_pupils) -> None:
        answer = cast.client("hana").get("/pupils/", {"on": "2026-02-30"})

        assert answer.status_code == 422
        assert "There is no such day" in answer.content.decode()
        assert "Acorn, Amara" in answer.content.decode()

    @pytest.mark.parametrize("asked", [{"group": "x"}, {"group": "-1"}, {"group": "9" * 40}, {"year_group": "\x00"}])
    def test_nonsense_in_the_address_is_no_page(self, cast: Cast, three_pupils, asked: dict[str, str]) -> None:
        assert cast.client("hana").get("/pupils/", asked).status_code == 404

    @pytest.mark.parametrize("size", [3, 60])
    def test_the_page_asks_the_same_few_questions_of_any_school(self, cast: Cast, size: int) -> None:
        with writing(cast.oakfield):
            deed = cast.deed("olu")
            for n in range(size):
                a_pupil(deed, f"Oak{n}", "Al", str(1 + n % 6))
            make_classes(school=cast.oakfield, year=YEAR, by=cast.olu.member, at=NOW)
        client = cast.client("hana")

        with CaptureQueriesContext(connection) as asked:
            assert client.get("/pupils/").status_code == 200

        inside = [query["sql"] for query in asked if "pupils_" in query["sql"]]
        assert len(inside) == 8
