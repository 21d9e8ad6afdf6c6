"""Every address declares itself through page(), and answers as it declared."""

from django.test import Client

from itrack.config.registry import pages_data
from itrack.foundation.routes import every_route
from itrack.foundation.viewer import Access, Role
from tests.architecture.world import World, address, ask


def test_every_address_declares_itself() -> None:
    undeclared = [route.pattern for route in every_route() if route.declared is None]

    assert every_route()
    assert not undeclared, f"not made by page(): {undeclared}"


def test_every_page_names_who_may_open_it() -> None:
    known = {"public", *(role.value for role in Role)}

    for page in pages_data():
        assert page["may"], f"{page['route']} may be opened by nobody"
        assert set(page["may"]) <= known, page["route"]


def test_every_page_has_a_name_of_its_own() -> None:
    names = [page["name"] for page in pages_data()]

    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


def test_no_address_is_hidden_behind_another() -> None:
    patterns = [route.pattern for route in every_route()]

    assert len(patterns) == len(set(patterns))


def test_every_part_of_an_address_that_varies_has_a_type() -> None:
    loose = {route.pattern: route.untyped for route in every_route() if route.untyped}

    assert not loose, f"takes any text: {loose}"


def test_a_page_that_writes_answers_no_get_and_one_that_reads_no_post(world: World) -> None:
    client = world.client("ada")

    for route in every_route():
        assert route.declared is not None
        url, writes = address(route, world.ours), route.declared.writes
        others = ["get", "head", "put", "patch", "delete"] if writes else ["post", "put", "patch", "delete"]
        answers = {method: getattr(client, method)(url).status_code for method in others}
        assert set(answers.values()) == {405}, f"{url}: {answers}"


def test_a_stranger_is_sent_to_sign_in_from_all_but_the_public_pages(world: World) -> None:
    for route in every_route():
        assert route.declared is not None
        if not route.declared.may.public:
            answer = ask(Client(), route, address(route, world.ours))
            assert answer.status_code == 302, route.pattern
            assert answer["Location"].startswith("/sign-in"), route.pattern


def test_every_role_is_answered_as_the_page_declared(world: World) -> None:
    wrong = []
    for name in world.staff():
        client, role = world.client(name), world.cast.people[name].role
        for route in every_route():
            status = ask(client, route, address(route, world.ours)).status_code
            turned_away = status in (401, 403, 405)
            if status >= 500 or turned_away == admits(route.declared.may, role):
                wrong.append(f"{route.pattern} answers {role} with {status}")

    assert not wrong, wrong


def admits(may: Access, role: Role) -> bool:
    return may.public or role in may.roles
