"""Assistants and teachers who share a class see its pupils, and nobody else's."""

import pytest

from itrack.accounts.api import settle_role
from itrack.accounts.rules_sessions import Limits
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from itrack.pupils.api import classes_for, helpers_of, make_classes, set_helpers, take_back
from tests.cast import NOW, TODAY, Cast, a_pupil


@pytest.fixture
def school(cast: Cast) -> dict[str, int]:
    """Amara in the class of Year 4, Ben in that of Year 5; nobody teaches them yet."""
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        amara, ben = a_pupil(deed, "Acorn", "Amara", "4"), a_pupil(deed, "Birch", "Ben", "5")
        make_classes(school=cast.oakfield, year=2026, by=cast.hana.member, at=NOW)
        groups = {row.name: row.id for row in classes_for(viewer=cast.hana, year=2026, on=TODAY)}
    return {"amara": amara, "ben": ben, "four": groups["Year 4"], "five": groups["Year 5"]}


def help_in(cast: Cast, group: int, *names: str, seen: tuple[str, ...] = ()) -> int | None:
    ids = {name: cast.people[name].member for name in (*names, *seen)}
    with writing(cast.oakfield):
        return set_helpers(
            school=cast.oakfield,
            group=group,
            seen=[ids[name] for name in seen],
            members=[ids[name] for name in names],
            by=cast.hana.member,
            at=NOW,
        )


def test_an_assistant_sees_the_pupils_of_the_class_they_help_in_and_no_others(cast: Cast, school) -> None:
    asha = cast.client("asha")
    assert "Acorn" not in asha.get("/pupils/").content.decode()

    help_in(cast, school["four"], "asha")
    shown = asha.get("/pupils/").content.decode()

    assert "Acorn" in shown
    assert "Birch" not in shown


def test_a_teacher_who_shares_a_class_may_open_its_pupils_and_mark_them(cast: Cast, school) -> None:
    tom = cast.client("tom")
    assert tom.get(f"/pupils/{school['amara']}").status_code == 404

    help_in(cast, school["four"], "tom")

    assert tom.get(f"/pupils/{school['amara']}").status_code == 200
    assert tom.get(f"/pupils/{school['ben']}").status_code == 404
    assert "Acorn" in tom.get("/mark/").content.decode()


def test_somebody_who_helps_no_more_sees_them_no_more_and_undo_brings_it_back(cast: Cast, school) -> None:
    help_in(cast, school["four"], "asha")
    ended = help_in(cast, school["four"], seen=("asha",))
    asha = cast.client("asha")
    assert "Acorn" not in asha.get("/pupils/").content.decode()

    with writing(cast.oakfield):
        take_back(school=cast.oakfield, change_set=ended, by=cast.hana.member, at=NOW)

    assert "Acorn" in asha.get("/pupils/").content.decode()


def test_the_page_ticks_who_helps_and_saves_who_does(cast: Cast, school) -> None:
    hana, asha = cast.client("hana"), cast.asha.member
    answer = hana.post(f"/school/classes/{school['four']}/helpers", {"members": [asha], "seen": ""}, follow=True)

    assert answer.status_code == 200
    assert "1 helper changed" in answer.content.decode()
    with reading(cast.oakfield):
        assert helpers_of(school=cast.oakfield, group=school["four"]) == [(asha, "Asha Assistant")]


def test_a_page_that_was_overtaken_changes_nothing(cast: Cast, school) -> None:
    help_in(cast, school["four"], "asha")

    with pytest.raises(Refused, match="Somebody else"):
        help_in(cast, school["four"], "tom")


@pytest.mark.parametrize("value", ["theo", "gus", "x", "9" * 30, "-1"])
def test_only_teachers_and_assistants_of_the_school_can_be_chosen(cast: Cast, school, value: str) -> None:
    member = cast.people[value].member if value in cast.people else value
    answer = cast.client("hana").post(f"/school/classes/{school['four']}/helpers", {"members": [member], "seen": ""})

    assert answer.status_code == 422
    assert "from the list" in answer.content.decode()


def test_where_the_school_settles_it_teachers_see_every_pupil_and_still_mark_their_own_alone(
    cast: Cast, school
) -> None:
    tom = cast.client("tom")
    assert "Acorn" not in tom.get("/pupils/").content.decode()

    with writing(cast.oakfield):
        settle_role(school=cast.oakfield, role=Role.TEACHER, limits=Limits(whole_school=True), by=None, at=NOW)

    assert "Acorn" in tom.get("/pupils/").content.decode()
    assert tom.get(f"/pupils/{school['ben']}").status_code == 200
    assert "Acorn" not in tom.get("/mark/").content.decode()
