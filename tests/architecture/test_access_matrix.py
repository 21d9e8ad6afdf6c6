"""The access matrix, walked: every address as every role and as a stranger, with one's own school's ids and another's.
A new page is found by the walk and cannot escape it.

What is due is read from the table that `docs/generated/access-matrix.md` is printed from, never from the answer.
"""

from collections import Counter

import pytest
from django.db import transaction
from django.test import Client

from itrack.config.registry import pages_data, questions_of_the_walk
from itrack.foundation.models import AuditEntry
from itrack.foundation.routes import Route, every_route
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from itrack.pupils.api import helpers_of, set_helpers
from tests.architecture.heard import Heard, hear
from tests.architecture.world import OURS, SECRETS, WORDS, World, address, ask, stored, text_of
from tests.cast import NOW, STAFF

# Whose ids each of them tries: the other school's; or, of those who see none but their own classes, a strange class's.
IDS_TRIED = {
    "ada": ["theirs"],
    "hana": ["theirs"],
    "tom": ["theirs", "ours"],
    "asha": ["ours"],
    "gus": ["ours"],
    "tara": ["ours"],
}
OF_THE_WHOLE_SCHOOL = ("ada", "hana", "olu", "sena")
TURNED_AWAY = (401, 403, 405)
MATRIX = {row["route"]: row["may"] for row in pages_data()}
asked: Counter[str] = Counter()


def due(route: Route) -> list[str]:
    return MATRIX[route.pattern]


def has_ids(route: Route) -> bool:
    return bool(set(route.parameters) - set(WORDS))


def tells(answer) -> bool:
    said = text_of(answer)
    return any(word in said for word in SECRETS)


def test_every_part_of_an_address_has_an_id_to_try(world: World) -> None:
    known = set(world.theirs.ids) | set(WORDS)

    untried = {name for route in every_route() for name in route.parameters if name not in known}

    assert not untried, f"tests/architecture/world.py must say whose id this is: {untried}"


def test_there_is_somebody_of_every_role() -> None:
    assert {role for _, _, role in STAFF.values()} == set(Role)


@pytest.fixture(scope="module", params=sorted(STAFF))
def listener(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def heard(built: World, listener: str, django_db_blocker) -> list[Heard]:
    """All that this person hears at their own school, and that nothing of Thornhill's changed meanwhile."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = stored(built.theirs.id)
        said = list(hear(built, listener, [getattr(built, whose) for whose in IDS_TRIED.get(listener, ())]))
        assert stored(built.theirs.id) == before
        transaction.set_rollback(True)
    return said


def test_a_role_is_answered_as_the_matrix_says_at_its_own_school(
    world: World, listener: str, heard: list[Heard]
) -> None:
    role, wrong = world.cast.people[listener].role, []

    for one in [one for one in heard if not one.parts]:
        admitted = "public" in due(one.route) or role.value in due(one.route)
        asked[listener] += 1
        if one.status >= 500 or (one.status in TURNED_AWAY) == admitted:
            wrong.append(f"{one} to {role}, and the matrix says {due(one.route)}")

    assert not wrong, wrong


def test_ids_of_thornhills_in_a_query_or_a_form_show_nothing_of_theirs(listener: str, heard: list[Heard]) -> None:
    wrong = [str(one) for one in heard if one.status >= 500 or one.words & set(SECRETS)]

    assert any(one.parts for one in heard) == (listener in IDS_TRIED)
    assert not wrong, wrong


def test_a_class_that_is_not_theirs_has_no_names_for_them(listener: str, heard: list[Heard]) -> None:
    """Nobody teaches Oakfield's only class here, so its pupils are nobody's but the leaders' and the office's."""
    told = [str(one) for one in heard if one.words & set(OURS)]

    assert bool(told) == (listener in OF_THE_WHOLE_SCHOOL), told


@pytest.mark.parametrize("name", ["tom", "asha"])
def test_the_same_questions_name_its_pupils_once_the_class_is_theirs(world: World, name: str) -> None:
    school, group = world.ours.id, world.ours.ids["group"]
    with writing(school):
        seen = [member for member, _ in helpers_of(school=school, group=group)]
        members = [world.cast.people[name].member]
        set_helpers(school=school, group=group, seen=seen, members=members, by=world.cast.hana.member, at=NOW)

    assert any(one.words & set(OURS) for one in hear(world, name, ())), f"{name} sees nobody of their own class"


@pytest.mark.parametrize("name", sorted(STAFF))
def test_the_other_schools_ids_are_not_there_for_any_role(world: World, name: str) -> None:
    client, role, wrong = world.client(name), world.cast.people[name].role, []
    before = stored(world.theirs.id)

    for route in filter(has_ids, every_route()):
        may = due(route)
        answer = ask(client, route, address(route, world.theirs))
        asked[name] += 1
        expected = 404 if "public" in may or role.value in may else 403
        if tells(answer) or answer.status_code != expected:
            wrong.append(f"{route.pattern} answers {role} with {answer.status_code}, not {expected}")

    assert not wrong, wrong
    assert stored(world.theirs.id) == before


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_a_stranger_is_sent_to_sign_in_from_all_but_the_public_pages(world: World, whose: str) -> None:
    wrong, before = [], stored(world.theirs.id)

    for route in every_route() if whose == "ours" else filter(has_ids, every_route()):
        answer = ask(Client(raise_request_exception=False), route, address(route, getattr(world, whose)))
        asked["stranger"] += 1
        sent = answer.status_code == 302 and answer["Location"].startswith("/sign-in")
        if tells(answer) or answer.status_code >= 500 or (not sent and "public" not in due(route)):
            wrong.append(f"{route.pattern} answers a stranger with {answer.status_code}")

    assert not wrong, wrong
    assert stored(world.theirs.id) == before


@pytest.mark.parametrize("name", ["tom", "gus"])
def test_whoever_is_refused_a_page_is_in_the_schools_log_for_it(world: World, name: str) -> None:
    client, who, wrong = world.client(name), world.cast.people[name], []

    for route in every_route():
        if route.declared.may.admits(who):
            continue
        url = address(route, world.ours)
        answer = client.post(url) if route.declared.writes else client.get(url)
        if answer.status_code != 403 or last_entry(world) != (who.member, f"{route.name}.refused"):
            wrong.append(f"{route.pattern} answers {answer.status_code} and leaves {last_entry(world)}")

    assert not wrong, wrong


def test_whoever_asks_for_another_schools_id_is_in_their_own_schools_log_for_it(world: World) -> None:
    client, wrong = world.client("ada"), []

    for route in every_route():
        if not has_ids(route) or not route.declared.may.admits(world.cast.ada):
            continue
        url = address(route, world.theirs)
        answer = client.post(url) if route.declared.writes else client.get(url)
        if answer.status_code != 404 or last_entry(world) != (world.cast.ada.member, f"{route.name}.not_shown"):
            wrong.append(f"{route.pattern} answers {answer.status_code} and leaves {last_entry(world)}")

    assert not wrong, wrong


def last_entry(world: World) -> tuple[int, str]:
    with reading(world.ours.id):
        return AuditEntry.objects.order_by("-pk").values_list("by_id", "verb")[0]


def test_every_page_about_one_pupil_logs_who_looked() -> None:
    about_one = [route for route in every_route() if "pupil" in route.parameters and not route.declared.writes]

    assert about_one
    assert not [route.pattern for route in about_one if not route.declared.logged]


def test_the_walk_asks_as_many_questions_as_the_printed_matrix_says() -> None:
    every, with_ids = len(every_route()), len([*filter(has_ids, every_route())])

    # Of each person both halves of the walk ran in this process, or one of them, or none.
    assert set(asked.values()) <= {every, with_ids, every + with_ids}
    assert questions_of_the_walk() == (every + with_ids) * (len(Role) + 1)
